/** Subnets by tier and zone id, with the tags by which controllers find them. */
import { Subnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import { Construct } from "constructs";
import { type AddressPlan, type Tier, tiers } from "../../environments/address-plan.ts";
import { guarded } from "../protection.ts";
import { type ByZone, forZones, type NetworkContext } from "./context.ts";
import type { PlatformVpc } from "./vpc.ts";

export interface SubnetTiersSettings {
  readonly context: NetworkContext;
  readonly vpc: PlatformVpc;
  readonly plan: AddressPlan;
  readonly zones: readonly string[];
  /** Cluster that will live here. */
  readonly cluster: string;
}

export class SubnetTiers extends Construct {
  private readonly byTier: ReadonlyMap<Tier, ByZone>;

  constructor(scope: Construct, id: string, settings: SubnetTiersSettings) {
    super(scope, id);
    const { zones, plan } = settings;
    const present = tiers.filter((tier) => plan.has(tier));
    this.byTier = new Map(present.map((tier) => [tier, forZones(zones, (zone) => this.subnet(tier, zone, settings))]));
  }

  /** Tiers that this network has. */
  get tiers(): readonly Tier[] {
    return [...this.byTier.keys()];
  }

  /** Subnet ids of a tier by zone. Without a pod tier, pods live with the nodes. */
  ids(tier: Tier): ByZone {
    return this.byTier.get(tier) ?? this.byTier.get("private") ?? {};
  }

  private subnet(tier: Tier, zone: string, { context, vpc, plan, cluster }: SubnetTiersSettings): string {
    return new Subnet(this, `${tier}_${zone}`, {
      vpcId: tier === "pods" ? vpc.idWithPodBlock : vpc.id,
      availabilityZoneId: zone,
      cidrBlock: plan.block(tier, zone),
      // Load balancers and NAT gateways bring their own addresses; nothing else belongs into public subnets (FSBP EC2.15).
      mapPublicIpOnLaunch: false,
      tags: { Name: context.named(`${tier}-${zone}`), tier, ...discoveryTags(tier, cluster) },
      lifecycle: guarded(context.protection),
    }).id;
  }
}

/**
 * Tags that controllers search for. Role tags: AWS Load Balancer Controller, "Subnet auto-discovery", as text "1". Karpenter: the subnets
 * in which it starts nodes, so the private ones even where pods have subnets of their own.
 */
export function discoveryTags(tier: Tier, cluster: string): Record<string, string> {
  if (tier === "public") return { "kubernetes.io/role/elb": "1" };
  if (tier === "private") return { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": cluster };
  return {};
}
