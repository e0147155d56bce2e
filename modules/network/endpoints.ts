/** Ways to AWS that need neither internet gateway nor NAT: gateway endpoints (free, by route) and interface endpoints (PrivateLink). */
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import type { ByZone, NetworkContext } from "./context.ts";
import { dynamodbPolicy, interfacePolicy, s3Policy } from "./endpoint-policies.ts";
import type { Routing } from "./routing.ts";

export interface GatewayEndpointsSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly routing: Routing;
}

/** S3 and DynamoDB for nodes and pods. Data and intra have no rule for it in their ACLs, public does not need it. */
export class GatewayEndpoints extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, routing }: GatewayEndpointsSettings) {
    super(scope, id);
    const routeTableIds = [...Object.values(routing.ids("private")), ...Object.values(routing.ids("pods"))];
    for (const [service, policy] of [["s3", s3Policy(context)] as const, ["dynamodb", dynamodbPolicy(context)] as const]) {
      new VpcEndpoint(this, service, {
        vpcId,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${context.region}.${service}`,
        routeTableIds,
        policy,
        tags: { Name: context.named(`endpoint-${service}`) },
      });
    }
  }
}

export interface InterfaceEndpointsSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly services: NetworkConfig["interfaceEndpoints"];
  /** One private subnet per zone, so that traffic stays in its zone. */
  readonly subnetIds: ByZone;
  readonly securityGroupId: string;
}

/** Interface endpoints of the chosen services. */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, services, subnetIds, securityGroupId }: InterfaceEndpointsSettings) {
    super(scope, id);
    for (const service of services) {
      const key = service.replaceAll(".", "-");
      new VpcEndpoint(this, key, {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${context.region}.${service}`,
        subnetIds: Object.values(subnetIds),
        securityGroupIds: [securityGroupId],
        // SDKs, kubelets and agents find it under the service's usual name.
        privateDnsEnabled: true,
        policy: interfacePolicy(service, context),
        tags: { Name: context.named(`endpoint-${key}`) },
      });
    }
  }
}
