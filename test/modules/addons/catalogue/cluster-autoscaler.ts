import type { Rights } from "../../../support/iam.ts";

const group =
  "arn:aws:autoscaling:ap-northeast-2:111122223333:autoScalingGroup:1234abcd-12ab-34cd-56ef-1234567890ab:autoScalingGroupName/mainline-test-general";
const ownedBy = (cluster: string) => ({ [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" });

export const rights: Rights = {
  needed: {
    "see groups": { action: "autoscaling:DescribeAutoScalingGroups", resource: "*" },
    "see instance types": { action: "ec2:DescribeInstanceTypes", resource: "*" },
    "add a node": { action: "autoscaling:SetDesiredCapacity", resource: group, context: ownedBy("mainline-test") },
    "remove a node": { action: "autoscaling:TerminateInstanceInAutoScalingGroup", resource: group, context: ownedBy("mainline-test") },
    "see a managed group": {
      action: "eks:DescribeNodegroup",
      resource: "arn:aws:eks:ap-northeast-2:111122223333:nodegroup/mainline-test/general/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  },
  forbidden: {
    "grow another cluster's group": { action: "autoscaling:SetDesiredCapacity", resource: group, context: ownedBy("mainline-prod") },
    "grow a group of no cluster": { action: "autoscaling:SetDesiredCapacity", resource: group },
    "remove another cluster's node": {
      action: "autoscaling:TerminateInstanceInAutoScalingGroup",
      resource: group,
      context: ownedBy("mainline-prod"),
    },
    "change limits of a group": { action: "autoscaling:UpdateAutoScalingGroup", resource: group, context: ownedBy("mainline-test") },
    "take a group over by its tag": { action: "autoscaling:CreateOrUpdateTags", resource: group },
    "delete a group": { action: "autoscaling:DeleteAutoScalingGroup", resource: group, context: ownedBy("mainline-test") },
    "see another cluster's group": {
      action: "eks:DescribeNodegroup",
      resource: "arn:aws:eks:ap-northeast-2:111122223333:nodegroup/mainline-prod/general/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    "terminate instances directly": {
      action: "ec2:TerminateInstances",
      resource: "arn:aws:ec2:ap-northeast-2:111122223333:instance/i-0a1b2c3d4e5f67890",
    },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
