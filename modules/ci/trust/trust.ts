/** Trust in CI systems: a provider for each issuer of tokens whose account has none, and the boundary of all roles that their jobs take. */
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
    const trusted = [
      ...(config.github ? [{ id: "github", issuer: github, make: config.github.provider === "make" }] : []),
      ...(config.circleci
        ? [{ id: "circleci", issuer: circleci(config.circleci.organization), make: config.circleci.provider === "make" }]
        : []),
    ];
    const made = new Map(
      trusted.filter(({ make }) => make).map(({ id: name, issuer }) => [name, new TrustedIssuer(this, name, issuer, protection)]),
    );
    const providers = trusted.map(({ issuer }) => providerArn(account, issuer));
    const boundary = new IamPolicy(this, "boundary", {
      name: context.named("ci-boundary"),
      description: "What no job of CI ever does, whatever its policies say",
      policy: policyDocument(...boundaryStatements({ state, prefix, providers, otherRegions: copyRegions(context, config.registries) })),
    });
    this.issuers = [...made.values()].map(({ provider }) => provider);
    this.githubArn = config.github && (made.get("github")?.arn ?? providerArn(account, github));
    this.boundaryArn = boundary.arn;
  }
}
