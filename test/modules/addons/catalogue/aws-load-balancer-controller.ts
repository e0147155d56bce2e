import type { Rights } from "../../../support/iam.ts";

const elb = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333";
const balancer = `${elb}:loadbalancer/app/k8s-apps-web-0a1b2c3d4e/50dc6c495c0c9188`;
const target = `${elb}:targetgroup/k8s-apps-web-0a1b2c3d4e/73e2d6bc24d8a067`;
const group = "arn:aws:ec2:ap-northeast-2:111122223333:security-group/sg-0a1b2c3d4e5f67890";
const vpc = (id: string) => ({ "ec2:Vpc": `arn:aws:ec2:ap-northeast-2:111122223333:vpc/${id}` });
const ownTag = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "mainline-test" };
const otherTag = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "mainline-prod" };
const asOwn = { "aws:RequestTag/elbv2.k8s.aws/cluster": "mainline-test" };

export const rights: Rights = {
  needed: {
    "find subnets": { action: "ec2:DescribeSubnets", resource: "*" },
    "make a load balancer": { action: "elasticloadbalancing:CreateLoadBalancer", resource: balancer, context: asOwn },
    "tag it while making it": {
      action: "elasticloadbalancing:AddTags",
      resource: balancer,
      context: { ...asOwn, "elasticloadbalancing:CreateAction": "CreateLoadBalancer" },
    },
    "delete its own": { action: "elasticloadbalancing:DeleteLoadBalancer", resource: balancer, context: ownTag },
    "make a listener": { action: "elasticloadbalancing:CreateListener", resource: balancer, context: ownTag },
    "register pods": { action: "elasticloadbalancing:RegisterTargets", resource: target },
    "open a node group's security group": {
      action: "ec2:AuthorizeSecurityGroupIngress",
      resource: group,
      context: vpc("vpc-0a1b2c3d4e5f67890"),
    },
    "delete its own security group": { action: "ec2:DeleteSecurityGroup", resource: group, context: ownTag },
    "attach a web ACL": {
      action: "wafv2:AssociateWebACL",
      resource: "arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    "protect by Shield": { action: "shield:GetSubscriptionState", resource: "*" },
  },
  forbidden: {
    "delete another cluster's load balancer": { action: "elasticloadbalancing:DeleteLoadBalancer", resource: balancer, context: otherTag },
    "delete Terraform's load balancer": { action: "elasticloadbalancing:DeleteLoadBalancer", resource: balancer },
    "make one in another cluster's name": {
      action: "elasticloadbalancing:CreateLoadBalancer",
      resource: balancer,
      context: { "aws:RequestTag/elbv2.k8s.aws/cluster": "mainline-prod" },
    },
    "take over another's by its tag": { action: "elasticloadbalancing:AddTags", resource: balancer, context: { ...otherTag, ...asOwn } },
    "open a security group of another VPC": {
      action: "ec2:AuthorizeSecurityGroupIngress",
      resource: group,
      context: vpc("vpc-0fffffffffffffff0"),
    },
    "delete a group that is not its own": { action: "ec2:DeleteSecurityGroup", resource: group },
    "make a role for another service": {
      action: "iam:CreateServiceLinkedRole",
      resource: "arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
      context: { "iam:AWSServiceName": "eks.amazonaws.com" },
    },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
    "start instances": { action: "ec2:RunInstances", resource: "arn:aws:ec2:ap-northeast-2:111122223333:instance/*" },
  },
};
