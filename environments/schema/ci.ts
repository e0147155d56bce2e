/** What can be set about CI and delivery of an account. Every part is optional: an environment that only plans and applies has `github`. */
import { z } from "zod";
import { deploymentSchema } from "./ci/deployments.ts";
import { shortLabel } from "./ci/forms.ts";
import { notificationsSchema } from "./ci/notifications.ts";
import { connectionSchema, pipelineSchema } from "./ci/pipelines.ts";
import { registriesSchema, serviceSchema } from "./ci/registries.ts";
import { circleciSchema, githubSchema } from "./ci/trust.ts";

export const ciSchema = z.strictObject({
  github: githubSchema
    .optional()
    .describe("Roles that plan and apply this workspace from GitHub Actions, and trust in its tokens; absent: none"),
  circleci: circleciSchema.optional().describe("Trust in the tokens of CircleCI; absent: none"),
  services: z
    .record(shortLabel, serviceSchema.describe("One service"))
    .default({})
    .describe("Services by name: each has an image repository and a role that may push to it"),
  registries: registriesSchema.prefault({}).describe("What holds for all image repositories"),
  connections: z
    .record(shortLabel, connectionSchema.describe("One connection"))
    .default({})
    .describe("Connections to source code hosts (CodeConnections) by name"),
  pipelines: z
    .record(shortLabel, pipelineSchema.describe("One pipeline"))
    .default({})
    .describe("Pipelines (CodePipeline) by name; they need a network, in which builds run"),
  deployments: z
    .record(shortLabel, deploymentSchema.describe("One deployment"))
    .default({})
    .describe("Deployments to EC2 (CodeDeploy) by name"),
  notifications: notificationsSchema.optional().describe("Where news of pipelines, builds and deployments goes; absent: nowhere"),
});
