/** What holds for the account's registry as a whole: scanning, copies elsewhere, caches of other registries. */
import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule/index.js";
import { EcrRegistryPolicy } from "@cdktf/provider-aws/lib/ecr-registry-policy/index.js";
import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration/index.js";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import { allow, type Statement, trust } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";
import { releasePolicy } from "./lifecycle.ts";
import { pullPolicy, registryPolicy } from "./policies.ts";
import { Replicas } from "./replicas.ts";

export interface RegistrySettings {
  readonly context: CiContext;
  readonly config: CiConfig["registries"];
  readonly keyArn: string;
}

export class Registry extends Construct {
  constructor(scope: Construct, id: string, { context, config, keyArn }: RegistrySettings) {
    super(scope, id);
    const { account, region, project } = context;
    new EcrRegistryScanningConfiguration(this, "scanning", {
      // By Inspector: packages of languages too, and again whenever a new weakness becomes known (ECR user guide, "Enhanced scanning").
      scanType: "ENHANCED",
      rule: [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilter: [{ filter: "*", filterType: "WILDCARD" }] }],
    });
    const { replicas, replicasFrom, pullThrough, readers } = config;
    if (replicas.length > 0) new Replicas(this, "replicas", { context, config });
    const policy = registryPolicy({ project, region, account, readers, caches: Object.keys(pullThrough), sources: replicasFrom });
    if (policy !== undefined) new EcrRegistryPolicy(this, "users", { policy });
    for (const [prefix, { upstream, secret }] of Object.entries(pullThrough)) {
      new EcrPullThroughCacheRule(this, prefix, {
        ecrRepositoryPrefix: prefix,
        upstreamRegistryUrl: upstream,
        ...(secret !== undefined && { credentialArn: secret }),
      });
    }
    const templates = templatesOf(config);
    if (templates.length === 0) return;
    const role = new CiRole(this, "templates", {
      name: context.named("ecr-templates"),
      description: "Makes repositories for caches and copies, encrypted as those of services",
      trust: [trust("ECR, when it makes a repository by itself", { service: ["ecr.amazonaws.com"] })],
      statements: templateRights(context, keyArn),
    });
    for (const { name, prefix, appliedFor, mutability } of templates) {
      new EcrRepositoryCreationTemplate(this, `${name}-template`, {
        prefix,
        description: "As repositories of services",
        appliedFor: [appliedFor],
        imageTagMutability: mutability,
        encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: keyArn }],
        lifecyclePolicy: releasePolicy(config.keep),
        // Whoever pulls images of services pulls these, too.
        ...(Object.keys(readers).length > 0 && { repositoryPolicy: pullPolicy(project, readers) }),
        customRoleArn: role.arn,
        dependsOn: [...role.rights],
      });
    }
  }
}

interface Template {
  readonly name: string;
  readonly prefix: string;
  readonly appliedFor: "PULL_THROUGH_CACHE" | "REPLICATION";
  readonly mutability: "MUTABLE" | "IMMUTABLE";
}

/** Upstreams move their tags, and a cache follows them; copies keep what they had. */
export function templatesOf({ pullThrough, replicasFrom }: CiConfig["registries"]): readonly Template[] {
  const caches = Object.keys(pullThrough).map((prefix) => ({
    name: prefix,
    prefix,
    appliedFor: "PULL_THROUGH_CACHE" as const,
    mutability: "MUTABLE" as const,
  }));
  if (replicasFrom.length === 0) return caches;
  return [...caches, { name: "copies", prefix: "ROOT", appliedFor: "REPLICATION", mutability: "IMMUTABLE" }];
}

/** Source: ECR user guide, "Creating an IAM role for repository creation templates". */
function templateRights({ account, region }: CiContext, keyArn: string): readonly Statement[] {
  const repositories = `arn:aws:ecr:${region}:${account}:repository/*`;
  return [
    allow(
      "make a repository under any name that an upstream has",
      ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:SetRepositoryPolicy", "ecr:PutLifecyclePolicy", "ecr:TagResource"],
      repositories,
    ),
    allow("encrypt it with our key", ["kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"], keyArn),
  ];
}
