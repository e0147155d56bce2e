/** An explicit deny against deleting the cluster, on all of its access roles but one. EKS's own protection is `deletion_protection`. */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../environments/schema.ts";
import { type DeletionGuardTarget, deletionGuardPolicy, rolesDeniedDeletion } from "./access-policy.ts";

export interface DeletionGuardSettings extends Omit<DeletionGuardTarget, "deletionRole"> {
  readonly policyName: string;
  readonly account: string;
  readonly access: ClusterConfig["access"];
  /** Absent: no guard. */
  readonly deletionRole: string | undefined;
}

export class DeletionGuard extends Construct {
  /** The cluster waits for it, so that a destroy comes to the cluster first and fails there, with the guard still in place. */
  readonly inForce: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, settings: DeletionGuardSettings) {
    super(scope, id);
    const { policyName, access, account, deletionRole } = settings;
    if (deletionRole === undefined) return;
    const policy = new IamPolicy(this, "policy", {
      name: policyName,
      // Without the role's name: a changed description would replace the policy, and there would be no guard for a moment.
      description: "Denies the deletion of the cluster to all roles but one",
      policy: deletionGuardPolicy({ ...settings, deletionRole }),
    });
    this.inForce = Object.entries(rolesDeniedDeletion(access, account, deletionRole)).map(
      ([entry, role]) => new IamRolePolicyAttachment(this, entry, { role, policyArn: policy.arn }),
    );
  }
}
