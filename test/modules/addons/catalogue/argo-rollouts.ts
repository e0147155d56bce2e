import type { Rights } from "../../../support/iam.ts";

const elb = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333";
const balancer = `${elb}:loadbalancer/app/k8s-apps-web-0a1b2c3d4e/50dc6c495c0c9188`;
const target = `${elb}:targetgroup/k8s-apps-web-0a1b2c3d4e/73e2d6bc24d8a067`;

export const rights: Rights = {
  needed: {
    "find target groups": { action: "elasticloadbalancing:DescribeTargetGroups", resource: "*" },
    "find load balancers": { action: "elasticloadbalancing:DescribeLoadBalancers", resource: "*" },
    "see whether pods are healthy": { action: "elasticloadbalancing:DescribeTargetHealth", resource: "*" },
  },
  forbidden: {
    "shift weights past the Ingress": {
      action: "elasticloadbalancing:ModifyRule",
      resource: `${elb}:listener-rule/app/k8s-apps-web-0a1b2c3d4e/50dc6c495c0c9188/0467ef3c8400ae65/9683b2d02a6cabee`,
    },
    "register targets": { action: "elasticloadbalancing:RegisterTargets", resource: target },
    "take targets out": { action: "elasticloadbalancing:DeregisterTargets", resource: target },
    "delete a load balancer": { action: "elasticloadbalancing:DeleteLoadBalancer", resource: balancer },
    "look at instances": { action: "ec2:DescribeInstances", resource: "*" },
    "read logs": { action: "logs:GetLogEvents", resource: "arn:aws:logs:ap-northeast-2:111122223333:log-group:any:log-stream:any" },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
