/** The two roles by which this workspace is planned and applied in an account, from GitHub Actions and from Atlantis. */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../environments/schema.ts";
import { policyDocument, type Statement } from "../iam/policy.ts";
import type { CiContext } from "./context.ts";
import { applyRights, changesOf } from "./rights/apply.ts";
import { type Assets, planPolicy, planRights } from "./rights/plan.ts";
import type { StatePlace } from "./rights/state.ts";
import { CiRole } from "./role.ts";
import { github, trustSubjects } from "./trust/issuers.ts";
import { trustRoles } from "./trust/roles.ts";
import { githubSubject } from "./trust/subjects.ts";

export interface PlatformRolesSettings {
  readonly context: CiContext;
  readonly config: NonNullable<CiConfig["github"]>;
  /** owner/name of this workspace. */
  readonly repository: string;
  readonly providerArn: string;
  readonly boundaryArn: string;
  readonly state: StatePlace;
  /** Names of the environment's stacks. */
  readonly stacks: readonly string[];
  /** Objects that plans compare. */
  readonly assets: Assets;
  /** Role of Atlantis's pods; absent: there is none. */
  readonly atlantis: string | undefined;
}

export class PlatformRoles extends Construct {
  readonly planArn: string;
  readonly applyArn: string;

  constructor(scope: Construct, id: string, settings: PlatformRolesSettings) {
    super(scope, id);
    const { context, config, boundaryArn: boundary, state, stacks, assets } = settings;
    const { prefix } = context;
    const plan = new CiRole(this, "plan", {
      name: context.named("plan"),
      description: "Plans this workspace: sees settings, never contents",
      trust: planTrust(settings),
      statements: planRights(state, assets),
      managed: [planPolicy],
      boundary,
      sessionMinutes: config.planMinutes,
    });
    const apply = new CiRole(this, "apply", {
      name: context.named("apply"),
      description: "Applies this workspace, for jobs of one protected environment",
      trust: applyTrust(settings),
      statements: applyRights({ state, prefix, assets: assets.objects }),
      managed: [planPolicy],
      boundary,
      sessionMinutes: config.applyMinutes,
    });
    for (const stack of stacks) {
      const name = context.named(`apply-${stack}`);
      const policy = new IamPolicy(this, stack, { name, policy: policyDocument(...changesOf(stack, context.account)) });
      new IamRolePolicyAttachment(this, `${stack}-attached`, { role: apply.roleName, policyArn: policy.arn });
    }
    this.planArn = plan.arn;
    this.applyArn = apply.arn;
  }
}

type TrustSettings = Pick<PlatformRolesSettings, "context" | "config" | "repository" | "providerArn" | "atlantis">;

/** Pull requests of the repository itself, and its base branch: for drift, and for plans after a merge. */
export function planTrust({ config, repository, providerArn, atlantis }: TrustSettings): readonly Statement[] {
  const subjects = [githubSubject(repository, { pullRequest: true }), githubSubject(repository, { branch: config.branch })];
  return [
    trustSubjects("jobs of pull requests and of the base branch", providerArn, github, subjects),
    ...trustRoles("Atlantis plans on comments", atlantis === undefined ? [] : [atlantis]),
  ];
}

/** Jobs of one environment, which GitHub starts after its reviewers' yes. */
export function applyTrust({ context, config, repository, providerArn, atlantis }: TrustSettings): readonly Statement[] {
  const environment = config.environment ?? context.environment;
  return [
    trustSubjects("jobs of the protected environment", providerArn, github, [githubSubject(repository, { environment })]),
    ...trustRoles("Atlantis applies on comments, after approval", atlantis === undefined ? [] : [atlantis]),
  ];
}
