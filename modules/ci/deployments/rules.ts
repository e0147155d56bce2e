/** How a deployment goes: how many instances at once, and what stops it. Pure. */
import type { CiConfig } from "../../../environments/schema.ts";

type Config = CiConfig["deployments"][string];

/**
 * Configurations of AWS. One at a time still succeeds where the last instance fails, half at a time where half does, all at once where a single
 * instance succeeds (CodeDeploy user guide, "Deployment configurations on an EC2/on-premises compute platform").
 */
const batches = { one: "CodeDeployDefault.OneAtATime", half: "CodeDeployDefault.HalfAtATime", all: "CodeDeployDefault.AllAtOnce" } as const;

export interface OwnRule {
  readonly type: "HOST_COUNT" | "FLEET_PERCENT";
  readonly value: number;
}

/** A rule of our own, where the environment gives one: fewer healthy instances than that end the deployment as failed. */
export function ownRule({ minimumHealthy }: Pick<Config, "minimumHealthy">): OwnRule | undefined {
  if (minimumHealthy?.hosts !== undefined) return { type: "HOST_COUNT", value: minimumHealthy.hosts };
  if (minimumHealthy?.percent !== undefined) return { type: "FLEET_PERCENT", value: minimumHealthy.percent };
  return undefined;
}

/** Name of AWS's own configuration. */
export function awsConfiguration({ batch }: Pick<Config, "batch">): string {
  return batches[batch];
}

/** Style of the group: whether instances are changed or replaced, and whether a load balancer takes them out meanwhile. */
export function styleOf({ style, targetGroup }: Pick<Config, "style" | "targetGroup">) {
  return {
    deploymentType: style === "blue-green" ? "BLUE_GREEN" : "IN_PLACE",
    deploymentOption: targetGroup === undefined ? "WITHOUT_TRAFFIC_CONTROL" : "WITH_TRAFFIC_CONTROL",
  };
}
