/** VPC peering connections, asked for from this side, with routes to the other VPC. */
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import type { NetworkContext } from "./context.ts";
import { RemoteRoutes } from "./remote-routes.ts";
import type { Routing } from "./routing.ts";

type Peering = NetworkConfig["peerings"][string];

export interface PeeringsSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly routing: Routing;
  readonly peerings: NetworkConfig["peerings"];
}

export class Peerings extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, routing, peerings }: PeeringsSettings) {
    super(scope, id);
    for (const [name, peering] of Object.entries(peerings)) {
      const connection = new VpcPeeringConnection(this, name, {
        vpcId,
        peerVpcId: peering.vpcId,
        tags: { Name: context.named(`peering-${name}`) },
        ...acceptance(peering, context),
      });
      // Routes may be made while the other side has not accepted yet: they are black holes until then (VPC peering guide, "Route tables").
      new RemoteRoutes(this, `${name}_routes`, { routing, blocks: [peering.cidr], target: { vpcPeeringConnectionId: connection.id } });
    }
  }
}

/**
 * Who accepts. This side can only accept for a VPC of its own account and region; else the owner of the other VPC does, and AWS refuses
 * `auto_accept` (AWS provider, aws_vpc_peering_connection).
 */
export function acceptance({ accountId, region }: Peering, context: Pick<NetworkContext, "account" | "region">) {
  const sameRegion = region === undefined || region === context.region;
  return {
    peerOwnerId: accountId,
    ...(sameRegion ? {} : { peerRegion: region }),
    ...(sameRegion && accountId === context.account ? { autoAccept: true } : {}),
  };
}
