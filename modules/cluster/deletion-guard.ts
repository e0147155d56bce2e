/** An explicit deny against deleting the cluster, on all of its access roles but one. EKS's own protection is `deletion_protection`. */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../environments/schema.ts";
import { type DeletionGuardTarget, deletionGuardPolicy, rolesDeniedDeletion } from "./access-policy.ts";

export interface DeletionGuardSettings extends DeletionGuardTarget {
  readonly name: string;
  readonly account: string;
  readonly access: ClusterConfig["access"];
}

export class DeletionGuard extends Construct {
  constructor(scope: Construct, id: string, settings: DeletionGuardSettings) {
    super(scope, id);
    const { name, access, account, deletionRole } = settings;
    const policy = new IamPolicy(this, "policy", {
      name,
      description: `Only ${deletionRole} may delete the cluster`,
      policy: deletionGuardPolicy(settings),
    });
    for (const [entry, role] of Object.entries(rolesDeniedDeletion(access, account, deletionRole))) {
      new IamRolePolicyAttachment(this, entry, { role, policyArn: policy.arn });
    }
  }
}
