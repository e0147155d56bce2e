/** Attachment to a transit gateway that another stack or account owns, with routes to what lies behind it. */
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import type { ByZone, NetworkContext } from "./context.ts";
import { RemoteRoutes } from "./remote-routes.ts";
import type { Routing } from "./routing.ts";

export interface TransitGatewaySettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  /**
   * One subnet per zone. The ACL of these subnets also filters what passes on to other tiers (transit gateway guide, "Network ACLs"):
   * the private tier's lets all of the VPC pass, the intra tier's would not.
   */
  readonly subnetIds: ByZone;
  readonly routing: Routing;
  readonly gateway: NonNullable<NetworkConfig["transitGateway"]>;
}

export class TransitGateway extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, subnetIds, routing, gateway }: TransitGatewaySettings) {
    super(scope, id);
    // Association and propagation stay with the gateway's owner: they cannot be set for a gateway shared by RAM
    // (AWS provider, aws_ec2_transit_gateway_vpc_attachment).
    const attachment = new Ec2TransitGatewayVpcAttachment(this, "attachment", {
      transitGatewayId: gateway.id,
      vpcId,
      subnetIds: Object.values(subnetIds),
      tags: { Name: context.named("transit-gateway") },
    });
    // AWS refuses a route to a gateway that the VPC is not attached to.
    new RemoteRoutes(this, "routes", { routing, blocks: gateway.routes, target: { transitGatewayId: gateway.id }, after: attachment });
  }
}
