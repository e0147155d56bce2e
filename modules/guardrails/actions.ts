/**
 * Actions that IAM cannot limit to a resource: their row in the Service Authorization Reference has no resource type, so "*" is the only
 * resource that works. Only what this workspace uses or its controllers need; grow it with the reference at hand.
 */
const exact = new Set([
  "acm:ListCertificates",
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeAutoScalingInstances",
  "autoscaling:DescribeLaunchConfigurations",
  "autoscaling:DescribeLifecycleHooks",
  "autoscaling:DescribeScalingActivities",
  "autoscaling:DescribeTags",
  "cloudwatch:DescribeAlarmsForMetric",
  "cloudwatch:GetMetricData",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:GetInstanceTypesFromInstanceRequirements",
  "ec2:GetSecurityGroupsForVpc",
  "ecr:GetAuthorizationToken",
  "eks:DescribeAddonConfiguration",
  "eks:DescribeAddonVersions",
  "eks:DescribeClusterVersions",
  "eks:ListClusters",
  "iam:ListRoles",
  "iam:ListServerCertificates",
  "inspector2:ListCoverage",
  "inspector2:ListFindings",
  "kms:CreateKey",
  "kms:ListAliases",
  "kms:ListKeys",
  "pricing:GetProducts",
  "route53:ListHostedZones",
  "route53:ListHostedZonesByName",
  "s3:ListAllMyBuckets",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:ListSecrets",
  "shield:GetSubscriptionState",
  "ssm:DescribeParameters",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);

/** Services whose Describe actions have no resource type but for a handful, so that a prefix is as narrow as a list. */
const describeOnly = /^(ec2|elasticloadbalancing):Describe\w*\*?$/;

/** Whether "*" is the only resource that AWS accepts for an action. */
export function withoutResourceLevel(action: string): boolean {
  return exact.has(action) || describeOnly.test(action);
}
