/** Trust in CI systems: a provider for each issuer of tokens, and the boundary of all roles that their jobs take. */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import { policyDocument } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";
import { copyRegions } from "../registries/replicas.ts";
import { boundaryStatements } from "../rights/boundary.ts";
import type { StatePlace } from "../rights/state.ts";
import { circleci, github, providerArn } from "./issuers.ts";
import { TrustedIssuer } from "./trusted-issuer.ts";

export interface TrustSettings {
  readonly context: CiContext;
  readonly config: Pick<CiConfig, "github" | "circleci" | "registries">;
  readonly state: StatePlace;
}

export class Trust extends Construct {
  readonly githubArn: string | undefined;
  readonly boundaryArn: string;
  /** Roles wait for the issuers that they trust. */
  readonly issuers: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { context, config, state }: TrustSettings) {
    super(scope, id);
    const { account, protection, prefix } = context;
    const githubProvider = config.github ? new TrustedIssuer(this, "github", github, protection) : undefined;
    const circle = config.circleci && circleci(config.circleci.organization);
    const circleProvider = circle && new TrustedIssuer(this, "circleci", circle, protection);
    const providers = [...(githubProvider ? [github] : []), ...(circle ? [circle] : [])].map((issuer) => providerArn(account, issuer));
    const boundary = new IamPolicy(this, "boundary", {
      name: context.named("ci-boundary"),
      description: "What no job of CI ever does, whatever its policies say",
      policy: policyDocument(...boundaryStatements({ state, prefix, providers, otherRegions: copyRegions(context, config.registries) })),
    });
    this.issuers = [githubProvider, circleProvider].flatMap((issuer) => issuer?.provider ?? []);
    this.githubArn = githubProvider?.arn;
    this.boundaryArn = boundary.arn;
  }
}
