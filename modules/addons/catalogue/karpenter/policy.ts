/**
 * Rights of Karpenter's controller 1.14, as data. Source: Karpenter documentation, "CloudFormation" reference, controller policy; compare it
 * before the chart is bumped. Narrower than upstream: the instance profile is the cluster stack's, so that the controller makes, tags and
 * deletes none; ARNs of this account and region; volumes only with the cluster's key.
 */
import { grantForService, volumeActions } from "../../../cluster/key-policy.ts";
import { allow, type Condition, type Statement } from "../../../iam/policy.ts";

export interface ControllerSettings {
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly keyArn: string;
  readonly nodeRole: string;
  readonly queue: string;
}

const pool = "karpenter.sh/nodepool";

const reads = [
  "DescribeAvailabilityZones",
  "DescribeCapacityReservations",
  "DescribeImages",
  "DescribeInstanceStatus",
  "DescribeInstanceTypeOfferings",
  "DescribeInstanceTypes",
  "DescribeInstances",
  "DescribeLaunchTemplates",
  "DescribePlacementGroups",
  "DescribeSecurityGroups",
  "DescribeSpotPriceHistory",
  "DescribeSubnets",
].map((action) => `ec2:${action}`);

export function controllerPolicy({ account, region, clusterName, keyArn, nodeRole, queue }: ControllerSettings): readonly Statement[] {
  const arns = (...kinds: string[]) => kinds.map((kind) => `arn:aws:ec2:${region}:${account}:${kind}/*`);
  const owned = `kubernetes.io/cluster/${clusterName}`;
  /** On what this cluster's Karpenter made. */
  const own: Condition = { StringEquals: { [`aws:ResourceTag/${owned}`]: "owned" }, StringLike: { [`aws:ResourceTag/${pool}`]: "*" } };
  /** On what it is about to make: the tags by which it finds it again. */
  const marked = {
    StringEquals: { [`aws:RequestTag/${owned}`]: "owned", "aws:RequestTag/eks:eks-cluster-name": clusterName },
    StringLike: { [`aws:RequestTag/${pool}`]: "*" },
  };
  const made = arns("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume");
  const throughEc2 = { "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return [
    allow(
      "starts nodes from images, in subnets and groups that are there",
      ["ec2:CreateFleet", "ec2:RunInstances"],
      [
        `arn:aws:ec2:${region}::image/*`,
        `arn:aws:ec2:${region}::snapshot/*`,
        ...arns("capacity-reservation", "placement-group", "security-group", "subnet"),
      ],
    ),
    allow("starts nodes from its own templates only", ["ec2:CreateFleet", "ec2:RunInstances"], arns("launch-template"), own),
    allow("makes nothing without its tags", ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"], made, marked),
    allow("tags what it makes, while it makes it", "ec2:CreateTags", made, {
      ...marked,
      StringEquals: { ...marked.StringEquals, "ec2:CreateAction": ["CreateFleet", "CreateLaunchTemplate", "RunInstances"] },
    }),
    allow("writes the node's name on its instance", "ec2:CreateTags", arns("instance"), {
      ...own,
      StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["Name", "eks:eks-cluster-name", "karpenter.sh/nodeclaim"] },
    }),
    allow("ends its own nodes", ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"], arns("instance", "launch-template"), own),
    allow("sees what there is in this region; no resource level", reads, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    allow("finds node images that AWS publishes", "ssm:GetParameter", `arn:aws:ssm:${region}::parameter/aws/service/*`),
    allow("compares prices; no resource level", "pricing:GetProducts", "*"),
    allow("gives nodes their role, to EC2 only", "iam:PassRole", `arn:aws:iam::${account}:role/${nodeRole}`, {
      StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
    }),
    allow(
      "sees the instance profile of its nodes",
      ["iam:GetInstanceProfile", "iam:ListInstanceProfiles"],
      `arn:aws:iam::${account}:instance-profile/*`,
    ),
    allow("sees its cluster", "eks:DescribeCluster", `arn:aws:eks:${region}:${account}:cluster/${clusterName}`),
    allow(
      "hears of interruptions",
      ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      `arn:aws:sqs:${region}:${account}:${queue}`,
    ),
    allow("nodes' volumes are encrypted with the cluster's key, by EC2", volumeActions, keyArn, { StringEquals: throughEc2 }),
    allow("and EBS keeps the key for as long as the volume lives", "kms:CreateGrant", keyArn, {
      StringEquals: throughEc2,
      ...grantForService,
    }),
  ];
}
