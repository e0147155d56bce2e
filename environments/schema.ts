/**
 * The only definition of what can be set for an environment. A field has a form, a description and, where there is one, a safe
 * default; a profile (profiles.ts) may loosen the default, an environment file overrides both.
 */
import { z } from "zod";
import { clusterSchema } from "./schema/cluster.ts";
import { accountId, day, email, label, region, roleArn, semver } from "./schema/forms.ts";
import { networkSchema } from "./schema/network.ts";

const waiver = z.strictObject({
  rule: z.string().min(1).describe("Id of the guardrail"),
  resource: z.string().min(1).describe("Terraform address in its stack, for example aws_s3_bucket.logs"),
  stack: z.string().min(1).describe("Stack without the environment's name, for example network"),
  reason: z.string().min(20, "a reason of at least 20 characters").describe("Why this is acceptable, for the reviewer and the auditor"),
  until: day.describe("Last day on which it holds"),
});

export const environmentSchema = z.strictObject({
  name: label.describe("First part of every name, stack id and state key"),
  project: label.default("mainline").describe("Prefix of every AWS name"),
  account: accountId.describe("The only account that these stacks may touch"),
  region: region.default("ap-northeast-2").describe("Region of all resources"),
  profile: z.enum(["development", "production"]).describe("Set of defaults, see profiles.ts"),
  owner: email.describe("Who answers for it; becomes a tag"),
  costCentre: z.string().min(1).describe("Who pays for it; becomes a tag"),
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name, for example "example/mainline"')
    .describe("Where this code lives; becomes a tag"),
  awsProvider: semver.default("5.100.0").describe("Lowest version of the AWS provider; raising it turns on what only newer versions have"),
  protection: z
    .strictObject({
      deletion: z.boolean().default(true).describe("prevent_destroy and deletion protection on what holds data or identity"),
      keyDeletionDays: z.number().int().min(7).max(30).default(30).describe("Waiting time before a KMS key is gone, days"),
      deletionRole: roleArn
        .optional()
        .describe("The only role that may delete the cluster; all others of `cluster.access` get an explicit deny"),
    })
    .prefault({})
    .describe("Guards against deletion, in one place"),
  state: z
    .strictObject({
      sharedWith: label.optional().describe("Environment of the same account whose state bucket is used; default: an own one"),
      oldVersionDays: z.number().int().min(30).max(3650).default(365).describe("Days that old versions of a state are kept"),
    })
    .prefault({})
    .describe("Terraform state of this environment"),
  network: networkSchema.optional().describe("VPC and all that is in it; absent: no network stack"),
  cluster: clusterSchema.optional().describe("EKS cluster; needs a network"),
  waivers: z.array(waiver).default([]).describe("Guardrails that do not hold here, each with reason and end"),
});

/** What an environment file says. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
/** An environment with every default filled in; frozen. */
export type Environment = z.output<typeof environmentSchema>;
export type NetworkConfig = NonNullable<Environment["network"]>;
export type ClusterConfig = NonNullable<Environment["cluster"]>;
export type NodesConfig = ClusterConfig["nodes"][string];
export type Waiver = Environment["waivers"][number];
