/** Roles of CodeDeploy and of the instances that it deploys to. */
import { instanceRights } from "../../../../modules/ci/deployments/fleet.ts";
import { deployRights } from "../../../../modules/ci/deployments/rights.ts";
import { account, artifacts, at, group, iam, key, type Roles, region } from "./names.ts";

const context = { account, region, prefix: "mainline-shared" } as Parameters<typeof deployRights>[0];
const ownScaling = at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/mainline-shared-shop");
/** A group that was there before, of another name. */
const legacy = at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/web");

export const deploymentRoles: Roles = {
  "an in-place deployment": {
    statements: deployRights(context, "mainline-shared-shop", { style: "in-place" }),
    rights: {
      needed: {
        "hold an instance that starts": { action: "autoscaling:PutLifecycleHook", resource: ownScaling },
        "take an instance out": {
          action: "elasticloadbalancing:DeregisterTargets",
          resource: at("elasticloadbalancing", "targetgroup/shop/1"),
        },
        "find instances by their tags": { action: "tag:GetResources", resource: "*" },
        "look at an alarm": { action: "cloudwatch:DescribeAlarms", resource: at("cloudwatch", "alarm:mainline-shared-shop-status") },
      },
      forbidden: {
        "change a group of nodes": {
          action: "autoscaling:SuspendProcesses",
          resource: at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/eks-nodes"),
        },
        "change another deployment's group": {
          action: "autoscaling:SuspendProcesses",
          resource: at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/mainline-shared-billing"),
        },
        "make a group": { action: "autoscaling:CreateAutoScalingGroup", resource: ownScaling },
        "start instances": { action: "ec2:RunInstances", resource: at("ec2", "instance/*") },
        "pass a role": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-shared-shop-instance"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
        "delete a load balancer": {
          action: "elasticloadbalancing:DeleteLoadBalancer",
          resource: at("elasticloadbalancing", "loadbalancer/app/shop/1"),
        },
      },
    },
  },
  "a blue-green deployment": {
    statements: deployRights(context, "mainline-shared-shop", { style: "blue-green" }),
    rights: {
      needed: {
        "copy the group": {
          action: "autoscaling:CreateAutoScalingGroup",
          resource: at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/CodeDeploy_mainline-shared-shop_d-1"),
        },
        "end the old one": { action: "autoscaling:DeleteAutoScalingGroup", resource: ownScaling },
        "read its scaling policies": { action: "autoscaling:DescribePolicies", resource: "*" },
        "copy its tags": { action: "autoscaling:CreateOrUpdateTags", resource: ownScaling },
        "copy the alarms of its policies": {
          action: "cloudwatch:PutMetricAlarm",
          resource: at("cloudwatch", "alarm:TargetTracking-mainline-shared-shop"),
        },
        "start an instance": { action: "ec2:RunInstances", resource: at("ec2", "instance/*") },
        "end an old instance": {
          action: "ec2:TerminateInstances",
          resource: at("ec2", "instance/i-1"),
          context: { "aws:ResourceTag/aws:autoscaling:groupName": "CodeDeploy_mainline-shared-shop_d-1" },
        },
        "with the role that it had": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-shared-shop-instance"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
      },
      forbidden: {
        "end another's": {
          action: "autoscaling:DeleteAutoScalingGroup",
          resource: at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/eks-nodes"),
        },
        "end another's instance": {
          action: "ec2:TerminateInstances",
          resource: at("ec2", "instance/i-2"),
          context: { "aws:ResourceTag/aws:autoscaling:groupName": "eks-nodes" },
        },
        "pass another role": {
          action: "iam:PassRole",
          resource: iam("role", "devops"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
        "pass a role elsewhere": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-shared-shop-instance"),
          context: { "iam:PassedToService": "lambda.amazonaws.com" },
        },
        "delete images": { action: "ec2:DeregisterImage", resource: `arn:aws:ec2:${region}::image/ami-1` },
        "open a security group": { action: "ec2:AuthorizeSecurityGroupIngress", resource: at("ec2", "security-group/sg-1") },
      },
    },
  },
  "a blue-green deployment to a group that was there before": {
    statements: deployRights(context, "mainline-shared-shop", {
      style: "blue-green",
      autoScalingGroup: "web",
      instanceRole: "legacy/web-instance",
    }),
    rights: {
      needed: {
        "hold its instances": { action: "autoscaling:PutLifecycleHook", resource: legacy },
        "end it": { action: "autoscaling:DeleteAutoScalingGroup", resource: legacy },
        "give its role to the copy": {
          action: "iam:PassRole",
          resource: iam("role", "legacy/web-instance"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
      },
      forbidden: {
        "change a group whose name begins alike": {
          action: "autoscaling:SuspendProcesses",
          resource: at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/web-2"),
        },
        "end a fleet of the platform": { action: "autoscaling:DeleteAutoScalingGroup", resource: ownScaling },
        "pass a role of the platform": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-shared-shop-instance"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
        "pass its role elsewhere": {
          action: "iam:PassRole",
          resource: iam("role", "legacy/web-instance"),
          context: { "iam:PassedToService": "lambda.amazonaws.com" },
        },
        "change its template": { action: "ec2:ModifyLaunchTemplate", resource: at("ec2", "launch-template/lt-1") },
      },
    },
  },
  "an instance of a fleet": {
    statements: instanceRights(artifacts, key, region),
    rights: {
      needed: {
        "fetch what is deployed": { action: "s3:GetObject", resource: `${artifacts}/shop-mainline-shared/built/1` },
        "fetch the agent": { action: "s3:GetObject", resource: `arn:aws:s3:::aws-codedeploy-${region}/latest/codedeploy-agent.noarch.rpm` },
        "decrypt it": { action: "kms:Decrypt", resource: key },
      },
      forbidden: {
        "change what is deployed": { action: "s3:PutObject", resource: `${artifacts}/shop-mainline-shared/built/1` },
        "read other buckets": { action: "s3:GetObject", resource: "arn:aws:s3:::customers/list.csv" },
        "start a deployment": { action: "codedeploy:CreateDeployment", resource: group },
        "read secrets": { action: "secretsmanager:GetSecretValue", resource: at("secretsmanager", "secret:db-AbCdEf") },
        "take a role": { action: "sts:AssumeRole", resource: iam("role", "mainline-shared-apply") },
      },
    },
  },
};
