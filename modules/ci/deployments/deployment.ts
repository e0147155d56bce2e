/** One application of CodeDeploy with its group: where it goes, how fast, and what rolls it back. */
import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app/index.js";
import { CodedeployDeploymentConfig } from "@cdktf/provider-aws/lib/codedeploy-deployment-config/index.js";
import { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group/index.js";
import { SsmAssociation } from "@cdktf/provider-aws/lib/ssm-association/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import { trust } from "../../iam/policy.ts";
import type { BuildPlace, OutwardGroup } from "../builds/network.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";
import { deploymentTag, Fleet } from "./fleet.ts";
import { deployRights } from "./rights.ts";
import { awsConfiguration, ownRule, styleOf } from "./rules.ts";

export interface DeploymentSettings {
  readonly context: CiContext;
  readonly name: string;
  readonly config: CiConfig["deployments"][string];
  /** Where a fleet is made; absent where the environment has no network, and then there is none. */
  readonly place: BuildPlace | undefined;
  readonly group: OutwardGroup | undefined;
  readonly keyArn: string;
  readonly artifactBucketArn: string;
}

export class Deployment extends Construct {
  readonly application: string;
  readonly applicationArn: string;
  readonly groupName: string;
  readonly configName: string;

  constructor(scope: Construct, id: string, settings: DeploymentSettings) {
    super(scope, id);
    const { context, name, config, place, group, keyArn, artifactBucketArn } = settings;
    const fullName = context.named(name);
    const fleet =
      config.fleet && place && group
        ? new Fleet(this, "fleet", {
            context,
            name,
            config: config.fleet,
            vpcId: place.vpcId,
            subnetIds: Object.values(place.subnetIds),
            group,
            keyArn,
            artifactBucketArn,
          })
        : undefined;
    const role = new CiRole(this, "identity", {
      name: `${fullName}-deploy`,
      description: `CodeDeploy for ${name}`,
      trust: [
        trust("deployments of this account", { service: ["codedeploy.amazonaws.com"] }, "sts:AssumeRole", {
          StringEquals: { "aws:SourceAccount": context.account },
        }),
      ],
      statements: deployRights(context, fullName, config),
    });
    const application = new CodedeployApp(this, "application", { name: fullName, computePlatform: "Server" });
    const rule = ownRule(config);
    const own =
      rule &&
      new CodedeployDeploymentConfig(this, "rule", {
        deploymentConfigName: fullName,
        computePlatform: "Server",
        minimumHealthyHosts: rule,
      });
    const autoscaling = fleet?.groupName ?? config.autoScalingGroup;
    const alarms = [...(fleet ? [fleet.alarmName] : []), ...config.alarms];
    const deploymentGroup = new CodedeployDeploymentGroup(this, "group", {
      appName: application.name,
      deploymentGroupName: fullName,
      serviceRoleArn: role.arn,
      deploymentConfigName: own?.deploymentConfigName ?? awsConfiguration(config),
      deploymentStyle: styleOf(config),
      ...(autoscaling !== undefined && { autoscalingGroups: [autoscaling] }),
      ...(autoscaling === undefined && {
        ec2TagSet: Object.entries(config.tags).map(([key, value]) => ({ ec2TagFilter: [{ key, value, type: "KEY_AND_VALUE" }] })),
      }),
      ...(config.targetGroup !== undefined && { loadBalancerInfo: { targetGroupInfo: [{ name: config.targetGroup }] } }),
      ...(config.style === "blue-green" && { blueGreenDeploymentConfig: replacing(config.keepOldMinutes) }),
      autoRollbackConfiguration: {
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", ...(alarms.length > 0 ? ["DEPLOYMENT_STOP_ON_ALARM"] : [])],
      },
      // A deployment whose alarms cannot be read would go on blindly.
      alarmConfiguration: { enabled: alarms.length > 0, alarms, ignorePollAlarmFailure: false },
      // Instances that a fleet starts during a deployment get its revision, too.
      outdatedInstancesStrategy: "UPDATE",
      // Blue-green puts the group that it copied in the place of the old one (CodeDeploy user guide, "green fleet provisioning option").
      ...(config.style === "blue-green" && { lifecycle: { ignoreChanges: ["autoscaling_groups"] } }),
      dependsOn: [...role.rights],
    });
    if (fleet) this.keepAgent(fullName);
    this.application = application.name;
    this.applicationArn = application.arn;
    this.groupName = deploymentGroup.deploymentGroupName;
    this.configName = deploymentGroup.deploymentConfigName;
  }

  /** The agent by Distributor of Systems Manager, now and every two weeks: no user data that only new instances run, no bucket to know. */
  private keepAgent(fullName: string): void {
    new SsmAssociation(this, "agent", {
      name: "AWS-ConfigureAWSPackage",
      associationName: `${fullName}-codedeploy-agent`,
      targets: [{ key: `tag:${deploymentTag}`, values: [fullName] }],
      parameters: { action: "Install", name: "AWSCodeDeployAgent" },
      scheduleExpression: "rate(14 days)",
    });
  }
}

/** New instances like the old ones; traffic goes over once they are healthy; the old ones stay for a while, to go back at once. */
function replacing(keepOldMinutes: number) {
  return {
    deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
    greenFleetProvisioningOption: { action: "COPY_AUTO_SCALING_GROUP" },
    terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: keepOldMinutes },
  };
}
