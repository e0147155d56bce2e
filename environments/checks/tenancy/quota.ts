/** Quotas: each holds what one container may have, and all of them fit into the cluster. */
import { allocatableOf } from "../../allocatable.ts";
import type { Problem } from "../../problem.ts";
import type { Environment } from "../../schema.ts";
import type { Check } from "../check.ts";
import { namespacesOf } from "./names.ts";

interface Room {
  readonly milliCpu: number;
  readonly memoryMiB: number;
}

/** Bounds of one container inside the quota of its namespace, each at least the one before. */
export const containerBounds: Check = (environment) =>
  namespacesOf(environment).flatMap(({ config: { quota, container, maxVolumeGiB }, path }) => {
    const { memoryLimitGiB = 2 * quota.memoryGiB } = quota;
    const rules: readonly (readonly [string, number, number, string])[] = [
      ["container.memoryMiB", container.memoryMiB, container.memoryLimitMiB, "container.memoryLimitMiB"],
      ["container.memoryLimitMiB", container.memoryLimitMiB, container.maxMemoryMiB, "container.maxMemoryMiB"],
      ["container.maxMemoryMiB", container.maxMemoryMiB, memoryLimitGiB * 1024, "the quota's memory limit, in MiB,"],
      ["container.cpuMilli", container.cpuMilli, quota.cpu * 1000, "the quota's CPUs, in millicores,"],
      ["quota.memoryGiB", quota.memoryGiB, memoryLimitGiB, "quota.memoryLimitGiB"],
      ["maxVolumeGiB", quota.storageGiB === 0 ? 0 : maxVolumeGiB, quota.storageGiB, "quota.storageGiB"],
    ];
    return rules.flatMap(([field, found, most, what]): Problem[] => {
      if (found <= most) return [];
      return [{ path: `${path}.${field}`, found, wrong: `is above ${what} ${most}`, remedy: "Lower it, or raise the other" }];
    });
  });

/** Most that all nodes together can offer to pods; undefined where that cannot be known. */
function offered({ cluster, addons }: Environment): Room | undefined {
  const groups = [...Object.values(cluster?.nodes ?? {}), ...Object.values(cluster?.selfManagedNodes ?? {})];
  const rooms = groups.map(({ instances, size }) => {
    const types = instances.map(allocatableOf);
    const milliCpu = Math.max(...types.map((type) => type?.milliCpu ?? Number.POSITIVE_INFINITY));
    const memoryMiB = Math.max(...types.map((type) => type?.memoryMiB ?? Number.POSITIVE_INFINITY));
    return { milliCpu: milliCpu * size.max, memoryMiB: memoryMiB * size.max };
  });
  // Karpenter's pools are bounded by CPUs only; how much memory comes with them is its own choice.
  const pools = Object.values(addons.karpenter?.pools ?? {});
  const milliCpu = [...rooms, ...pools.map(({ cpus }) => ({ milliCpu: cpus * 1000 }))].reduce((sum, room) => sum + room.milliCpu, 0);
  const memoryMiB = pools.length > 0 ? Number.POSITIVE_INFINITY : rooms.reduce((sum, room) => sum + room.memoryMiB, 0);
  return Object.keys(cluster?.fargate ?? {}).length > 0 ? undefined : { milliCpu, memoryMiB };
}

/** What is promised to all teams together, against all nodes at their maximum. Add-ons take their share of it, too; that is a warning of the add-on stack. */
export const quotasFit: Check = (environment) => {
  const room = environment.cluster && offered(environment);
  if (!room) return [];
  const quotas = namespacesOf(environment).map(({ config: { quota } }) => quota);
  const cpu = quotas.reduce((sum, quota) => sum + quota.cpu, 0);
  const memoryGiB = quotas.reduce((sum, quota) => sum + quota.memoryGiB, 0);
  const lines: readonly (readonly [number, number, string])[] = [
    [cpu, room.milliCpu / 1000, "CPUs"],
    [memoryGiB, room.memoryMiB / 1024, "GiB of memory"],
  ];
  return lines.flatMap(([wanted, most, unit]): Problem[] => {
    if (wanted <= most) return [];
    const wrong = `promise ${shown(wanted)} ${unit} together, and all nodes have ${shown(most)} for pods at most`;
    return [{ path: "tenancy.teams", wrong, remedy: "Lower quotas, or raise size.max of a node group" }];
  });
};

function shown(value: number): string {
  return String(Math.round(value * 10) / 10);
}
