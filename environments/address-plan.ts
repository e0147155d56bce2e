/**
 * Where the subnets of a VPC lie. Every tier has a fixed part of the block and every zone a fixed slot in each tier, so that a zone or a
 * tier that is added later moves no existing subnet (a subnet's block cannot be changed, only replaced, with all that is in it).
 *
 *     10.10.0.0/16   thirty-seconds of the block     per zone
 *     private        0-15   10.10.0.0/17             /19   8192 addresses: nodes, and pods where they have no block of their own
 *     public         16-19  10.10.128.0/19           /21   2048: load balancers, NAT
 *     data           20-23  10.10.160.0/19           /21   2048: databases, file systems
 *     intra          24     10.10.192.0/21           /23    512: control plane interfaces; in a /20 still a /27, 27 usable
 *     (free)         25-31  10.10.200.0 to the end          for tiers to come, for example a firewall or transit gateway tier
 *     pods           the secondary block             a quarter of it
 *
 * EKS asks for 6 and recommends 16 free addresses per control plane subnet (EKS user guide, "VPC and subnet requirements"), AWS keeps 5
 * of each subnet (VPC user guide, "Subnet sizing"): the smallest intra subnet, in a /20, is therefore a /27.
 */
import { prefixLength, subBlock } from "./ipv4.ts";
import type { NetworkConfig } from "./schema.ts";

export const tiers = ["public", "private", "pods", "data", "intra"] as const;
export type Tier = (typeof tiers)[number];

export interface AddressPlan {
  /** Whether the network has the tier: all but `pods` always, that one where there is a secondary block. */
  has(tier: Tier): boolean;
  /** CIDR block of the tier's subnet in a zone. Throws a RangeError for `pods` without a secondary block. */
  block(tier: Tier, zoneId: string): string;
  /** The whole of a tier in every zone, present or to come: for rules that name a tier. Empty where the network has no such tier. */
  blocks(tier: Tier): readonly string[];
}

/** Slots per tier. No region has more zones that EKS can use at once but us-east-1, see `zoneSlot`. */
const slots = 4;
const slotBits = 2;

/** Parts of the VPC's own block: `bits` added to its prefix length, and position among parts of that size. */
const parts = {
  private: { bits: 1, position: 0 },
  public: { bits: 3, position: 4 },
  data: { bits: 3, position: 5 },
  intra: { bits: 5, position: 24 },
} as const;

/**
 * Slot of a zone, from the number that ends its id: az1 to az4 have 0 to 3. us-east-1's az5 and az6 share those of az1 and az2, so a
 * network has at most one zone of each such pair; network checks refuse more.
 */
export function zoneSlot(zoneId: string): number {
  const number = Number(/-az([1-9]\d*)$/.exec(zoneId)?.[1]);
  if (Number.isNaN(number)) throw new RangeError(`${zoneId} is not a zone id such as apne2-az1`);
  return (number - 1) % slots;
}

/** Address plan of a network: pure arithmetic on its blocks. Expects a VPC block of /16 to /20 and a pod block of /16 to /18. */
export function addressPlan({ cidr, pods }: Pick<NetworkConfig, "cidr" | "pods">): AddressPlan {
  const whole = (tier: Tier): string | undefined => {
    if (tier === "pods") return pods?.cidr;
    const { bits, position } = parts[tier];
    return subBlock(cidr, prefixLength(cidr) + bits, position);
  };
  return {
    has: (tier) => whole(tier) !== undefined,
    blocks: (tier) => [whole(tier)].filter((block) => block !== undefined),
    block: (tier, zoneId) => {
      const tierBlock = whole(tier);
      if (tierBlock === undefined) throw new RangeError(`the network ${cidr} has no ${tier} tier; set network.pods`);
      return subBlock(tierBlock, prefixLength(tierBlock) + slotBits, zoneSlot(zoneId));
    },
  };
}
