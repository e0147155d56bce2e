/** Roles of AWS's own tools: builds, pipelines, deployments, messages. */
import { buildRights } from "../../../../modules/ci/builds/rights.ts";
import { instanceRights } from "../../../../modules/ci/deployments/fleet.ts";
import { deployRights } from "../../../../modules/ci/deployments/rights.ts";
import { functionRights } from "../../../../modules/ci/notifications/slack-function.ts";
import { pipelineRights } from "../../../../modules/ci/pipelines/rights.ts";
import { account, at, iam, image, type Roles, region } from "./names.ts";

const artifacts = "arn:aws:s3:::artifacts";
const key = at("kms", "key/ci");
const subnet = at("ec2", "subnet/subnet-1");
const context = { account, region, prefix: "mainline-shared" } as Parameters<typeof deployRights>[0];
const application = at("codedeploy", "application:mainline-shared-shop");
const group = at("codedeploy", "deploymentgroup:mainline-shared-shop/mainline-shared-shop");
const deployConfig = at("codedeploy", "deploymentconfig:CodeDeployDefault.OneAtATime");
const ownScaling = at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/mainline-shared-shop");

const legacy = at("autoscaling", "autoScalingGroup:1:autoScalingGroupName/web");

export const deliveryRoles: Roles = {
  "a build without an image": {
    statements: buildRights({
      account,
      region,
      logGroupArn: at("logs", "log-group:/aws/codebuild/mainline-shared-shop-build"),
      keyArn: key,
      artifactBucketArn: artifacts,
      folder: "shop-mainline-shared",
      subnetArns: [subnet],
      securityGroupArn: at("ec2", "security-group/sg-1"),
      imageRepositoryArn: undefined,
    }),
    rights: {
      needed: {
        "write its log": {
          action: "logs:PutLogEvents",
          resource: at("logs", "log-group:/aws/codebuild/mainline-shared-shop-build:log-stream:1"),
        },
        "read its artifacts": { action: "s3:GetObject", resource: `${artifacts}/shop-mainline-shared/source/1` },
        "have an interface in its subnet": {
          action: "ec2:CreateNetworkInterfacePermission",
          resource: at("ec2", "network-interface/eni-1"),
          context: { "ec2:AuthorizedService": "codebuild.amazonaws.com", "ec2:Subnet": subnet },
        },
        "decrypt artifacts": { action: "kms:Decrypt", resource: key },
      },
      forbidden: {
        "read another pipeline's artifacts": { action: "s3:GetObject", resource: `${artifacts}/other-mainline-shared/source/1` },
        "change a function's code": { action: "s3:PutObject", resource: `${artifacts}/functions/slack.zip` },
        "give an interface away": {
          action: "ec2:CreateNetworkInterfacePermission",
          resource: at("ec2", "network-interface/eni-1"),
          context: { "ec2:AuthorizedService": "lambda.amazonaws.com", "ec2:Subnet": subnet },
        },
        "have an interface in another subnet": {
          action: "ec2:DeleteNetworkInterface",
          resource: at("ec2", "network-interface/eni-2"),
          context: { "ec2:Subnet": at("ec2", "subnet/subnet-2") },
        },
        "push images": { action: "ecr:PutImage", resource: image },
        "read secrets": { action: "secretsmanager:GetSecretValue", resource: at("secretsmanager", "secret:db-AbCdEf") },
      },
    },
  },
  "a pipeline": {
    statements: pipelineRights({
      connectionArn: at("codeconnections", "connection/1"),
      repository: "example/shop",
      projectArns: [at("codebuild", "project/mainline-shared-shop-build")],
      artifactBucketArn: artifacts,
      folder: "shop-mainline-shared",
      keyArn: key,
      topicArn: at("sns", "news"),
      deployment: { applicationArn: application, groupArn: group, configArn: deployConfig },
    }),
    rights: {
      needed: {
        "read its repository": {
          action: "codeconnections:UseConnection",
          resource: at("codeconnections", "connection/1"),
          context: { "codeconnections:FullRepositoryId": "example/shop" },
        },
        "start its build": { action: "codebuild:StartBuild", resource: at("codebuild", "project/mainline-shared-shop-build") },
        deploy: { action: "codedeploy:CreateDeployment", resource: group },
        "register what it deploys": { action: "codedeploy:RegisterApplicationRevision", resource: application },
        "ask for approval": { action: "sns:Publish", resource: at("sns", "news") },
      },
      forbidden: {
        "read another repository": {
          action: "codeconnections:UseConnection",
          resource: at("codeconnections", "connection/1"),
          context: { "codeconnections:FullRepositoryId": "example/secrets" },
        },
        "start another build": { action: "codebuild:StartBuild", resource: at("codebuild", "project/mainline-shared-billing-build") },
        "deploy elsewhere": {
          action: "codedeploy:CreateDeployment",
          resource: at("codedeploy", "deploymentgroup:mainline-shared-billing/mainline-shared-billing"),
        },
        "pass a role": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-shared-shop-build"),
          context: { "iam:PassedToService": "codebuild.amazonaws.com" },
        },
        "publish elsewhere": { action: "sns:Publish", resource: at("sns", "alarms") },
        "read other artifacts": { action: "s3:GetObject", resource: `${artifacts}/functions/slack.zip` },
      },
    },
  },
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
  "the function that tells Slack": {
    statements: functionRights({
      logGroupArn: at("logs", "log-group:/aws/lambda/mainline-shared-slack"),
      secretArn: at("secretsmanager", "secret:slack-AbCdEf"),
      queueArn: at("sqs", "mainline-shared-slack-undelivered"),
      keyArn: key,
      account,
      region,
    }),
    rights: {
      needed: {
        "decrypt Slack's address": {
          action: "kms:Decrypt",
          resource: at("kms", "key/secrets"),
          context: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
        },
        "read Slack's address": { action: "secretsmanager:GetSecretValue", resource: at("secretsmanager", "secret:slack-AbCdEf") },
        "keep what it could not post": { action: "sqs:SendMessage", resource: at("sqs", "mainline-shared-slack-undelivered") },
        "write its log": { action: "logs:PutLogEvents", resource: at("logs", "log-group:/aws/lambda/mainline-shared-slack:log-stream:1") },
      },
      forbidden: {
        "decrypt by itself": { action: "kms:Decrypt", resource: at("kms", "key/secrets") },
        "read another secret": { action: "secretsmanager:GetSecretValue", resource: at("secretsmanager", "secret:db-AbCdEf") },
        "read the queue": { action: "sqs:ReceiveMessage", resource: at("sqs", "mainline-shared-slack-undelivered") },
        "publish news": { action: "sns:Publish", resource: at("sns", "news") },
        "change its code": { action: "lambda:UpdateFunctionCode", resource: at("lambda", "function:mainline-shared-slack") },
        "approve a deployment": { action: "codepipeline:PutApprovalResult", resource: at("codepipeline", "shop/approval/approve") },
      },
    },
  },
};
