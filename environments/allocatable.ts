/** What pods may request on a node of an instance type, before anything is applied: for limits that are told at synth. */

export interface Allocatable {
  readonly milliCpu: number;
  readonly memoryMiB: number;
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
