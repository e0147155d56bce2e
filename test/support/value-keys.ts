/** Whether the keys that we set exist in a chart: a key that it does not know does nothing, silently. */
import { isMap } from "./shared-charts.ts";

/** Maps that are Kubernetes' own wherever they stand; charts pass them on as they are. */
const passedOn = new Set(
  (
    "resources limits requests affinity nodeSelector labels annotations podLabels podAnnotations commonLabels additionalLabels securityContext " +
    "podSecurityContext containerSecurityContext env extraEnv matchLabels updateStrategy strategy deploymentStrategy podDisruptionBudget"
  ).split(" "),
);

/**
 * Paths that we set and the chart does not have. Everything goes where the default is empty (`{}`, null) or where `free` says so.
 * @param free paths of maps that take any key although they have some of their own.
 */
export function unknownKeys(ours: unknown, defaults: unknown, free: readonly string[] = [], path: readonly string[] = []): string[] {
  if (!isMap(ours) || !isMap(defaults) || Object.keys(defaults).length === 0) return [];
  if (free.includes(path.join(".")) || passedOn.has(path.at(-1) ?? "")) return [];
  return Object.entries(ours).flatMap(([key, value]) => {
    const here = [...path, key];
    // What a chart shows only as a comment is named whole in `free`.
    if (!Object.hasOwn(defaults, key)) return key === "global" || free.includes(here.join(".")) ? [] : [here.join(".")];
    return unknownKeys(value, defaults[key], free, here);
  });
}
