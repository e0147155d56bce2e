/** How many pods the kubelet of a group may take. The CNI hands out prefixes, which the kubelet's own default (from single addresses) ignores. */
import { maxPods } from "../../environments/instance-types.ts";

/** Burstable sizes whose few interfaces bind before the limit. Source: EC2 instance types guide, "Maximum IP addresses per network interface". */
const fewInterfaces: Readonly<Record<string, { readonly interfaces: number; readonly addresses: number }>> = {
  nano: { interfaces: 2, addresses: 2 },
  micro: { interfaces: 2, addresses: 2 },
  small: { interfaces: 3, addresses: 4 },
};
/** Addresses in a prefix (/28). */
const prefix = 16;
/** aws-node and kube-proxy use the node's own address. */
const onHostNetwork = 2;

/**
 * The smallest type of a group decides for all of its nodes, since they share one user data.
 * @param ownPodSubnets with custom networking the first interface carries no pods.
 */
export function podsPerNode(types: readonly string[], { ownPodSubnets }: { readonly ownPodSubnets: boolean }): number {
  return Math.min(...types.flatMap((type) => [maxPods(type), podsByInterfaces(type, ownPodSubnets)]));
}

function podsByInterfaces(type: string, ownPodSubnets: boolean): number {
  const [, size = ""] = /^t\d[a-z]*\.(\w+)$/.exec(type) ?? [];
  const few = fewInterfaces[size];
  if (!few) return Number.POSITIVE_INFINITY;
  const carrying = ownPodSubnets ? few.interfaces - 1 : few.interfaces;
  return carrying * (few.addresses - 1) * prefix + onHostNetwork;
}
