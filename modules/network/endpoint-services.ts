/** PrivateLink services that this VPC offers to others, in front of network or gateway load balancers. */
import { VpcEndpointService } from "@cdktf/provider-aws/lib/vpc-endpoint-service/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import type { NetworkContext } from "./context.ts";

export interface EndpointServicesSettings {
  readonly context: NetworkContext;
  readonly services: NetworkConfig["endpointServices"];
}

export class EndpointServices extends Construct {
  constructor(scope: Construct, id: string, { context, services }: EndpointServicesSettings) {
    super(scope, id);
    for (const [name, { kind, loadBalancerArns, allowedPrincipals, acceptanceRequired }] of Object.entries(services)) {
      new VpcEndpointService(this, name, {
        acceptanceRequired,
        // In one resource with the service, so that a principal added by hand shows up as drift.
        allowedPrincipals,
        ...(kind === "network" ? { networkLoadBalancerArns: loadBalancerArns } : { gatewayLoadBalancerArns: loadBalancerArns }),
        tags: { Name: context.named(`service-${name}`) },
      });
    }
  }
}
