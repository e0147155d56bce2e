import { expect, test } from "@jest/globals";
import { dynamodbPolicy, interfacePolicy, s3Policy } from "../../../modules/network/endpoint-policies.ts";
import { allows } from "./endpoint-decision.ts";

const perimeter = { account: "111122223333", region: "ap-northeast-2" };
const ours = { "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" };
const layers = "arn:aws:s3:::prod-ap-northeast-2-starport-layer-bucket/layer";

test.each([
  ["we read our bucket", "s3:GetObject", "arn:aws:s3:::ours/x", ours, true],
  ["we write to somebody's bucket", "s3:PutObject", "arn:aws:s3:::theirs/x", { ...ours, "aws:ResourceAccount": "999999999999" }, false],
  [
    "somebody's key writes to somebody's bucket",
    "s3:PutObject",
    "arn:aws:s3:::theirs/x",
    { "aws:PrincipalAccount": "999999999999", "aws:ResourceAccount": "999999999999" },
    false,
  ],
  ["a node reads an image layer of ECR", "s3:GetObject", layers, { ...ours, "aws:ResourceAccount": "309956199498" }, true],
  ["a node reads a package without credentials", "s3:GetObject", "arn:aws:s3:::al2023-repos-ap-northeast-2-de612dc2/core", {}, true],
  ["a node reads what the SSM agent needs", "s3:GetObject", "arn:aws:s3:::amazon-ssm-ap-northeast-2/agent", {}, true],
  [
    "an instance reads CodeDeploy's agent",
    "s3:GetObject",
    "arn:aws:s3:::aws-codedeploy-ap-northeast-2/latest/codedeploy-agent.noarch.rpm",
    {},
    true,
  ],
  ["somebody writes to a bucket of layers", "s3:PutObject", layers, {}, false],
  ["somebody reads a public bucket", "s3:GetObject", "arn:aws:s3:::public/x", {}, false],
] as const)("S3: %s", (_, action, resource, context, expected) => {
  expect(allows(s3Policy(perimeter), action, resource, context)).toBe(expected);
});

test.each([
  ["we write to our table", ours, true],
  ["we write to somebody's table", { ...ours, "aws:ResourceAccount": "999999999999" }, false],
] as const)("DynamoDB: %s", (_, context, expected) => {
  expect(allows(dynamodbPolicy(perimeter), "dynamodb:PutItem", "arn:aws:dynamodb:ap-northeast-2:1:table/t", context)).toBe(expected);
});

const role = "arn:aws:iam::111122223333:role/pod";
test.each([
  [
    "ecr.api: our node pulls an image of AWS's account",
    "ecr.api",
    "ecr:BatchGetImage",
    "arn:aws:ecr:ap-northeast-2:602401143452:repository/x",
    ours,
    true,
  ],
  ["ecr.api: somebody's key", "ecr.api", "ecr:PutImage", "arn:aws:ecr:::x", { "aws:PrincipalAccount": "999999999999" }, false],
  ["kms: a service of AWS for us", "kms", "kms:Decrypt", "*", { "aws:PrincipalIsAWSService": "true" }, true],
  ["eks-auth: our node asks for a pod's credentials", "eks-auth", "eks-auth:AssumeRoleForPodIdentity", "*", ours, true],
  ["sts: a pod with IRSA, nobody yet", "sts", "sts:AssumeRoleWithWebIdentity", role, {}, true],
  ["sts: the same for a role elsewhere", "sts", "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::999999999999:role/x", {}, false],
  ["sts: somebody's key assumes a role", "sts", "sts:AssumeRole", role, { "aws:PrincipalAccount": "999999999999" }, false],
  ["logs: nobody", "logs", "logs:PutLogEvents", "*", {}, false],
] as const)("%s", (_, service, action, resource, context, expected) => {
  expect(allows(interfacePolicy(service, perimeter), action, resource, context)).toBe(expected);
});
