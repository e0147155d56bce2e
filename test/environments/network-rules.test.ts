/** Mistakes between the fields of a network. */
import { expect, test } from "@jest/globals";
import { said } from "./mistakes.ts";

test.each([
  {
    mistake: "a VPC block that AWS refuses",
    changes: { "dev.network.cidr": "10.0.0.0/8" },
    says: [
      'network.cidr  "10.0.0.0/8" is a /8. Choose /16 to /20: AWS allows no larger VPC, and EKS needs the subnets of a /20.',
      'network.cidr  "10.30.0.0/16" overlaps dev\'s 10.0.0.0/8. Give each environment its own block.',
    ].join("\n"),
  },
  {
    mistake: "a VPC block that is too small",
    changes: { "dev.network.cidr": "10.10.0.0/24" },
    says: 'network.cidr  "10.10.0.0/24" is a /24. Choose /16 to /20: AWS allows no larger VPC, and EKS needs the subnets of a /20.',
  },
  {
    mistake: "a public VPC block",
    changes: { "dev.network.cidr": "203.0.0.0/16" },
    says: 'network.cidr  "203.0.0.0/16" is not private (RFC 1918). Choose a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.',
  },
  {
    mistake: "Docker's block",
    changes: { "dev.network.cidr": "172.17.0.0/16" },
    says: 'network.cidr  "172.17.0.0/16" overlaps 172.17.0.0/16, which Docker and some AWS services use on the host. Choose another block.',
  },
  {
    mistake: "pods in the space of VPCs",
    changes: { "prod.network.pods.cidr": "10.128.0.0/16" },
    says: 'network.pods.cidr  "10.128.0.0/16" is not inside 100.64.0.0/10. Choose a block there: it is in nobody\'s routes, for example 100.64.0.0/16.',
  },
  {
    mistake: "a pod block that is too small",
    changes: { "prod.network.pods.cidr": "100.65.0.0/20" },
    says: 'network.pods.cidr  "100.65.0.0/20" is a /20. Choose /16 to /18: a quarter of it is the pod subnet of a zone.',
  },
  {
    mistake: "a zone of Tokyo",
    changes: { "dev.network.zones": ["apne2-az1", "apne1-az2"] },
    says: 'network.zones[1]  "apne1-az2" is not a zone of ap-northeast-2. Its zone ids begin with apne2-az, for example apne2-az1.',
  },
  {
    mistake: "a zone twice",
    changes: { "dev.network.zones": ["apne2-az1", "apne2-az2", "apne2-az1"] },
    says: 'network.zones[2]  "apne2-az1" is there twice. Name another zone or drop it.',
  },
  {
    mistake: "two zones in one address slot",
    changes: { "dev.region": "us-east-1", "dev.network.zones": ["use1-az1", "use1-az2", "use1-az5"] },
    says: 'network.zones[2]  "use1-az5" has the same address slot as use1-az1. Name another zone or drop it.',
  },
  {
    mistake: "no NAT and no endpoints",
    changes: {
      "prod.network.nat": "none",
      "prod.network.interfaceEndpoints": ["ec2", "ecr.api", "ecr.dkr", "sts", "eks", "logs", "elasticloadbalancing", "ssm", "ssmmessages"],
    },
    says: [
      'network.interfaceEndpoints  has no "eks-auth". Without NAT, the pod identity agent gets credentials through it; add it or set network.nat.',
      'network.interfaceEndpoints  has no "elasticfilesystem". Without NAT, the EFS CSI driver makes access points through it; add it or set network.nat.',
    ].join("\n"),
  },
  {
    mistake: "an endpoint twice",
    changes: { "dev.network.interfaceEndpoints": ["sts", "ec2", "sts"] },
    says: 'network.interfaceEndpoints[2]  "sts" is there twice. Drop one.',
  },
  {
    mistake: "a peering with the VPC's own addresses",
    changes: { "dev.network.peerings": { legacy: { vpcId: "vpc-0a1b2c3d", accountId: "777788889999", cidr: "10.0.0.0/8" } } },
    says: 'network.peerings.legacy.cidr  "10.0.0.0/8" overlaps this VPC\'s own 10.10.0.0/16. Traffic to it never leaves the VPC; correct the block or drop it.',
  },
  {
    mistake: "a transit gateway route inside the VPC",
    changes: { "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["10.0.0.0/8", "10.10.0.0/24"] } },
    says: 'network.transitGateway.routes[1]  "10.10.0.0/24" overlaps this VPC\'s own 10.10.0.0/16. Traffic to it never leaves the VPC; correct the block or drop it.',
  },
  {
    mistake: "two targets for one destination",
    changes: {
      "dev.network.peerings": { legacy: { vpcId: "vpc-0a1b2c3d", accountId: "777788889999", cidr: "192.168.0.0/16" } },
      "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["192.168.0.0/16"] },
    },
    says: 'network.transitGateway.routes[0]  "192.168.0.0/16" is the destination of network.peerings.legacy.cidr, too. A route table has one target per destination; drop one.',
  },
  {
    mistake: "two default routes",
    changes: { "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["0.0.0.0/0"] } },
    says: 'network.transitGateway.routes[0]  "0.0.0.0/0" is the default route, which network.nat "single" makes, too. Set network.nat to "none" for central egress, or drop the route.',
  },
  {
    mistake: "a route that Services shadow",
    changes: { "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["172.20.8.0/24"] } },
    says: 'network.transitGateway.routes[0]  "172.20.8.0/24" lies in 172.20.0.0/16, from which EKS takes the addresses of Services. Pods could not reach it reliably; route another block.',
  },
  {
    mistake: "an application load balancer as an endpoint service",
    changes: {
      "dev.network.endpointServices": {
        api: {
          loadBalancerArns: ["arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/api/50dc6c495c0c9188"],
          allowedPrincipals: ["arn:aws:iam::777788889999:root"],
        },
      },
    },
    says: 'network.endpointServices.api.loadBalancerArns[0]  "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:lo... is not a network load balancer. Its ARN has ":loadbalancer/net/"; correct it or change kind.',
  },
  {
    mistake: "a node more than all zones have room for: one of them has it",
    changes: { "dev.network.cidr": "10.10.0.0/20", "dev.cluster.nodes.general.size": { min: 1, desired: 2, max: 10 } },
    says: 'network.cidr  "10.10.0.0/20" leaves 507 addresses in apne2-az1\'s private subnet, but 4 nodes with their pods may take 528. Give pods a block of their own (network.pods), choose a larger block or a smaller size.max.',
  },
  {
    mistake: "more nodes than a /20 has addresses for",
    changes: { "dev.network.cidr": "10.10.0.0/20", "dev.cluster.nodes.general.size.max": 30 },
    says: 'network.cidr  "10.10.0.0/20" leaves 507 addresses in apne2-az1\'s private subnet, but 10 nodes with their pods may take 1320. Give pods a block of their own (network.pods), choose a larger block or a smaller size.max.',
  },
  {
    mistake: "more pods than the pod block has addresses for",
    changes: { "prod.network.pods.cidr": "100.65.0.0/18", "prod.cluster.nodes.general.size.max": 120 },
    says: 'network.pods.cidr  "100.65.0.0/18" leaves 4091 addresses in apne2-az1\'s pods subnet, but 40 nodes with their pods may take 5280. Choose a larger block or a smaller size.max.',
  },
])("$mistake", ({ changes, says }) => expect(said(changes)).toBe(says));
