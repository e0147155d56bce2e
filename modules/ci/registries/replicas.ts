/** Copies of all images in other regions, for the day on which the registry of this one does not answer. */
import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration/index.js";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import type { CiContext } from "../context.ts";
import { releasePolicy } from "./lifecycle.ts";
import { pullPolicy } from "./policies.ts";

export interface ReplicasSettings {
  readonly context: CiContext;
  readonly config: CiConfig["registries"];
}

export class Replicas extends Construct {
  constructor(scope: Construct, id: string, { context, config }: ReplicasSettings) {
    super(scope, id);
    const copied = copyRegions(context, config).map((region) => copyTemplate(this, region, context, config));
    const destination = config.replicas.map(({ region, account }) => ({ region, registryId: account ?? context.account }));
    // Repositories are made with the first image: what they are like must be known by then.
    new EcrReplicationConfiguration(this, "replication", { replicationConfiguration: { rule: [{ destination }] }, dependsOn: copied });
  }
}

/** Regions in which this account keeps copies. Those of other accounts are theirs to look after. */
export function copyRegions(
  { account }: Pick<CiContext, "account">,
  { replicas }: Pick<CiConfig["registries"], "replicas">,
): readonly string[] {
  return [...new Set(replicas.filter((replica) => (replica.account ?? account) === account).map(({ region }) => region))].sort();
}

/**
 * What copies are like. Who pulls, how long images stay and that tags never move is not copied with them (ECR user guide, "Private image replication"):
 * without it no other account could pull them, and they stayed for ever. Encrypted by S3's own key, for a key of ours lives in one region.
 */
function copyTemplate(
  scope: Construct,
  region: string,
  { account, tags, project }: CiContext,
  { keep, readers }: CiConfig["registries"],
): EcrRepositoryCreationTemplate {
  // Not by the resource's own region, which the oldest provider that we support does not know (terraform-provider-aws 6.0.0).
  const provider = new AwsProvider(scope, region, {
    alias: region,
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { ...tags } }],
  });
  return new EcrRepositoryCreationTemplate(scope, `${region}-template`, {
    provider,
    prefix: "ROOT",
    description: "Copies of images",
    appliedFor: ["REPLICATION"],
    imageTagMutability: "IMMUTABLE",
    encryptionConfiguration: [{ encryptionType: "AES256" }],
    lifecyclePolicy: releasePolicy(keep),
    ...(Object.keys(readers).length > 0 && { repositoryPolicy: pullPolicy(project, readers) }),
  });
}
