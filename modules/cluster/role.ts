/** An IAM role with AWS managed policies, by name, and what must wait for them. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy.ts";

export interface ServiceRoleSettings {
  readonly name: string;
  readonly description: string;
  readonly trust: Statement;
  /** Names of AWS managed policies, with their path where they have one. */
  readonly policies: readonly string[];
  /** What these do not have. */
  readonly statements?: readonly Statement[];
}

export class ServiceRole extends Construct {
  readonly arn: string;
  readonly roleName: string;
  /** What needs the role's rights must wait for the policies, not only for the role; on destroy it goes before they are detached. */
  readonly rights: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, settings: ServiceRoleSettings) {
    super(scope, id);
    const { name, description, trust, policies, statements = [] } = settings;
    const role = new IamRole(this, "role", { name, description, assumeRolePolicy: policyDocument(trust) });
    const attached = policies.map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy.replace(/^.*\//, ""), { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` }),
    );
    const own =
      statements.length > 0
        ? [new IamRolePolicy(this, "own", { role: role.name, name: "own", policy: policyDocument(...statements) })]
        : [];
    this.rights = [...attached, ...own];
    this.arn = role.arn;
    this.roleName = role.name;
  }
}
