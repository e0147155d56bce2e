/**
 * The only definition of what can be set for an environment. A field has a form, a description and, where there is one, a safe
 * default; a profile (profiles.ts) may loosen or tighten the default, an environment file overrides both.
 */
import { z } from "zod";
import { addonsSchema, chartsSchema } from "./schema/addons.ts";
import { ciSchema } from "./schema/ci.ts";
import { clusterSchema } from "./schema/cluster.ts";
import { accountId, day, email, label, region, repository, roleArn, semver, tagValue, whole } from "./schema/forms.ts";
import { networkSchema } from "./schema/network.ts";
import { tenancySchema } from "./schema/tenancy.ts";

const protection = z.strictObject({
  deletion: z.boolean().default(true).describe("prevent_destroy and deletion protection on what holds data or identity"),
  // The longest that KMS offers: data under a deleted key is lost for good.
  keyDeletionDays: whole("days", 7, 30).default(30).describe("Waiting time before a KMS key is gone, days"),
  deletionRole: roleArn
    .optional()
    .describe("The only role of this account that may delete the cluster; all others of `cluster.access` get an explicit deny"),
});

const state = z.strictObject({
  sharedWith: label.optional().describe("Environment of the same account and region whose state bucket is used; absent: an own one"),
  // A year: a mistake in a state is sometimes found at the next upgrade.
  oldVersionDays: whole("days", 30, 3650).default(365).describe("Days that old versions of a state are kept"),
});

const waiver = z.strictObject({
  rule: z.string().min(1).describe("Id of the guardrail"),
  resource: z.string().min(1).describe("Terraform address in its stack, for example aws_s3_bucket.logs"),
  stack: z.string().min(1).describe("Stack without the environment's name, for example network"),
  reason: z.string().min(20).describe("Why this is acceptable, for the reviewer and the auditor"),
  until: day.describe("Last day on which it holds"),
});

export const environmentSchema = z.strictObject({
  name: label.describe("First part of every stack id and state key, part of every AWS name; the same as the file's name"),
  project: label.default("mainline").describe("Prefix of every AWS name"),
  account: accountId.describe("The only account that these stacks may touch"),
  region: region.default("ap-northeast-2").describe("Region of all resources"),
  profile: z.enum(["development", "production"]).describe("Set of defaults, see profiles.ts"),
  owner: email.describe("Who answers for it; becomes a tag"),
  costCentre: tagValue.describe("Who pays for it; becomes a tag"),
  repository: repository.describe("Where this code lives; becomes a tag"),
  // The oldest version that this workspace is tried with.
  awsProvider: semver.default("5.100.0").describe("Lowest version of the AWS provider; raising it turns on what only newer versions have"),
  protection: protection.prefault({}).describe("Guards against deletion, in one place"),
  state: state.prefault({}).describe("Terraform state of this environment"),
  network: networkSchema.optional().describe("VPC and all that is in it; absent: no network stack"),
  cluster: clusterSchema.optional().describe("EKS cluster; needs a network; absent: no cluster stack"),
  addons: addonsSchema.default({}).describe("Add-ons of the cluster by id, each with its options; none: no add-on stack"),
  tenancy: tenancySchema.optional().describe("Teams that share the cluster; absent: no tenancy stack"),
  charts: chartsSchema.prefault({}).describe("Where Helm charts come from"),
  ci: ciSchema.optional().describe("Registries, roles for CI, pipelines and deployments of the account; absent: no ci stack"),
  waivers: z.array(waiver.describe("One waiver")).default([]).describe("Guardrails that do not hold here, each with reason and end"),
});

/** What an environment file says. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
/** An environment with every default filled in; frozen. */
export type Environment = z.output<typeof environmentSchema>;
export type NetworkConfig = NonNullable<Environment["network"]>;
export type ClusterConfig = NonNullable<Environment["cluster"]>;
export type CiConfig = NonNullable<Environment["ci"]>;
export type NodesConfig = ClusterConfig["nodes"][string];
export type TenancyConfig = NonNullable<Environment["tenancy"]>;
export type TeamConfig = TenancyConfig["teams"][string];
export type Waiver = Environment["waivers"][number];
