/**
 * What CodeDeploy may do for one deployment. Narrower than AWS's AWSCodeDeployRole, which may change every Auto Scaling group and load balancer
 * of the account. Pure.
 */
import { allow, type Statement } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";

/** Source: AWSCodeDeployRole (AWS managed policy reference), held to what the platform names. */
export function deployRights(
  { account, region, prefix }: CiContext,
  fullName: string,
  style: "in-place" | "blue-green",
): readonly Statement[] {
  const groups = `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName`;
  const inGroups = [
    "autoscaling:CompleteLifecycleAction",
    "autoscaling:DeleteLifecycleHook",
    "autoscaling:PutLifecycleHook",
    "autoscaling:RecordLifecycleActionHeartbeat",
    "autoscaling:ResumeProcesses",
    "autoscaling:SuspendProcesses",
  ];
  const replacing = [
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:CreateAutoScalingGroup",
    "autoscaling:DeleteAutoScalingGroup",
    "autoscaling:EnableMetricsCollection",
    "autoscaling:PutScalingPolicy",
    "autoscaling:PutWarmPool",
    "autoscaling:UpdateAutoScalingGroup",
  ];
  return [
    allow("instances that come and go while it deploys", inGroups, [`${groups}/${prefix}-*`, `${groups}/CodeDeploy_${fullName}_*`]),
    allow(
      "see groups, instances, targets and alarms; these calls have no resource level",
      [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLifecycleHooks",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      "*",
    ),
    allow("alarms that stop it", "cloudwatch:DescribeAlarms", `arn:aws:cloudwatch:${region}:${account}:alarm:*`),
    allow(
      "take instances out of the load balancer, and in",
      ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/*`,
    ),
    ...(style === "blue-green"
      ? [
          allow("copy the group, and end the old one", replacing, [`${groups}/${prefix}-*`, `${groups}/CodeDeploy_${fullName}_*`]),
          allow("start the copy's instances", ["ec2:CreateTags", "ec2:RunInstances"], `arn:aws:ec2:${region}:${account}:*`),
          allow("from an image of anybody's", "ec2:RunInstances", `arn:aws:ec2:${region}::image/*`),
          allow("with the role that they had", "iam:PassRole", `arn:aws:iam::${account}:role/${prefix}-*`, {
            StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
          }),
        ]
      : []),
  ];
}
