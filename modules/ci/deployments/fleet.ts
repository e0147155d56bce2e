/** Instances to which something is deployed: in the private subnets, replaced when they fail, with the agent of CodeDeploy kept on them. */
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group/index.js";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile/index.js";
import { Construct } from "constructs";
import { architecture } from "../../../environments/instance-types.ts";
import type { CiConfig } from "../../../environments/schema.ts";
import { NodeTemplate } from "../../cluster/node-template.ts";
import { allow, type Statement, trust } from "../../iam/policy.ts";
import type { OutwardGroup } from "../builds/network.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";
import { ServedGroup } from "./served-group.ts";

export interface FleetSettings {
  readonly context: CiContext;
  /** Of the deployment. */
  readonly name: string;
  readonly config: NonNullable<CiConfig["deployments"][string]["fleet"]>;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly group: OutwardGroup;
  readonly keyArn: string;
  readonly artifactBucketArn: string;
}

/** GiB of the root volume: system, agent, and the last five revisions that the agent keeps. */
const diskGiB = 20;

export class Fleet extends Construct {
  readonly groupName: string;
  /** Alarm that stops a deployment under which instances fail. */
  readonly alarmName: string;

  constructor(scope: Construct, id: string, settings: FleetSettings) {
    super(scope, id);
    const { context, name, config, vpcId, subnetIds, group, keyArn, artifactBucketArn } = settings;
    const { named, region } = context;
    const fullName = named(name);
    const role = new CiRole(this, "identity", {
      name: `${fullName}-instance`,
      description: `Instances of ${name}`,
      trust: [trust("instances of EC2", { service: ["ec2.amazonaws.com"] })],
      statements: instanceRights(artifactBucketArn, keyArn, region),
      managed: ["AmazonSSMManagedInstanceCore"],
    });
    const profile = new IamInstanceProfile(this, "profile", { name: `${fullName}-instance`, role: role.roleName });
    const served = config.served && new ServedGroup(this, "served", { context, name, vpcId, config: config.served });
    const template = new NodeTemplate(this, "start", {
      name: fullName,
      diskGiB,
      // Auto Scaling's own role opens volumes; it may use the key of AWS without a grant of ours.
      keyArn: `arn:aws:kms:${region}:${context.account}:alias/aws/ebs`,
      securityGroupIds: [group.groupId, ...(served ? [served.groupId] : [])],
      userData: "",
      tags: context.tags,
      own: {
        imageId: config.image ?? newestImage(config.instance),
        instanceType: config.instance,
        iamInstanceProfile: { arn: profile.arn },
      },
    });
    const scaling = new AutoscalingGroup(this, "group", {
      name: fullName,
      minSize: config.min,
      desiredCapacity: config.min,
      maxSize: config.max,
      vpcZoneIdentifier: [...subnetIds],
      launchTemplate: { id: template.templateId, version: template.version },
      healthCheckType: "EC2",
      tag: Object.entries({ ...context.tags, Name: fullName, [deploymentTag]: fullName }).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
      // Scaling policies own the size after the first apply.
      lifecycle: { ignoreChanges: ["desired_capacity"] },
      dependsOn: [...role.rights],
    });
    const alarm = new CloudwatchMetricAlarm(this, "status", {
      alarmName: `${fullName}-status`,
      alarmDescription: `Instances of ${name} fail their status checks`,
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { AutoScalingGroupName: scaling.name },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 2,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
    });
    this.groupName = scaling.name;
    this.alarmName = alarm.alarmName;
  }
}

/**
 * Amazon Linux 2023 by its parameter, which EC2 looks up at each start: the template stays as it is, so that a plan of another day replaces nothing,
 * and it has the SSM agent (Auto Scaling user guide, "Use AWS Systems Manager parameters instead of AMI IDs in launch templates").
 */
export function newestImage(instance: string): string {
  return `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture(instance)}`;
}

/** Which deployment an instance is of: what Systems Manager finds it by. */
export const deploymentTag = "deployment";

/** The agent fetches what is deployed, and its own updates from AWS's bucket of the region. Source: CodeDeploy user guide, "Create an IAM instance profile". */
export function instanceRights(artifactBucketArn: string, keyArn: string, region: string): readonly Statement[] {
  return [
    allow("what is deployed", ["s3:GetObject", "s3:GetObjectVersion"], `${artifactBucketArn}/*`),
    allow("which is encrypted", "kms:Decrypt", keyArn),
    allow("the agent itself", "s3:GetObject", `arn:aws:s3:::aws-codedeploy-${region}/*`),
  ];
}
