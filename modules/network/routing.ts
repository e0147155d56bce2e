/** One route table per tier and zone, so that the failure or change of a zone stays in it. Routes are resources of their own: gateway
 * endpoints add theirs to the same tables. */
import { Route } from "@cdktf/provider-aws/lib/route/index.js";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table/index.js";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association/index.js";
import { Construct } from "constructs";
import type { Tier } from "../../environments/address-plan.ts";
import { type ByZone, forZones, inZone, type NetworkContext } from "./context.ts";
import type { NatGateways } from "./nat.ts";
import type { SubnetTiers } from "./subnet-tiers.ts";
import type { PlatformVpc } from "./vpc.ts";

const everywhere = "0.0.0.0/0";

/**
 * Tiers with routes to peered networks. Pods are not among them: the CNI sends what leaves the VPC from the node's own address, and
 * 100.64.0.0/10 is not to be seen outside (EKS user guide, "SNAT for Pods"). Intra is: operators reach the private endpoint of the cluster.
 */
export const remoteTiers: readonly Tier[] = ["private", "data", "intra"];

export interface RoutingSettings {
  readonly context: NetworkContext;
  readonly vpc: PlatformVpc;
  readonly zones: readonly string[];
  readonly subnets: SubnetTiers;
  readonly nat: NatGateways;
}

export class Routing extends Construct {
  private readonly tables: ReadonlyMap<Tier, ByZone>;

  constructor(scope: Construct, id: string, settings: RoutingSettings) {
    super(scope, id);
    const { zones, subnets } = settings;
    this.tables = new Map(subnets.tiers.map((tier) => [tier, forZones(zones, (zone) => this.table(tier, zone, settings))]));
  }

  /** Route table ids of a tier by zone; empty where the network has no such tier. */
  ids(tier: Tier): ByZone {
    return this.tables.get(tier) ?? {};
  }

  private table(tier: Tier, zone: string, { context, vpc, subnets, nat }: RoutingSettings): string {
    const key = `${tier}_${zone}`;
    const { id: routeTableId } = new RouteTable(this, key, { vpcId: vpc.id, tags: { Name: context.named(`${tier}-${zone}`) } });
    new RouteTableAssociation(this, `${key}_subnet`, { routeTableId, subnetId: inZone(subnets.ids(tier), zone) });
    const target = this.egress(tier, zone, vpc, nat);
    if (target) new Route(this, `${key}_egress`, { routeTableId, destinationCidrBlock: everywhere, ...target });
    return routeTableId;
  }

  /** Where a tier's default route leads. Data and intra have none: they answer, they do not call out. */
  private egress(tier: Tier, zone: string, vpc: PlatformVpc, nat: NatGateways) {
    if (tier === "public") return { gatewayId: vpc.internetGateway.id };
    if (tier !== "private" && tier !== "pods") return undefined;
    const natGatewayId = nat.for(zone);
    return natGatewayId === undefined ? undefined : { natGatewayId };
  }
}
