import type { Rights } from "../../../support/iam.ts";

const ec2 = (kind: string) => `arn:aws:ec2:ap-northeast-2:111122223333:${kind}`;
const instance = ec2("instance/i-0a1b2c3d4e5f67890");
const template = ec2("launch-template/lt-0a1b2c3d4e5f67890");
const key = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const queue = (name: string) => `arn:aws:sqs:ap-northeast-2:111122223333:${name}`;
const made = (cluster: string) => ({
  [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned",
  "aws:ResourceTag/karpenter.sh/nodepool": "general",
});
const making = (cluster: string) => ({
  [`aws:RequestTag/kubernetes.io/cluster/${cluster}`]: "owned",
  "aws:RequestTag/eks:eks-cluster-name": cluster,
  "aws:RequestTag/karpenter.sh/nodepool": "general",
});
const region = { "aws:RequestedRegion": "ap-northeast-2" };
const via = { "kms:ViaService": "ec2.ap-northeast-2.amazonaws.com" };

/** Not here: ssm:GetParameter of what AWS publishes. Those ARNs name no account, which the simulation takes for no ARN at all. */
export const rights: Rights = {
  needed: {
    "start a node": { action: "ec2:RunInstances", resource: instance, context: making("mainline-test") },
    "in a subnet": { action: "ec2:RunInstances", resource: ec2("subnet/subnet-0a1b2c3d4e5f67890") },
    "from an image": { action: "ec2:RunInstances", resource: "arn:aws:ec2:ap-northeast-2::image/ami-0a1b2c3d4e5f67890" },
    "from its own template": { action: "ec2:RunInstances", resource: template, context: made("mainline-test") },
    "order a fleet": { action: "ec2:CreateFleet", resource: ec2("fleet/*"), context: making("mainline-test") },
    "make a template": { action: "ec2:CreateLaunchTemplate", resource: template, context: making("mainline-test") },
    "tag at creation": {
      action: "ec2:CreateTags",
      resource: instance,
      context: { ...making("mainline-test"), "ec2:CreateAction": "RunInstances" },
    },
    "end its node": { action: "ec2:TerminateInstances", resource: instance, context: made("mainline-test") },
    "see instance types": { action: "ec2:DescribeInstanceTypes", resource: "*", context: region },
    "compare prices": { action: "pricing:GetProducts", resource: "*" },
    "give nodes their role": {
      action: "iam:PassRole",
      resource: role("mainline-test-karpenter-node"),
      context: { "iam:PassedToService": "ec2.amazonaws.com" },
    },
    "hear of interruptions": { action: "sqs:ReceiveMessage", resource: queue("mainline-test-karpenter") },
    "encrypt volumes": { action: "kms:GenerateDataKeyWithoutPlaintext", resource: key, context: via },
    "let EBS keep the key": { action: "kms:CreateGrant", resource: key, context: { ...via, "kms:GrantIsForAWSResource": "true" } },
    "see its cluster": { action: "eks:DescribeCluster", resource: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-test" },
  },
  forbidden: {
    "end another cluster's node": { action: "ec2:TerminateInstances", resource: instance, context: made("mainline-prod") },
    "end any other instance": { action: "ec2:TerminateInstances", resource: instance },
    "start a node in another cluster's name": { action: "ec2:RunInstances", resource: instance, context: making("mainline-prod") },
    "start an instance without tags": { action: "ec2:RunInstances", resource: instance },
    "start from another's template": { action: "ec2:RunInstances", resource: template, context: made("mainline-prod") },
    "take an instance over by its tag": { action: "ec2:CreateTags", resource: instance, context: making("mainline-test") },
    "look around in another region": { action: "ec2:DescribeInstances", resource: "*", context: { "aws:RequestedRegion": "us-east-1" } },
    "pass an administrator's role": {
      action: "iam:PassRole",
      resource: role("devops"),
      context: { "iam:PassedToService": "ec2.amazonaws.com" },
    },
    "pass the nodes' role to a function": {
      action: "iam:PassRole",
      resource: role("mainline-test-karpenter-node"),
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    },
    "make an instance profile": {
      action: "iam:CreateInstanceProfile",
      resource: "arn:aws:iam::111122223333:instance-profile/anything",
    },
    "read another queue": { action: "sqs:ReceiveMessage", resource: queue("mainline-prod-karpenter") },
    "read a parameter of the account": {
      action: "ssm:GetParameter",
      resource: "arn:aws:ssm:ap-northeast-2:111122223333:parameter/mainline/test/url",
    },
    "decrypt by itself": { action: "kms:Decrypt", resource: key },
  },
};
