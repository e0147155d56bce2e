/** Who reaches the instances of a fleet: a load balancer on one port. What leaves them is another group's matter (builds/network.ts). */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import type { CiContext } from "../context.ts";

export interface ServedGroupSettings {
  readonly context: CiContext;
  /** Of the deployment. */
  readonly name: string;
  readonly vpcId: string;
  readonly config: NonNullable<NonNullable<CiConfig["deployments"][string]["fleet"]>["served"]>;
}

export class ServedGroup extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { context, name, vpcId, config }: ServedGroupSettings) {
    super(scope, id);
    const fullName = context.named(`${name}-served`);
    const group = new SecurityGroup(this, "group", {
      name: fullName,
      description: `The load balancer of ${name}`,
      vpcId,
      tags: { Name: fullName },
    });
    new VpcSecurityGroupIngressRule(this, "load-balancer", {
      securityGroupId: group.id,
      description: "The load balancer, for requests and health checks",
      ipProtocol: "tcp",
      fromPort: config.port,
      toPort: config.port,
      referencedSecurityGroupId: config.from,
    });
    this.groupId = group.id;
  }
}
