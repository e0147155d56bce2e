/**
 * Security groups chained by reference: load balancers → nodes → data stores. A rule names a group, not addresses, so nothing has to be
 * edited when machines come and go. Rules are resources of their own with stable keys: AWS gives each an id, and one more changes no other.
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import { Construct } from "constructs";
import type { NetworkContext } from "./context.ts";
import { egressRules, type GroupName, groups, ingressRules, type Other, type Ports } from "./security-group-rules.ts";

export interface SecurityGroupsSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly cluster: string;
  /** Blocks of the VPC, pods included. */
  readonly vpcBlocks: readonly string[];
}

export class SecurityGroups extends Construct {
  private readonly groups: ReadonlyMap<GroupName, string>;

  constructor(scope: Construct, id: string, settings: SecurityGroupsSettings) {
    super(scope, id);
    this.groups = new Map(Object.entries(groups).map(([name, purpose]) => [name as GroupName, this.group(name, purpose, settings)]));
    for (const { group, key, about, ...rule } of ingressRules) {
      for (const [suffix, peer] of this.peers(about, settings.vpcBlocks)) {
        new VpcSecurityGroupIngressRule(this, `${group}_${key}${suffix}`, { securityGroupId: this.id(group), ...peer, ...rendered(rule) });
      }
    }
    for (const { group, key, about, ...rule } of egressRules) {
      for (const [suffix, peer] of this.peers(about, settings.vpcBlocks)) {
        new VpcSecurityGroupEgressRule(this, `${group}_${key}${suffix}`, { securityGroupId: this.id(group), ...peer, ...rendered(rule) });
      }
    }
  }

  id(name: GroupName): string {
    const id = this.groups.get(name);
    if (id === undefined) throw new RangeError(`there is no security group ${name}`);
    return id;
  }

  private group(name: string, description: string, { context, vpcId, cluster }: SecurityGroupsSettings): string {
    return new SecurityGroup(this, name, {
      name: context.named(name),
      description,
      vpcId,
      // Controllers in the cluster add rules of their own, which would keep the group from being deleted.
      revokeRulesOnDelete: true,
      // Exactly one group may carry the discovery tag, else Karpenter's nodes get several (Karpenter, "EC2NodeClass").
      tags: { Name: context.named(name), ...(name === "nodes" ? { "karpenter.sh/discovery": cluster } : {}) },
    }).id;
  }

  /** Who a rule is about, in AWS's terms: a group, or one rule per block. The second block of a VPC has a suffix, so the first keeps its key. */
  private peers(about: Other, vpcBlocks: readonly string[]): readonly (readonly [string, object])[] {
    if (about === "internet") return [["", { cidrIpv4: "0.0.0.0/0" }]];
    if (about !== "vpc") return [["", { referencedSecurityGroupId: this.id(about) }]];
    return vpcBlocks.map((cidrIpv4, index) => [index === 0 ? "" : "_pods", { cidrIpv4 }] as const);
  }
}

function rendered({ ports, why }: { readonly ports: Ports; readonly why: string }) {
  // AWS knows no ports for "all protocols" and reports none back.
  if (ports === "all") return { ipProtocol: "-1", description: why };
  return { ipProtocol: ports.protocol, fromPort: ports.from, toPort: ports.to, description: why };
}
