/**
 * Whether what add-ons request fits on the environment's nodes, before anything is applied. A pod that fits nowhere stays Pending, and the
 * release that waits for it fails after its timeout. Pure: text out.
 */
import { type Allocatable, allocatableOf } from "../../environments/allocatable.ts";
import type { NodesConfig } from "../../environments/schema.ts";
import type { Workload } from "./workload.ts";

export interface Findings {
  /** Nothing that an autoscaler does can help. */
  readonly errors: readonly string[];
  /** Fits only once nodes were added. */
  readonly warnings: readonly string[];
  /** One line for people: what is requested, what is there. */
  readonly summary: string;
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
