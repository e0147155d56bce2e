/** Roles that jobs take: plan, apply, push, and what holds for all of them. */
import { pushRights } from "../../../../modules/ci/registries/policies.ts";
import { applyRights, changesOf } from "../../../../modules/ci/rights/apply.ts";
import { boundaryStatements } from "../../../../modules/ci/rights/boundary.ts";
import { planRights } from "../../../../modules/ci/rights/plan.ts";
import { allow } from "../../../../modules/iam/policy.ts";
import { stackNames } from "../../../../stacks/contract.ts";
import { account, at, iam, image, type Roles, region } from "./names.ts";

const bucket = "mainline-dev-tfstate-111122223333-ap-northeast-2";
const state = { bucket, folder: "dev", keyAlias: "alias/mainline-dev-tfstate", account, region };
const object = (key: string) => `arn:aws:s3:::${bucket}/${key}`;
const stateKey = { resource: at("kms", "key/state"), context: { "kms:ResourceAliases": ["alias/mainline-dev-tfstate"] } };
const github = iam("oidc-provider", "token.actions.githubusercontent.com");

const assets = { objects: "arn:aws:s3:::artifacts/functions/*", keyAlias: "alias/mainline-dev-ci" };

/** As if AWS's managed policy, or a mistake of ours, allowed everything. */
const everything = allow("", "*", "*");
const boundary = boundaryStatements({ state, prefix: "mainline-dev", providers: [github], otherRegions: ["ap-northeast-1"] });

export const platformRoles: Roles = {
  plan: {
    statements: [everything, ...planRights(state, assets)],
    boundary,
    rights: {
      needed: {
        "read its state": { action: "s3:GetObject", resource: object("dev/network.tfstate") },
        "hold a lock": { action: "s3:PutObject", resource: object("dev/network.tfstate.tflock") },
        "see settings": { action: "eks:DescribeCluster", resource: at("eks", "cluster/mainline-dev") },
        "compare a function's code": { action: "s3:GetObject", resource: "arn:aws:s3:::artifacts/functions/slack.zip" },
      },
      forbidden: {
        "read a secret": { action: "secretsmanager:GetSecretValue", resource: at("secretsmanager", "secret:db-AbCdEf") },
        "read objects": { action: "s3:GetObject", resource: "arn:aws:s3:::customers/list.csv" },
        "read another environment's state": { action: "s3:GetObject", resource: object("prod/network.tfstate") },
        "read parameters of ours": { action: "ssm:GetParametersByPath", resource: at("ssm", "parameter/mainline/dev/db") },
        "read logs": { action: "logs:GetLogEvents", resource: at("logs", "log-group:/aws/eks/dev:log-stream:audit") },
        "read rows": { action: "dynamodb:Scan", resource: at("dynamodb", "table/orders") },
        "read rows by SQL": { action: "dynamodb:PartiQLSelect", resource: at("dynamodb", "table/orders") },
        "read what a command printed": { action: "ssm:GetCommandInvocation", resource: "*" },
        "follow a log": { action: "logs:StartLiveTail", resource: at("logs", "log-group:/aws/eks/dev") },
        "get a pipeline's credentials for its artifacts": { action: "codepipeline:GetJobDetails", resource: "*" },
        "get somebody's grant to objects": { action: "s3:GetDataAccess", resource: at("s3", "access-grants/default") },
        "pull images": { action: "ecr:BatchGetImage", resource: image },
        "take another role": { action: "sts:AssumeRole", resource: iam("role", "mainline-dev-apply") },
      },
    },
  },
  "plan, without the managed policy": {
    statements: planRights(state, assets),
    boundary,
    rights: {
      needed: {
        "decrypt its state": { action: "kms:Decrypt", ...stateKey },
        "compare checksums of code": {
          action: "kms:Decrypt",
          resource: at("kms", "key/ci"),
          context: { "kms:ResourceAliases": ["alias/mainline-dev-ci"], "kms:ViaService": "s3.ap-northeast-2.amazonaws.com" },
        },
      },
      forbidden: {
        "decrypt with the key of images by itself": {
          action: "kms:Decrypt",
          resource: at("kms", "key/ci"),
          context: { "kms:ResourceAliases": ["alias/mainline-dev-ci"] },
        },
        "decrypt with another key": {
          action: "kms:Decrypt",
          resource: at("kms", "key/db"),
          context: { "kms:ResourceAliases": ["alias/db"] },
        },
        "write a state": { action: "s3:PutObject", resource: object("dev/network.tfstate") },
        "delete a state": { action: "s3:DeleteObject", resource: object("dev/network.tfstate") },
        "write another environment's lock": { action: "s3:PutObject", resource: object("prod/network.tfstate.tflock") },
        "change anything": { action: "ec2:CreateVpc", resource: at("ec2", "vpc/vpc-1") },
        "give itself rights": { action: "iam:PutRolePolicy", resource: iam("role", "mainline-dev-plan") },
      },
    },
  },
  apply: {
    statements: [
      ...applyRights({ state, prefix: "mainline-dev", assets: "arn:aws:s3:::artifacts/functions/*" }),
      ...stackNames.flatMap((stack) => changesOf(stack, account)),
    ],
    boundary,
    rights: {
      needed: {
        "write its state": { action: "s3:PutObject", resource: object("dev/network.tfstate") },
        "make a VPC": { action: "ec2:CreateVpc", resource: at("ec2", "vpc/vpc-1") },
        "make a cluster": { action: "eks:CreateCluster", resource: "*" },
        "make a role of the platform": {
          action: "iam:CreateRole",
          resource: iam("role", "mainline-dev-node"),
          context: { "aws:RequestedRegion": "us-east-1" },
        },
        "give a role to nodes": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-dev-node"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
        "make a repository": { action: "ecr:CreateRepository", resource: image },
        "make a bucket": { action: "s3:CreateBucket", resource: "arn:aws:s3:::mainline-dev-flow-logs" },
        "say what copies in another region are like": {
          action: "ecr:CreateRepositoryCreationTemplate",
          resource: "*",
          context: { "aws:RequestedRegion": "ap-northeast-1" },
        },
        "put a function's code": { action: "s3:PutObject", resource: "arn:aws:s3:::artifacts/functions/slack.zip" },
        "set a budget": {
          action: "budgets:ModifyBudget",
          resource: `arn:aws:budgets::${account}:budget/shop`,
          context: { "aws:RequestedRegion": "us-east-1" },
        },
      },
      forbidden: {
        "change another account": {
          action: "ec2:DeleteVpc",
          resource: "arn:aws:ec2:ap-northeast-2:777788889999:vpc/vpc-1",
          context: { "aws:ResourceAccount": "777788889999" },
        },
        "work elsewhere": {
          action: "ec2:CreateVpc",
          resource: "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1",
          context: { "aws:RequestedRegion": "eu-west-1" },
        },
        "change roles that are not the platform's": { action: "iam:PutRolePolicy", resource: iam("role", "finance") },
        "pass a role of others": {
          action: "iam:PassRole",
          resource: iam("role", "finance"),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
        "pass a role to a service that needs none": {
          action: "iam:PassRole",
          resource: iam("role", "mainline-dev-node"),
          context: { "iam:PassedToService": "glue.amazonaws.com" },
        },
        "write another environment's state": { action: "s3:PutObject", resource: object("prod/network.tfstate") },
        "delete what a bucket holds": { action: "s3:DeleteObject", resource: "arn:aws:s3:::mainline-dev-flow-logs/2026/log" },
      },
    },
  },
  "any role of CI, whatever its policies say": {
    statements: [everything],
    boundary,
    rights: {
      needed: { "what policies grant": { action: "ec2:CreateVpc", resource: at("ec2", "vpc/vpc-1") } },
      forbidden: {
        "widen itself": { action: "iam:PutRolePolicy", resource: iam("role", "mainline-dev-apply") },
        "leave its boundary": { action: "iam:DeleteRolePermissionsBoundary", resource: iam("role", "mainline-dev-plan") },
        "trust somebody else": { action: "iam:UpdateAssumeRolePolicy", resource: iam("role", "mainline-dev-push-shop-api") },
        "change the boundary": { action: "iam:CreatePolicyVersion", resource: iam("policy", "mainline-dev-ci-boundary") },
        "change the rights of applies": {
          action: "iam:CreatePolicyVersion",
          resource: iam("policy", "mainline-dev-apply-network"),
        },
        "trust other tokens": { action: "iam:AddClientIDToOpenIDConnectProvider", resource: github },
        "make a user's key": { action: "iam:CreateAccessKey", resource: iam("user", "me") },
        "take another role": { action: "sts:AssumeRole", resource: iam("role", "devops") },
        "delete the states' bucket": { action: "s3:DeleteBucket", resource: `arn:aws:s3:::${bucket}` },
        "trust somebody else for previews": {
          action: "iam:UpdateAssumeRolePolicy",
          resource: iam("role", "mainline-dev-preview-shop-api"),
        },
        "let old states expire": { action: "s3:PutLifecycleConfiguration", resource: `arn:aws:s3:::${bucket}` },
        "end the key of the states": { action: "kms:ScheduleKeyDeletion", ...stateKey },
        "delete the way back": { action: "s3:DeleteObjectVersion", resource: object("dev/network.tfstate") },
        "stop the audit": { action: "cloudtrail:StopLogging", resource: at("cloudtrail", "trail/main") },
        "leave the organization": { action: "organizations:LeaveOrganization", resource: "*" },
        "work elsewhere": {
          action: "ec2:CreateVpc",
          resource: "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1",
          context: { "aws:RequestedRegion": "eu-west-1" },
        },
      },
    },
  },
  push: {
    statements: pushRights(image),
    boundary,
    rights: {
      needed: {
        "log in": { action: "ecr:GetAuthorizationToken", resource: "*" },
        "push a layer": { action: "ecr:UploadLayerPart", resource: image },
        "push an image": { action: "ecr:PutImage", resource: image },
        "see what a scan found": { action: "ecr:DescribeImageScanFindings", resource: image },
        "see what Inspector's scan found": { action: "inspector2:ListFindings", resource: "*" },
      },
      forbidden: {
        "push another service's image": { action: "ecr:PutImage", resource: at("ecr", "repository/shop/web") },
        "delete an image": { action: "ecr:BatchDeleteImage", resource: image },
        "make tags movable": { action: "ecr:PutImageTagMutability", resource: image },
        "open the repository": { action: "ecr:SetRepositoryPolicy", resource: image },
        "read a state": { action: "s3:GetObject", resource: object("dev/network.tfstate") },
      },
    },
  },
};
