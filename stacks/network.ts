/** VPC and all that is in it: addresses, ways in and out, fences, and a record of who talked to whom. */
import type { Construct } from "constructs";
import { addressPlan } from "../environments/address-plan.ts";
import type { Environment, NetworkConfig } from "../environments/schema.ts";
import { clusterName } from "../modules/naming.ts";
import type { NetworkContext } from "../modules/network/context.ts";
import { EndpointServices } from "../modules/network/endpoint-services.ts";
import { GatewayEndpoints, InterfaceEndpoints } from "../modules/network/endpoints.ts";
import { FlowLogs } from "../modules/network/flow-logs.ts";
import { addressesOf } from "../modules/network/nacl.ts";
import { NatGateways } from "../modules/network/nat.ts";
import { NetworkAcls } from "../modules/network/network-acls.ts";
import { Peerings } from "../modules/network/peerings.ts";
import { OfficePrefixLists } from "../modules/network/prefix-lists.ts";
import { Routing } from "../modules/network/routing.ts";
import { SecurityGroups } from "../modules/network/security-groups.ts";
import { SubnetTiers } from "../modules/network/subnet-tiers.ts";
import { TransitGateway } from "../modules/network/transit-gateway.ts";
import { PlatformVpc } from "../modules/network/vpc.ts";
import { network } from "./contracts.ts";
import { PlatformStack } from "./platform-stack.ts";

export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "network");
    const config = networkOf(environment);
    const { account, region, protection } = environment;
    const { zones } = config;
    const context: NetworkContext = { named: this.named, account, region, protection };
    const plan = addressPlan(config);
    const addresses = addressesOf(config, plan, environment.cluster?.endpoint.privateFrom ?? []);
    const cluster = clusterName(environment);

    const vpc = new PlatformVpc(this, "vpc", { context, cidr: config.cidr, podCidr: config.pods?.cidr });
    const subnets = new SubnetTiers(this, "subnets", { context, vpc, plan, zones, cluster });
    const nat = new NatGateways(this, "nat", { context, vpc, mode: config.nat, zones, publicSubnetIds: subnets.ids("public") });
    const routing = new Routing(this, "routing", { context, vpc, zones, subnets, nat });
    new NetworkAcls(this, "acls", { context, vpcId: vpc.id, subnets, addresses });
    const groups = new SecurityGroups(this, "groups", { context, vpcId: vpc.id, cluster, vpcBlocks: addresses("vpc") });
    new OfficePrefixLists(this, "offices", { context, offices: config.offices });

    new GatewayEndpoints(this, "gateway-endpoints", { context, vpcId: vpc.id, routing });
    new InterfaceEndpoints(this, "interface-endpoints", {
      context,
      vpcId: vpc.id,
      services: config.interfaceEndpoints,
      subnetIds: subnets.ids("private"),
      securityGroupId: groups.id("endpoints"),
    });
    new FlowLogs(this, "flow-logs", { context, vpcId: vpc.id, config: config.flowLogs });

    new Peerings(this, "peerings", { context, vpcId: vpc.id, routing, peerings: config.peerings });
    if (config.transitGateway) {
      const attached = { vpcId: vpc.id, subnetIds: subnets.ids("private"), gateway: config.transitGateway };
      new TransitGateway(this, "transit-gateway", { context, routing, ...attached });
    }
    new EndpointServices(this, "endpoint-services", { context, services: config.endpointServices });

    this.publish(network, {
      vpcId: vpc.id,
      vpcCidr: vpc.cidr,
      publicSubnetIds: subnets.ids("public"),
      privateSubnetIds: subnets.ids("private"),
      podSubnetIds: subnets.ids("pods"),
      dataSubnetIds: subnets.ids("data"),
      intraSubnetIds: subnets.ids("intra"),
      loadBalancerSecurityGroupId: groups.id("load-balancers"),
      nodeSecurityGroupId: groups.id("nodes"),
      dataSecurityGroupId: groups.id("data"),
    });
  }
}

function networkOf({ name, network: config }: Environment): NetworkConfig {
  if (config) return config;
  throw new Error(`${name} has no network. Set network in environments/${name}.ts or leave its network stack out.`);
}
