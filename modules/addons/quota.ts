/**
 * How much may run in an add-on's namespace. Namespaces of controllers are exempt: a quota there would refuse the pod that replaces one on a
 * drained node, and a broken add-on is worse than a large one. Namespaces in which somebody else's pods run (builds, runners, steps of
 * workflows) have one, by what the options allow at most. Pure; namespace.ts makes the objects.
 */
import type { Namespace } from "./namespaces.ts";
import type { Workload } from "./workload.ts";

/** What pods of users may take together. */
export interface Quota {
  /** Where it differs from the add-on's. */
  readonly namespace?: Namespace;
  readonly pods: number;
  /** Requests of all of them. */
  readonly milliCpu: number;
  readonly memoryMiB: number;
}

export interface PlannedQuota extends Required<Quota> {
  /** Pods with a system priority that are the add-on's own; no others get one. */
  readonly systemPods: number;
}

/** Label by which people and policies tell the two kinds apart. */
export const quotaLabel = "platform.mainline.dev/quota";

/** What outlasts the end of a pod: one that is ending still counts while the next one starts. */
const headroom = (wanted: number) => Math.ceil((wanted * 11) / 10);

export function plannedQuotas(own: Namespace, quotas: readonly Quota[], workloads: readonly Workload[]): PlannedQuota[] {
  const system = workloads.filter(({ priority }) => priority !== undefined).reduce((sum, { replicas = 0 }) => sum + replicas, 0);
  return quotas.map(({ namespace = own, pods, milliCpu, memoryMiB }) => ({
    namespace,
    pods: headroom(pods),
    milliCpu: headroom(milliCpu),
    memoryMiB: headroom(memoryMiB),
    // Twice: an update starts new ones before old ones end.
    systemPods: namespace === own ? 2 * system : 0,
  }));
}

/** Requests of containers that name none; without them a quota would refuse the pod. */
export const defaultContainer = { cpu: "100m", memory: "256Mi", memoryLimit: "1Gi" } as const;

/** One line for the page. */
export function quotaText({ pods, milliCpu, memoryMiB }: PlannedQuota): string {
  return `${pods} pods, ${milliCpu / 1000} CPU and ${Math.ceil(memoryMiB / 1024)} GiB requested at most`;
}
