/** An add-on's custom resources as values of charts/resources: by kind, namespace and name, so that one object changes one key of the plan. */
import type { JsonValue } from "../../environments/schema/addons/common.ts";
import type { CustomResource, Values } from "./addon.ts";

/** @throws where two objects would be one. */
export function resourcesOf(resources: readonly CustomResource[]): Values {
  const entries = resources.map((resource) => [keyOf(resource), resource as unknown as JsonValue] as const);
  const keys = entries.map(([key]) => key);
  const twice = keys.find((key, place) => keys.indexOf(key) !== place);
  if (twice !== undefined) throw new Error(`Two custom resources are ${twice}; give one of them another name.`);
  return Object.fromEntries(entries);
}

/** For example StorageClass/gp3 or Certificate/istio-system/gateway. */
function keyOf({ kind, metadata: { name, namespace } }: CustomResource): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join("/");
}
