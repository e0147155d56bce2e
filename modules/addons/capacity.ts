/**
 * Whether what add-ons request fits on the environment's nodes, before anything is applied. A pod that fits nowhere stays Pending, and the
 * release that waits for it fails after its timeout. Pure: text out.
 */
import type { NodesConfig } from "../../environments/schema.ts";
import type { Workload } from "./workload.ts";

export interface Allocatable {
  readonly milliCpu: number;
  readonly memoryMiB: number;
}

export interface Findings {
  /** Nothing that an autoscaler does can help. */
  readonly errors: readonly string[];
  /** Fits only once nodes were added. */
  readonly warnings: readonly string[];
  /** One line for people: what is requested, what is there. */
  readonly summary: string;
}

/** GiB per vCPU by family letter. Source: EC2 instance types guide. Others are not judged. */
const memoryPerCpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, x: 16, i: 8, t: 4 };
/** Sizes that do not follow "2 vCPUs at large, 4 per xlarge": vCPUs, and GiB of burstable ones. */
const smallSizes: Readonly<Record<string, { readonly cpu: number; readonly burstableGiB: number }>> = {
  nano: { cpu: 2, burstableGiB: 0.5 },
  micro: { cpu: 2, burstableGiB: 1 },
  small: { cpu: 2, burstableGiB: 2 },
  medium: { cpu: 1, burstableGiB: 4 },
  large: { cpu: 2, burstableGiB: 8 },
};

/**
 * What pods may request on a node, on the safe side: hypervisor and kernel take 7.5 % of memory (Karpenter's default), the kubelet keeps 255
 * MiB + 11 per pod of the interfaces (58 at most here) and 100 for eviction, and 6 %, 1 %, 0.5 %, 0.25 % of the CPUs (amazon-eks-ami, nodeadm).
 * Undefined for families that are not known.
 */
export function allocatableOf(type: string): Allocatable | undefined {
  const [family = "", size = ""] = type.split(".");
  const perCpu = memoryPerCpu[family[0] ?? ""];
  const multiple = /^(\d*)xlarge$/.exec(size)?.[1];
  const small = smallSizes[size];
  if (perCpu === undefined || (multiple === undefined && !small)) return undefined;
  const burstable = family.startsWith("t");
  const cpu = small ? (burstable && size === "medium" ? 2 : small.cpu) : 4 * Number(multiple || 1);
  const gib = burstable && small ? small.burstableGiB : cpu * perCpu;
  const reservedCpu = 60 + (cpu > 1 ? 10 : 0) + Math.max(0, Math.min(cpu, 4) - 2) * 5 + Math.max(0, cpu - 4) * 2.5;
  const reservedMiB = 255 + 11 * Math.min(58, cpu <= 2 ? 29 : 58) + 100;
  return { milliCpu: cpu * 1000 - reservedCpu, memoryMiB: Math.floor(gib * 1024 * 0.925 - reservedMiB) };
}

/** What the EKS add-ons of the cluster stack request per node (CNI, proxy, identity agent, CSI node plug-ins) and per cluster (DNS, CSI controllers). */
const eksPerNode: Allocatable = { milliCpu: 190, memoryMiB: 200 };
const eksPerCluster: Allocatable = { milliCpu: 320, memoryMiB: 620 };

export interface Owned {
  readonly addon: string;
  readonly workload: Workload;
}

/** @param groups node groups by name. Tainted ones take only what runs on every node; types that are not known are left out of the sum. */
export function capacityFindings(owned: readonly Owned[], groups: Readonly<Record<string, NodesConfig>>): Findings {
  const rooms = Object.values(groups)
    .filter(({ taints }) => taints.every(({ effect }) => effect === "PreferNoSchedule"))
    .flatMap(({ instances, size }) => {
      const smallest = smallestOf(instances.map(allocatableOf));
      return smallest ? [{ ...smallest, size }] : [];
    });
  if (rooms.length === 0) return { errors: [], warnings: [], summary: "requests of add-ons: no node group whose size is known" };

  const everywhere = sum(owned.filter(({ workload }) => workload.nodes === "every").map(({ workload }) => workload));
  const perNode = { milliCpu: eksPerNode.milliCpu + everywhere.milliCpu, memoryMiB: eksPerNode.memoryMiB + everywhere.memoryMiB };
  const placed = owned.filter(({ workload }) => workload.nodes !== "every");
  const wanted = sum([eksPerCluster, ...placed.flatMap(({ workload }) => Array.from({ length: workload.replicas ?? 1 }, () => workload))]);
  const free = rooms.map(({ milliCpu, memoryMiB, size }) => ({
    milliCpu: milliCpu - perNode.milliCpu,
    memoryMiB: memoryMiB - perNode.memoryMiB,
    size,
  }));
  const offered = (at: "desired" | "max") =>
    sum(free.map(({ milliCpu, memoryMiB, size }) => ({ milliCpu: milliCpu * size[at], memoryMiB: memoryMiB * size[at] })));

  const tooBig = placed
    .filter(({ workload }) => !free.some((room) => fits(workload, room)))
    .map(
      ({ addon, workload }) =>
        `${addon}: one pod of ${workload.name} requests ${text(workload)}, more than any node has free. Choose larger instances.`,
    );
  const summary = `requests of add-ons: ${text(wanted)}, with ${text(perNode)} more on each node; nodes offer ${text(offered("desired"))} at first, ${text(offered("max"))} at most`;
  const overMax = fits(wanted, offered("max")) ? [] : [`${summary}. Raise \`size.max\` of a node group, or choose fewer add-ons.`];
  const overDesired =
    overMax.length > 0 || fits(wanted, offered("desired")) ? [] : [`${summary}. Raise \`size.desired\`, or let an autoscaler add nodes.`];
  return { errors: [...tooBig, ...overMax], warnings: overDesired, summary };
}

function fits(wanted: Allocatable, room: Allocatable): boolean {
  return wanted.milliCpu <= room.milliCpu && wanted.memoryMiB <= room.memoryMiB;
}

function sum(parts: readonly Allocatable[]): Allocatable {
  return parts.reduce<Allocatable>(
    (total, part) => ({ milliCpu: total.milliCpu + part.milliCpu, memoryMiB: total.memoryMiB + part.memoryMiB }),
    { milliCpu: 0, memoryMiB: 0 },
  );
}

/** Undefined where one of the types is not known. */
function smallestOf(types: readonly (Allocatable | undefined)[]): Allocatable | undefined {
  const known = types.filter((type) => type !== undefined);
  if (known.length < types.length || known.length === 0) return undefined;
  return { milliCpu: Math.min(...known.map(({ milliCpu }) => milliCpu)), memoryMiB: Math.min(...known.map(({ memoryMiB }) => memoryMiB)) };
}

function text({ milliCpu, memoryMiB }: Allocatable): string {
  return `${(milliCpu / 1000).toFixed(2)} CPU and ${(memoryMiB / 1024).toFixed(1)} GiB`;
}
