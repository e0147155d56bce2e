/** Where builds run: the private subnets, with a security group that lets nothing in. */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { Construct } from "constructs";
import type { CiContext } from "../context.ts";

/** The network as this stack reads it. */
export interface BuildPlace {
  readonly vpcId: string;
  readonly subnetIds: Readonly<Record<string, string>>;
}

/** Ports by which sources, packages, images and AWS are reached; nothing else leaves, so that a build cannot scan its neighbours. */
const outward = { https: 443, http: 80 };

export class OutwardGroup extends Construct {
  readonly groupId: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, context: CiContext, { vpcId }: BuildPlace, purpose: string) {
    super(scope, id);
    const name = context.named(purpose);
    const group = new SecurityGroup(this, "group", { name, description: `Out to the web only: ${purpose}`, vpcId, tags: { Name: name } });
    for (const [protocol, port] of Object.entries(outward)) {
      new VpcSecurityGroupEgressRule(this, protocol, {
        securityGroupId: group.id,
        description: protocol === "https" ? "Sources, packages, images and AWS" : "Mirrors of Linux packages, which are signed",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: "0.0.0.0/0",
      });
    }
    this.groupId = group.id;
    this.arn = group.arn;
  }
}
