/** Deployments to EC2 by CodeDeploy. */
import { z } from "zod";
import { instanceType, labelValue, port, tagValue, whole } from "../forms.ts";

const resourceName = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,126}$/)
  .meta({ form: "the name of a resource in AWS: letters, digits, hyphens, dots and underscores" });

const roleName = z
  .string()
  .regex(/^[\w+=,.@/-]{1,200}$/)
  .meta({ form: 'the name of an IAM role, with its path where it has one, for example "web-instance"' });

const imageId = z
  .string()
  .regex(/^ami-[0-9a-f]{8,17}$/)
  .meta({ form: 'the id of a machine image, for example "ami-0a1b2c3d4e5f67890"' });

const securityGroupId = z
  .string()
  .regex(/^sg-[0-9a-f]{8,17}$/)
  .meta({ form: 'the id of a security group, for example "sg-0a1b2c3d4e5f67890"' });

const fleet = z.strictObject({
  image: imageId.optional().describe("Machine image made from Amazon Linux 2023; absent: AWS's newest at the start of each instance"),
  instance: instanceType.default("t3.small").describe("Instance type"),
  min: whole("instances", 1, 100).describe("Fewest instances"),
  max: whole("instances", 1, 100).describe("Most instances"),
  served: z
    .strictObject({
      port: port.describe("Port on which the service listens"),
      from: securityGroupId.describe("Security group of the load balancer"),
    })
    .optional()
    .describe("Who reaches the instances: the load balancer of `targetGroup`; absent: nobody"),
});

export const deploymentSchema = z.strictObject({
  style: z.enum(["in-place", "blue-green"]).default("in-place").describe("On the instances that are there, or on new ones beside them"),
  // With all at once a deployment succeeds if a single instance does (CodeDeploy user guide, "Deployment configurations").
  batch: z.enum(["one", "half", "all"]).default("one").describe("How many instances at once"),
  minimumHealthy: z
    .strictObject({
      hosts: whole("hosts", 0, 100).optional().describe("Instances that must stay healthy"),
      percent: whole("percent", 0, 99).optional().describe("Share that must stay healthy"),
    })
    .optional()
    .describe("A rule of its own instead of `batch`: either hosts or percent"),
  fleet: fleet.optional().describe("Instances that are made here, in the private subnets; for in-place deployments"),
  tags: z
    .record(labelValue, tagValue.describe("Value of the tag"))
    .default({})
    .describe("Tags of instances that are there already; all must match"),
  autoScalingGroup: resourceName.optional().describe("Auto Scaling group that is there already; blue-green copies it"),
  instanceRole: roleName
    .optional()
    .describe(
      "Role of that group's instances, which blue-green gives to the copies; absent: a role whose name begins with `<project>-<env>-`",
    ),
  targetGroup: resourceName.optional().describe("Target group of the load balancer that takes instances out and in"),
  // Long enough to look at the new ones, and to go back at once.
  keepOldMinutes: whole("minutes", 0, 2880).default(60).describe("Minutes that old instances of blue-green stay"),
  alarms: z.array(resourceName).max(10).default([]).describe("Alarms of CloudWatch that stop a deployment and roll it back"),
});
