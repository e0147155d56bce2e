/**
 * What an add-on runs, in one place: charts name these settings differently, but the numbers must be the same in the values, in the sum
 * that is held against the nodes and on the page.
 */
import type { Values } from "./addon.ts";

export interface Workload {
  readonly name: string;
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  /** Of a DaemonSet: none, it runs once per node. */
  readonly replicas?: number;
  /** Requests of one pod, in millicores and MiB. Memory is the limit, too; CPU has none, since throttling helps nobody. */
  readonly milliCpu: number;
  readonly memoryMiB: number;
  /** Limit of memory where it may grow beyond the request, MiB. */
  readonly memoryLimitMiB?: number;
  /** Pods that a drain may take at once. Never minAvailable 1 of one replica: it blocks drains (containers-roadmap#1282). */
  readonly maxUnavailable?: number;
  readonly priority?: "system-cluster-critical" | "system-node-critical";
  /** Labels of its pods, for spreading them. Absent: not spread. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Where it runs: rather on nodes labelled workload=system, on every node whatever its taints, or anywhere. */
  readonly nodes: "system" | "every" | "any";
}

/** `resources` of a container. */
export function resourcesOf({ milliCpu, memoryMiB, memoryLimitMiB = memoryMiB }: Workload): Values {
  return { requests: { cpu: `${milliCpu}m`, memory: `${memoryMiB}Mi` }, limits: { memory: `${memoryLimitMiB}Mi` } };
}

/** `topologySpreadConstraints`: over zones and hosts, softly, so that a lost zone leaves no pod pending. */
export function spreadOf({ labels, kind }: Workload): readonly Values[] {
  if (!labels) return [];
  // Counts only pods of the same revision; StatefulSets have no such label.
  const revision: Values = kind === "Deployment" ? { matchLabelKeys: ["pod-template-hash"] } : {};
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labels },
    ...revision,
  }));
}

/** `affinity`: system nodes are preferred, not required, since not every environment has a group of them. */
export function affinityOf({ nodes }: Workload): Values {
  if (nodes !== "system") return {};
  const onSystem = { matchExpressions: [{ key: "workload", operator: "In", values: ["system"] }] };
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: onSystem }] } };
}

/** `tolerations`: agents of a node run on all nodes. */
export function tolerationsOf({ nodes }: Workload): readonly Values[] {
  return nodes === "every" ? [{ operator: "Exists" }] : [];
}

/**
 * Annotations of pods that are gone when their work is done (builds, runners, steps): an autoscaler that empties a node to save it would end
 * the work, and nothing begins it again. Sources: Karpenter documentation, "Disruption", pod-level controls; cluster-autoscaler, FAQ.
 */
export const undisturbed = { "karpenter.sh/do-not-disrupt": "true", "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" } as const;

/** The four keys that most charts have under these names, and the priority class. */
export function podValues(workload: Workload): Values {
  return {
    resources: resourcesOf(workload),
    topologySpreadConstraints: spreadOf(workload),
    affinity: affinityOf(workload),
    tolerations: tolerationsOf(workload),
    ...(workload.priority && { priorityClassName: workload.priority }),
  };
}
