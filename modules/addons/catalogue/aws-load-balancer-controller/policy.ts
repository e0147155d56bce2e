/**
 * Rights of the AWS load balancer controller v3.5, as data. Source: docs/install/iam_policy.json of the controller at tag v3.5.0; compare
 * with the same file of the next tag before the chart is bumped. Narrower than upstream in two ways: ARNs of this account and region in
 * place of "*", and the cluster's own name in place of "any cluster" where upstream only asks for the presence of the controller's tag.
 */
import { allow, type Condition, type Statement } from "../../../iam/policy.ts";

export interface PolicySettings {
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly vpcId: string;
  readonly waf: boolean;
  readonly shield: boolean;
}

/** The controller puts it on everything that it makes, with the cluster's name. */
const tag = "elbv2.k8s.aws/cluster";

const elbReads = [
  "DescribeCapacityReservation",
  "DescribeListenerAttributes",
  "DescribeListenerCertificates",
  "DescribeListeners",
  "DescribeLoadBalancerAttributes",
  "DescribeLoadBalancers",
  "DescribeRules",
  "DescribeSSLPolicies",
  "DescribeTags",
  "DescribeTargetGroupAttributes",
  "DescribeTargetGroups",
  "DescribeTargetHealth",
  "DescribeTrustStores",
].map(elb);

const ec2Reads = [
  "DescribeAccountAttributes",
  "DescribeAddresses",
  "DescribeAvailabilityZones",
  "DescribeCoipPools",
  "DescribeInstances",
  "DescribeInternetGateways",
  "DescribeIpamPools",
  "DescribeNetworkInterfaces",
  "DescribeRouteTables",
  "DescribeSecurityGroups",
  "DescribeSubnets",
  "DescribeTags",
  "DescribeVpcPeeringConnections",
  "DescribeVpcs",
  "GetSecurityGroupsForVpc",
].map((action) => `ec2:${action}`);

function elb(action: string): string {
  return `elasticloadbalancing:${action}`;
}

export function controllerPolicy(settings: PolicySettings): readonly Statement[] {
  const { account, region, clusterName, vpcId, waf, shield } = settings;
  const arns = (service: string, ...paths: string[]) => paths.map((path) => `arn:aws:${service}:${region}:${account}:${path}`);
  const balancers = arns("elasticloadbalancing", "loadbalancer/app/*/*", "loadbalancer/net/*/*");
  const targets = arns("elasticloadbalancing", "targetgroup/*/*");
  const listeners = arns("elasticloadbalancing", "listener/app/*/*/*", "listener/net/*/*/*");
  const rules = arns("elasticloadbalancing", "listener-rule/app/*/*/*/*", "listener-rule/net/*/*/*/*");
  const groups = arns("ec2", "security-group/*");
  const inVpc: Condition = { ArnEquals: { "ec2:Vpc": arns("ec2", `vpc/${vpcId}`)[0] ?? "" } };
  const own: Condition = { StringEquals: { [`aws:ResourceTag/${tag}`]: clusterName } };
  const becomesOwn = { [`aws:RequestTag/${tag}`]: clusterName };
  // Ownership is given at creation only: afterwards nobody takes over a thing, or gives it away, by its tag.
  const ownAndStays: Condition = { ...own, Null: { [`aws:RequestTag/${tag}`]: "true" } };
  return [
    allow("Elastic Load Balancing's own role, once per account", "iam:CreateServiceLinkedRole", serviceLinkedRole(account), {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    }),
    allow("finds subnets, nodes, load balancers; describes have no resource level", [...ec2Reads, ...elbReads], "*"),
    allow("lists certificates; lists have no resource level", ["acm:ListCertificates", "iam:ListServerCertificates"], "*"),
    allow("certificates of listeners", "acm:DescribeCertificate", arns("acm", "certificate/*")),
    allow("certificates of listeners", "iam:GetServerCertificate", `arn:aws:iam::${account}:server-certificate/*`),
    allow("authentication by Cognito at Ingresses", "cognito-idp:DescribeUserPoolClient", arns("cognito-idp", "userpool/*")),
    allow(
      "lets load balancers through to nodes and pods of this VPC",
      ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      groups,
      inVpc,
    ),
    allow("groups of load balancers", "ec2:CreateSecurityGroup", [...groups, ...arns("ec2", `vpc/${vpcId}`)]),
    allow("tags groups at their creation", "ec2:CreateTags", groups, {
      StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...becomesOwn },
    }),
    allow("tags own groups", ["ec2:CreateTags", "ec2:DeleteTags"], groups, ownAndStays),
    allow("deletes own groups", "ec2:DeleteSecurityGroup", groups, own),
    allow(
      "makes load balancers and target groups as its own",
      ["CreateLoadBalancer", "CreateTargetGroup"].map(elb),
      [...balancers, ...targets],
      {
        StringEquals: becomesOwn,
      },
    ),
    allow("tags them at their creation", elb("AddTags"), [...balancers, ...targets], {
      StringEquals: { "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"], ...becomesOwn },
    }),
    allow("tags own ones", ["AddTags", "RemoveTags"].map(elb), [...balancers, ...targets], ownAndStays),
    allow(
      "changes and deletes own ones",
      [
        "DeleteLoadBalancer",
        "DeleteTargetGroup",
        "ModifyCapacityReservation",
        "ModifyIpPools",
        "ModifyLoadBalancerAttributes",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "SetIpAddressType",
        "SetSecurityGroups",
        "SetSubnets",
      ].map(elb),
      [...balancers, ...targets],
      own,
    ),
    allow("attributes of own listeners", elb("ModifyListenerAttributes"), listeners, own),
    allow(
      "listeners and rules; upstream limits neither by tag, and may tag them",
      [
        "AddListenerCertificates",
        "AddTags",
        "CreateListener",
        "CreateRule",
        "DeleteListener",
        "DeleteRule",
        "ModifyListener",
        "ModifyRule",
        "RemoveListenerCertificates",
        "RemoveTags",
        "SetRulePriorities",
      ].map(elb),
      [...listeners, ...rules],
    ),
    allow("first listener of a load balancer", elb("CreateListener"), balancers),
    // Shared load balancers (TargetGroupBinding) have target groups of Terraform, without the controller's tag.
    allow("pods in and out of target groups", ["RegisterTargets", "DeregisterTargets"].map(elb), targets),
    ...(waf ? [webAcls(balancers, arns("wafv2", "regional/webacl/*/*"))] : []),
    ...(shield ? shieldAdvanced(account, balancers) : []),
  ];
}

function serviceLinkedRole(account: string): string {
  return `arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`;
}

function webAcls(balancers: readonly string[], acls: readonly string[]): Statement {
  return allow(
    "web ACLs that Ingresses name",
    [
      ...["AssociateWebACL", "DisassociateWebACL", "GetWebACL", "GetWebACLForResource"].map((action) => `wafv2:${action}`),
      elb("SetWebAcl"),
    ],
    [...balancers, ...acls],
  );
}

function shieldAdvanced(account: string, balancers: readonly string[]): readonly Statement[] {
  return [
    allow("whether Shield Advanced is subscribed; no resource level", "shield:GetSubscriptionState", "*"),
    allow(
      "protections that Ingresses ask for",
      ["CreateProtection", "DeleteProtection", "DescribeProtection"].map((action) => `shield:${action}`),
      [`arn:aws:shield::${account}:protection/*`, ...balancers],
    ),
  ];
}
