/** One network ACL per tier, from the table in nacl-rules.ts. */
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl/index.js";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association/index.js";
import { Construct } from "constructs";
import type { NetworkContext } from "./context.ts";
import { type Addresses, naclRules, type Rule } from "./nacl.ts";
import type { SubnetTiers } from "./subnet-tiers.ts";

export interface NetworkAclsSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly subnets: SubnetTiers;
  readonly addresses: Addresses;
}

/**
 * Rules are inside the ACL, not resources of their own: only so does a rule added by hand in the console show up as drift. Subnets are
 * associated one by one, so that a new zone changes no existing resource.
 */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, subnets, addresses }: NetworkAclsSettings) {
    super(scope, id);
    for (const tier of subnets.tiers) {
      const acl = new NetworkAcl(this, tier, {
        vpcId,
        ingress: naclRules(tier, "ingress", addresses).map(rendered),
        egress: naclRules(tier, "egress", addresses).map(rendered),
        tags: { Name: context.named(tier), tier },
      });
      for (const [zone, subnetId] of Object.entries(subnets.ids(tier))) {
        new NetworkAclAssociation(this, `${tier}_${zone}`, { networkAclId: acl.id, subnetId });
      }
    }
  }
}

function rendered({ number, action, protocol, fromPort, toPort, cidr }: Rule) {
  // "-1" and the ICMP fields as AWS reports them back; anything else is a difference in every plan.
  const icmp = protocol === "icmp" ? { icmpType: 3, icmpCode: 4 } : {};
  return { ruleNo: number, action, protocol: protocol === "all" ? "-1" : protocol, fromPort, toPort, cidrBlock: cidr, ...icmp };
}
