/** Rejected traffic in CloudWatch Logs, within minutes, with a metric of rejected SSH. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import { allow, policyDocument, trust } from "../iam/policy.ts";
import { guarded } from "../protection.ts";
import type { NetworkContext } from "./context.ts";
import { flowLogFormat, rejectedPattern } from "./flow-log-fields.ts";

export interface RejectedTrafficSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly logGroup: string;
  readonly keyArn: string;
  readonly config: NetworkConfig["flowLogs"];
}

/**
 * Only what was rejected: CloudWatch Logs costs about twenty times S3 per gigabyte, and what one looks for in a hurry is who was refused.
 * The archive has everything.
 */
export class RejectedTraffic extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, logGroup, keyArn, config }: RejectedTrafficSettings) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "group", {
      name: logGroup,
      retentionInDays: config.logGroupDays,
      kmsKeyId: keyArn,
      lifecycle: guarded(context.protection),
    });
    const role = new IamRole(this, "role", {
      name: context.named("flow-logs"),
      description: "Flow logs write to their log group",
      assumeRolePolicy: deliveryTrust(context),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "write-log-group",
      role: role.name,
      policy: deliveryPermissions(group.arn, context),
    });
    new FlowLog(this, "log", {
      vpcId,
      trafficType: "REJECT",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      logFormat: flowLogFormat(),
      maxAggregationInterval: config.aggregationSeconds,
      tags: { Name: context.named("flow-log-rejected") },
      dependsOn: [policy],
    });
    new CloudwatchLogMetricFilter(this, "rejected-ssh", {
      name: context.named("rejected-ssh"),
      logGroupName: group.name,
      pattern: rejectedPattern(22),
      metricTransformation: { namespace: context.named("network"), name: "RejectedSsh", value: "1", defaultValue: "0", unit: "Count" },
    });
  }
}

function deliveryTrust({ account, region }: NetworkContext): string {
  return policyDocument(
    trust(
      "flow logs of this account only (VPC user guide, 'IAM role for publishing flow logs to CloudWatch Logs')",
      {
        service: ["vpc-flow-logs.amazonaws.com"],
      },
      "sts:AssumeRole",
      {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` },
      },
    ),
  );
}

function deliveryPermissions(groupArn: string, { account, region }: NetworkContext): string {
  return policyDocument(
    allow("write records", ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], [groupArn, `${groupArn}:*`]),
    allow("find the group; describing has no narrower resource", "logs:DescribeLogGroups", `arn:aws:logs:${region}:${account}:log-group:*`),
  );
}
