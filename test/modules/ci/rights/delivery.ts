/** Roles of builds, pipelines and messages. */
import { buildRights } from "../../../../modules/ci/builds/rights.ts";
import { functionRights } from "../../../../modules/ci/notifications/slack-function.ts";
import { pipelineRights } from "../../../../modules/ci/pipelines/rights.ts";
import { account, artifacts, at, group, iam, image, key, type Roles, region } from "./names.ts";

const subnet = at("ec2", "subnet/subnet-1");
const application = at("codedeploy", "application:mainline-shared-shop");
const deployConfig = at("codedeploy", "deploymentconfig:CodeDeployDefault.OneAtATime");

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
