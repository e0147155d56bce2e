/** What the report says of a cluster: its nodes, what pods request of them, and which pods have no place and why. Pure. */
import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { type Amounts, amounts, nothing, podRequests, sum } from "./pod-requests.ts";

export interface NodeGroupCapacity {
  /** Node group, "self-managed" groups by their instance type, or "fargate". */
  readonly group: string;
  readonly instanceTypes: readonly string[];
  readonly zones: readonly string[];
  readonly nodes: number;
  readonly ready: number;
  readonly capacity: Amounts;
  readonly allocatable: Amounts;
  readonly requested: Amounts;
}

export interface PendingPods {
  /** The workload that the pods belong to, for example "apps/web (Deployment)". */
  readonly workload: string;
  readonly pods: number;
  /** In the scheduler's words. */
  readonly reason: string;
}

export interface CapacityReport {
  readonly cluster: string;
  readonly groups: readonly NodeGroupCapacity[];
  readonly nodes: number;
  readonly ready: number;
  readonly capacity: Amounts;
  readonly allocatable: Amounts;
  readonly requested: Amounts;
  readonly runningPods: number;
  readonly pending: readonly PendingPods[];
}

export function capacityReport(cluster: string, nodes: readonly V1Node[], pods: readonly V1Pod[]): CapacityReport {
  const alive = pods.filter(({ status }) => status?.phase !== "Succeeded" && status?.phase !== "Failed");
  const groups = [...grouped(nodes, groupOf)].map(([group, members]) => groupCapacity(group, members, alive));
  groups.sort((one, other) => (one.group < other.group ? -1 : 1));
  return {
    cluster,
    groups,
    nodes: nodes.length,
    ready: nodes.filter(ready).length,
    capacity: sum(groups.map((group) => group.capacity)),
    allocatable: sum(groups.map((group) => group.allocatable)),
    requested: sum(groups.map((group) => group.requested)),
    runningPods: alive.filter(({ status }) => status?.phase === "Running").length,
    pending: pendingPods(alive),
  };
}

function groupOf({ metadata }: V1Node): string {
  const labels = metadata?.labels ?? {};
  if (labels["eks.amazonaws.com/compute-type"] === "fargate") return "fargate";
  return labels["eks.amazonaws.com/nodegroup"] ?? `self-managed ${labels["node.kubernetes.io/instance-type"] ?? "nodes"}`;
}

function groupCapacity(group: string, members: readonly V1Node[], pods: readonly V1Pod[]): NodeGroupCapacity {
  const names = new Set(members.map(({ metadata }) => metadata?.name));
  const label = (key: string) => unique(members.flatMap(({ metadata }) => metadata?.labels?.[key] ?? []));
  return {
    group,
    instanceTypes: label("node.kubernetes.io/instance-type"),
    zones: label("topology.kubernetes.io/zone"),
    nodes: members.length,
    ready: members.filter(ready).length,
    capacity: sum(members.map(({ status }) => amounts(status?.capacity))),
    allocatable: sum(members.map(({ status }) => amounts(status?.allocatable))),
    requested: sum([nothing, ...pods.filter(({ spec }) => names.has(spec?.nodeName)).map(podRequests)]),
  };
}

function ready({ status }: V1Node): boolean {
  return status?.conditions?.some(({ type, status: state }) => type === "Ready" && state === "True") ?? false;
}

/** One row per workload and reason. Pods that the scheduler has not looked at yet are not there. */
function pendingPods(pods: readonly V1Pod[]): PendingPods[] {
  const rows = pods.flatMap((pod) => {
    const refusal = pod.status?.conditions?.find(({ type, status }) => type === "PodScheduled" && status === "False");
    if (pod.spec?.nodeName || !refusal || refusal.reason === "SchedulingGated") return [];
    return [{ workload: workloadOf(pod), reason: refusal.message ?? refusal.reason ?? "not scheduled" }];
  });
  return [...grouped(rows, ({ workload, reason }) => `${workload}\n${reason}`).values()]
    .flatMap((same) => (same[0] ? [{ ...same[0], pods: same.length }] : []))
    .sort((one, other) => (one.workload < other.workload ? -1 : 1));
}

/** Named as people know it: a Deployment's pods belong to a ReplicaSet that has the name and a hash. */
function workloadOf({ metadata }: V1Pod): string {
  const owner = metadata?.ownerReferences?.[0];
  if (!owner) return `${metadata?.namespace}/${metadata?.name} (Pod)`;
  const hash = metadata?.labels?.["pod-template-hash"];
  const deployment = owner.kind === "ReplicaSet" && hash && owner.name.endsWith(`-${hash}`);
  const name = deployment ? `${owner.name.slice(0, -hash.length - 1)} (Deployment)` : `${owner.name} (${owner.kind})`;
  return `${metadata?.namespace}/${name}`;
}

function grouped<T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return groups;
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all)].sort();
}
