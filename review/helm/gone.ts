/** What a release's values had and have no more: blocks that guard something, and objects of Kubernetes. Part of one is no news here. */
import type { Danger, Json, JsonObject, Path } from "../model.ts";
import { isEmpty, isObject } from "../plan/json.ts";

export interface Gone {
  readonly rule: string;
  readonly danger: Danger;
  readonly what: string;
  readonly because: string;
  readonly path: Path;
}

interface Row extends Omit<Gone, "path"> {
  readonly at: (path: Path) => boolean;
}

const named =
  (pattern: RegExp) =>
  (path: Path): boolean =>
    pattern.test(String(path.at(-1)));
/** A key of the platform's own chart of objects: `resources["NodePool/general"]`. */
const object =
  (...kinds: readonly string[]) =>
  (path: Path): boolean =>
    path.length === 2 && path[0] === "resources" && kinds.includes(kindOf(path));
const within =
  (kinds: readonly string[], name: string) =>
  (path: Path): boolean =>
    path.length === 4 && path[0] === "resources" && kinds.includes(kindOf(path)) && path[2] === "spec" && path[3] === name;
const kindOf = (path: Path) => String(path[1]).split("/")[0] ?? "";

const rows: readonly Row[] = [
  {
    at: object("Elasticsearch", "StatefulSet", "PersistentVolumeClaim", "PersistentVolume", "CustomResourceDefinition", "Namespace"),
    rule: "helm-object-removed",
    danger: "danger",
    what: "an object that holds data is deleted",
    because: "Its operator or Kubernetes deletes what belongs to it, often with the volumes",
  },
  {
    at: object(
      ...["NodePool", "EC2NodeClass", "StorageClass", "Ingress", "Gateway", "ClusterIssuer", "Application", "ApplicationSet"],
      ...["AppProject", "SecretStore", "ClusterSecretStore", "ExternalSecret", "Kibana"],
    ),
    rule: "helm-object-removed",
    danger: "caution",
    what: "an object that others live on is deleted",
    because: "Nodes of a pool, addresses of an ingress, objects of an application, secrets of a store go with it",
  },
  {
    at: within(["NodePool"], "limits"),
    rule: "helm-guard-off",
    danger: "caution",
    what: "a pool of nodes has no limit any more",
    because: "A mistake of one team then orders machines until the bill is read",
  },
  {
    at: within(["SecretStore", "ClusterSecretStore"], "conditions"),
    rule: "helm-rights",
    danger: "danger",
    what: "every namespace may use the store",
    because: "Whoever may create an ExternalSecret anywhere reads all secrets of the store",
  },
  {
    at: named(/^(pdb|podDisruptionBudget)$/),
    rule: "helm-guard-off",
    danger: "caution",
    what: "a disruption budget is gone",
    because: "A drain of nodes may then take all copies at once",
  },
];

/** @param after undefined where the release is deleted. */
export function goneFrom(before: JsonObject, after: JsonObject | undefined): readonly Gone[] {
  const found: Gone[] = [];
  const walk = (path: Path, was: Json, is: Json | undefined): void => {
    const row = isEmpty(was) || !isEmpty(is) ? undefined : rows.find(({ at }) => at(path));
    if (row !== undefined) {
      const { rule, danger, what, because } = row;
      found.push({ rule, danger, what, because, path });
    } else if (isObject(was)) {
      for (const [key, value] of Object.entries(was)) walk([...path, key], value, isObject(is) ? is[key] : undefined);
    }
  };
  walk([], before, after);
  return found;
}
