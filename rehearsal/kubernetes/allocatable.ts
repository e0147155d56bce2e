/**
 * What a node of an instance type offers, as Amazon Linux 2023 sets it up. Sources: nodeadm/internal/kubelet/config.go and
 * eni_max_pods.go of awslabs/amazon-eks-ami (reservations, eviction thresholds, pods); karpenter.sh instance type reference (memory).
 */
import type { InstanceType } from "./instance-types.ts";

export interface NodeCapacity {
  readonly milliCpu: number;
  readonly memoryMiB: number;
  readonly ephemeralMiB: number;
  readonly pods: number;
}

/**
 * Share of the nominal memory that hypervisor and kernel keep. Karpenter's default (VM_MEMORY_OVERHEAD_PERCENT), on the safe side: real
 * nodes lose 4 to 6 %, so what fits here fits there.
 */
const memoryOverhead = 0.075;

/** Graviton keeps this much for contiguous allocations, MiB (Karpenter, pkg/providers/instancetype/types.go). */
const gravitonMiB = 64;

/** Parts of the root volume that the kubelet does not offer: 10 % eviction threshold and what kube-reserved takes, MiB. */
const ephemeral = { evictionShare: 0.1, reservedMiB: 1024 };

/** kube-reserved CPU: parts in ten thousand of each range of millicores. */
const cpuReserved = [
  { upTo: 1000, parts: 600 },
  { upTo: 2000, parts: 100 },
  { upTo: 4000, parts: 50 },
  { upTo: Number.POSITIVE_INFINITY, parts: 25 },
] as const;

const evictionMemoryMiB = 100;

/** Pods by addresses of the interfaces: each gives away its primary address; host-network pods (2: CNI and kube-proxy) need none. */
function podsByInterfaces({ interfaces, addresses }: InstanceType): number {
  return interfaces * (addresses - 1) + 2;
}

/** Addresses of one delegated prefix (/28). */
const prefixAddresses = 16;

/** With prefix delegation hardly an address limits; EKS then recommends 110 up to 30 vCPU and 250 above (its max-pods-calculator.sh). */
export function maxPods(type: InstanceType, prefixDelegation: boolean): number {
  if (!prefixDelegation) return podsByInterfaces(type);
  const byPrefixes = type.interfaces * (type.addresses - 1) * prefixAddresses + 2;
  return Math.min(byPrefixes, type.vcpu > 30 ? 250 : 110);
}

export function capacity(type: InstanceType, diskGiB: number, prefixDelegation: boolean): NodeCapacity {
  const usable = type.memoryMiB - (type.architecture === "arm64" ? gravitonMiB : 0);
  return {
    milliCpu: type.vcpu * 1000,
    memoryMiB: usable - Math.ceil(usable * memoryOverhead),
    ephemeralMiB: diskGiB * 1024,
    pods: maxPods(type, prefixDelegation),
  };
}

/** What pods may request. The memory reserved counts pods by interfaces even with prefix delegation: nodeadm does not look at the latter. */
export function allocatable(type: InstanceType, diskGiB: number, prefixDelegation: boolean): NodeCapacity {
  const all = capacity(type, diskGiB, prefixDelegation);
  return {
    milliCpu: all.milliCpu - reservedMilliCpu(all.milliCpu),
    memoryMiB: all.memoryMiB - (11 * podsByInterfaces(type) + 255) - evictionMemoryMiB,
    ephemeralMiB: Math.floor(all.ephemeralMiB * (1 - ephemeral.evictionShare)) - ephemeral.reservedMiB,
    pods: all.pods,
  };
}

function reservedMilliCpu(total: number): number {
  let from = 0;
  let reserved = 0;
  for (const { upTo, parts } of cpuReserved) {
    reserved += Math.floor((Math.max(0, Math.min(total, upTo) - from) * parts) / 10_000);
    from = upTo;
  }
  return reserved;
}
