/**
 * Kinds that an EKS add-on brings and that other stacks make objects of. Their controllers are pods that do not run, so only the kinds are
 * played. Fields: external-snapshotter 8, "Volume Snapshots" of the Kubernetes documentation.
 */
import { type KubernetesApi, KubernetesError } from "./api.ts";

interface Kind {
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
  /** Of the object, beside metadata. */
  readonly properties: object;
  readonly required: readonly string[];
}

const group = "snapshot.storage.k8s.io";
const text = { type: "string" };
const policy = { type: "string", enum: ["Delete", "Retain"] };
/** Written by controllers, which are not played. */
const free = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

const snapshotKinds: readonly Kind[] = [
  {
    kind: "VolumeSnapshotClass",
    plural: "volumesnapshotclasses",
    scope: "Cluster",
    properties: { driver: text, deletionPolicy: policy, parameters: { type: "object", additionalProperties: text } },
    required: ["driver", "deletionPolicy"],
  },
  {
    kind: "VolumeSnapshot",
    plural: "volumesnapshots",
    scope: "Namespaced",
    properties: {
      spec: {
        type: "object",
        properties: {
          volumeSnapshotClassName: text,
          source: { type: "object", properties: { persistentVolumeClaimName: text, volumeSnapshotContentName: text } },
        },
        required: ["source"],
      },
      status: free,
    },
    required: ["spec"],
  },
  {
    kind: "VolumeSnapshotContent",
    plural: "volumesnapshotcontents",
    scope: "Cluster",
    properties: { spec: free, status: free },
    required: ["spec"],
  },
];

const kinds: Readonly<Record<string, readonly Kind[]>> = { "snapshot-controller": snapshotKinds };

/** CustomResourceDefinitions of the add-ons that are there. Pure. */
export function definitionsOf(addons: readonly string[]): readonly object[] {
  return addons.flatMap((addon) => kinds[addon] ?? []).map(definition);
}

/** Makes what is not there; a cluster of the user's own may have them. They stay when the add-on goes, as in EKS with `preserve`. */
export async function installKinds(api: KubernetesApi, addons: readonly string[]): Promise<void> {
  for (const body of definitionsOf(addons)) {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    await api.call({ method: "POST", path, body }).catch((error: unknown) => {
      if (!(error instanceof KubernetesError && error.status === 409)) throw error;
    });
  }
}

function definition({ kind, plural, scope, properties, required }: Kind) {
  const schema = { type: "object", required, properties: { apiVersion: text, kind: text, metadata: { type: "object" }, ...properties } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      // The API server takes kinds below k8s.io only with a reference to who agreed to them.
      annotations: { "api-approved.kubernetes.io": "https://github.com/kubernetes-csi/external-snapshotter/pull/814" },
    },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema }, subresources: { status: {} } }],
    },
  };
}
