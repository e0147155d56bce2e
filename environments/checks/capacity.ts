/** Whether the subnets have addresses for all nodes and pods that the groups may grow to. */
import { addressPlan, type Tier } from "../address-plan.ts";
import { maxPods } from "../instance-types.ts";
import { addressCount } from "../ipv4.ts";
import type { Problem } from "../problem.ts";
import type { ClusterConfig, NetworkConfig, NodesConfig } from "../schema.ts";
import { podBlock, vpcBlock } from "./addresses.ts";
import type { Check } from "./check.ts";

/** Addresses of a subnet that AWS keeps. Source: VPC user guide, "Subnet sizing for IPv4". */
const reserved = 5;
/** Addresses of a prefix that the VPC CNI takes at a time, and the prefixes that it holds ready (WARM_PREFIX_TARGET). */
const prefix = 16;
const warmPrefixes = 1;
/** Interfaces of a node, each with an address of its own; 4 are those of an xlarge. */
const interfaces = 4;

/** Addresses that one node's pods take: whole prefixes, and its interfaces. The smallest type of a group sets the number of pods of all. */
export function podAddresses({ instances }: Pick<NodesConfig, "instances">): number {
  const pods = Math.min(...instances.map(maxPods));
  return prefix * (Math.ceil(pods / prefix) + warmPrefixes) + interfaces;
}

interface Demand {
  readonly nodes: number;
  readonly pods: number;
}

/** Nodes in a zone when all groups are at their maximum, spread evenly, and addresses of their pods. */
function demandOf({ nodes, selfManagedNodes }: ClusterConfig, network: NetworkConfig, zone: string): Demand {
  const groups = [...Object.values(nodes), ...Object.values(selfManagedNodes)].filter((group) =>
    (group.zones ?? network.zones).includes(zone),
  );
  const counts = groups.map((group) => Math.ceil(group.size.max / (group.zones ?? network.zones).length));
  return {
    nodes: counts.reduce((sum, count) => sum + count, 0),
    pods: groups.reduce((sum, group, i) => sum + (counts[i] ?? 0) * podAddresses(group), 0),
  };
}

/**
 * Subnets against nodes and pods, per zone. Without a pod tier pods share the private subnets with nodes and interface endpoints; with
 * one, only the nodes' own addresses are there. Not counted: Fargate pods, what Karpenter adds, and extra nodes during an update.
 */
export const subnetRoom: Check = (environment) => {
  const { network, cluster } = environment;
  if (!network || !cluster || vpcBlock(environment).length + podBlock(environment).length > 0) return [];
  const plan = addressPlan(network);
  const room = (tier: Tier, zone: string) => addressCount(plan.block(tier, zone)) - reserved;
  const lacking = network.zones.flatMap((zone) => {
    const { nodes, pods } = demandOf(cluster, network, zone);
    const endpoints = network.interfaceEndpoints.length;
    if (!network.pods) return lack("network.cidr", network.cidr, "private", zone, room("private", zone), nodes, pods + endpoints);
    return [
      ...lack("network.cidr", network.cidr, "private", zone, room("private", zone), nodes, nodes + endpoints),
      ...lack("network.pods.cidr", network.pods.cidr, "pods", zone, room("pods", zone), nodes, pods),
    ];
  });
  // Zones are alike; one of them says it for all.
  return lacking.filter(({ path }, i) => lacking.findIndex((other) => other.path === path) === i);
};

function lack(path: string, found: string, tier: Tier, zone: string, room: number, nodes: number, needed: number): Problem[] {
  if (needed <= room) return [];
  const wrong = `leaves ${room} addresses in ${zone}'s ${tier} subnet, but ${nodes} nodes with their pods may take ${needed}`;
  const larger = tier === "private" ? "Give pods a block of their own (network.pods), choose a larger block" : "Choose a larger block";
  return [{ path, found, wrong, remedy: `${larger} or a smaller size.max` }];
}
