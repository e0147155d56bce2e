/**
 * What AWS puts into every VPC, emptied: whoever forgets to name a group, table or ACL then has no access instead of too much.
 * CIS AWS Foundations 5.4 and FSBP EC2.2 ask it of the group. The name marks them for people in the console.
 */
import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl/index.js";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table/index.js";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group/index.js";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import { Construct } from "constructs";
import type { Namer } from "../naming.ts";

export class EmptiedDefaults extends Construct {
  constructor(scope: Construct, id: string, { named, vpc }: { readonly named: Namer; readonly vpc: Vpc }) {
    super(scope, id);
    const tags = { Name: named("default-unused") };
    // Adopting these without rules removes the rules that they have (AWS provider, aws_default_security_group and siblings).
    new DefaultSecurityGroup(this, "security-group", { vpcId: vpc.id, tags });
    // Only an explicit empty list removes routes; a list that is left out is not looked at.
    new DefaultRouteTable(this, "route-table", { defaultRouteTableId: vpc.defaultRouteTableId, route: [], tags });
    new DefaultNetworkAcl(this, "network-acl", {
      defaultNetworkAclId: vpc.defaultNetworkAclId,
      tags,
      // A subnet is in the default ACL until its tier's ACL takes it; AWS, not this resource, moves it (AWS provider, aws_default_network_acl).
      lifecycle: { ignoreChanges: ["subnet_ids"] },
    });
  }
}
