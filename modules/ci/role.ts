/** A role of CI: who takes it, what it may do, and the boundary that it cannot leave. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy.ts";

export interface CiRoleSettings {
  readonly name: string;
  readonly description: string;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
  /** Names of AWS managed policies. */
  readonly managed?: readonly string[];
  /** ARN; absent for roles of AWS services, which nobody outside AWS can take. */
  readonly boundary?: string;
  readonly sessionMinutes?: number;
  /** What its trust is in, where that is named by its address only. */
  readonly after?: readonly ITerraformDependable[];
}

export class CiRole extends Construct {
  readonly arn: string;
  readonly roleName: string;
  /** What uses the role waits for its policies. */
  readonly rights: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, settings: CiRoleSettings) {
    super(scope, id);
    const { name, description, trust, statements, managed = [], boundary, sessionMinutes, after = [] } = settings;
    const role = new IamRole(this, "role", {
      name,
      description,
      assumeRolePolicy: policyDocument(...trust),
      ...(boundary !== undefined && { permissionsBoundary: boundary }),
      ...(sessionMinutes !== undefined && { maxSessionDuration: sessionMinutes * 60 }),
      dependsOn: [...after],
    });
    const own = new IamRolePolicy(this, "own", { role: role.name, name: "own", policy: policyDocument(...statements) });
    const attached = managed.map(
      (policy) => new IamRolePolicyAttachment(this, policy, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` }),
    );
    this.rights = [own, ...attached];
    this.arn = role.arn;
    this.roleName = role.name;
  }
}
