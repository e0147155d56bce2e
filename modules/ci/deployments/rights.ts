/**
 * What CodeDeploy may do for one deployment. Narrower than AWS's AWSCodeDeployRole, which may change every Auto Scaling group of the account, and wider
 * where that does not reach: groups with a launch template cannot be copied by it. Pure.
 */
import type { CiConfig } from "../../../environments/schema.ts";
import { allow, type Statement } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";

type Config = Pick<CiConfig["deployments"][string], "style" | "autoScalingGroup" | "instanceRole">;

/** While it deploys, instances that come and go wait for their revision. */
const inGroups = [
  "autoscaling:CompleteLifecycleAction",
  "autoscaling:DeleteLifecycleHook",
  "autoscaling:PutLifecycleHook",
  "autoscaling:RecordLifecycleActionHeartbeat",
  "autoscaling:ResumeProcesses",
  "autoscaling:SuspendProcesses",
];

const looks = [
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeAutoScalingInstances",
  "autoscaling:DescribeLifecycleHooks",
  "ec2:DescribeInstances",
  "ec2:DescribeInstanceStatus",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  // How it finds instances by their tags.
  "tag:GetResources",
];

/** A group with all that hangs on it. */
const copying = [
  "autoscaling:AttachLoadBalancerTargetGroups",
  "autoscaling:CreateAutoScalingGroup",
  "autoscaling:CreateOrUpdateTags",
  "autoscaling:DeleteAutoScalingGroup",
  "autoscaling:EnableMetricsCollection",
  "autoscaling:PutNotificationConfiguration",
  "autoscaling:PutScalingPolicy",
  "autoscaling:PutScheduledUpdateGroupAction",
  "autoscaling:PutWarmPool",
  "autoscaling:UpdateAutoScalingGroup",
];

const looksAtCopied = [
  "autoscaling:DescribeNotificationConfigurations",
  "autoscaling:DescribePolicies",
  "autoscaling:DescribeScalingActivities",
  "autoscaling:DescribeScheduledActions",
];

/** Source: AWSCodeDeployRole (AWS managed policy reference), held to what the deployment names. */
export function deployRights({ account, region, prefix }: CiContext, fullName: string, config: Config): readonly Statement[] {
  const { style, autoScalingGroup, instanceRole } = config;
  // Its fleet, or the group that was there before; copies are named by CodeDeploy after the deployment group.
  const names = [autoScalingGroup ?? fullName, `CodeDeploy_${fullName}_*`];
  const groups = names.map((name) => `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${name}`);
  const alarms = `arn:aws:cloudwatch:${region}:${account}:alarm:*`;
  const role = `arn:aws:iam::${account}:role/${instanceRole ?? `${prefix}-*`}`;
  return [
    allow("instances that come and go while it deploys", inGroups, groups),
    allow("see groups, instances, targets and tags; these calls have no resource level", looks, "*"),
    allow("alarms that stop it", "cloudwatch:DescribeAlarms", alarms),
    allow(
      "take instances out of the load balancer, and in",
      ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/*`,
    ),
    ...(style === "blue-green"
      ? [
          allow("copy the group, and end the old one", copying, groups),
          allow("see what hangs on it; these calls have no resource level", looksAtCopied, "*"),
          allow("alarms of its scaling policies", "cloudwatch:PutMetricAlarm", alarms),
          allow("end the old instances", "ec2:TerminateInstances", `arn:aws:ec2:${region}:${account}:instance/*`, {
            StringLike: { "aws:ResourceTag/aws:autoscaling:groupName": names },
          }),
          // CodeDeploy user guide, "Create a service role": the managed policy lacks them for groups with a launch template.
          allow("start the copy's instances", ["ec2:CreateTags", "ec2:RunInstances"], `arn:aws:ec2:${region}:${account}:*`),
          // Groups of newer templates name their image by a parameter of AWS.
          allow("find its image", "ssm:GetParameters", `arn:aws:ssm:${region}::parameter/aws/service/*`),
          allow("from an image of anybody's", "ec2:RunInstances", [`arn:aws:ec2:${region}::image/*`, `arn:aws:ec2:${region}::snapshot/*`]),
          allow("with the role that they had", "iam:PassRole", role, { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
        ]
      : []),
  ];
}
