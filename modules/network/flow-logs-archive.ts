/** All traffic in S3, as Parquet with partitions that Athena understands. */
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import { allow, by, type Statement } from "../iam/policy.ts";
import type { NetworkContext } from "./context.ts";
import { flowLogFormat } from "./flow-log-fields.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface TrafficArchiveSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly keyArn: string;
  readonly config: NetworkConfig["flowLogs"];
}

export class TrafficArchive extends Construct {
  readonly bucket: string;

  constructor(scope: Construct, id: string, { context, vpcId, keyArn, config }: TrafficArchiveSettings) {
    super(scope, id);
    const storage = new PrivateBucket(this, "storage", {
      context,
      purpose: "flow-logs",
      keyArn,
      expireDays: config.archiveDays,
      statements: (bucketArn) => delivery(bucketArn, context),
    });
    new FlowLog(this, "log", {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: storage.arn,
      logFormat: flowLogFormat(),
      maxAggregationInterval: config.aggregationSeconds,
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: false },
      tags: { Name: context.named("flow-log-archive") },
      dependsOn: [storage.policy],
    });
    this.bucket = storage.name;
  }
}

/**
 * What the log delivery service may do. On the whole bucket, not on a prefix: else EC2 itself adds statements to the policy whenever a flow
 * log is made, and every later plan would take them out (VPC user guide, "Amazon S3 bucket permissions for flow logs").
 */
export function delivery(bucketArn: string, { account, region }: Pick<NetworkContext, "account" | "region">): readonly Statement[] {
  const service = { service: ["delivery.logs.amazonaws.com"] };
  const source = { ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` } };
  return [
    by(
      service,
      allow("write records, owned by the bucket's owner", "s3:PutObject", `${bucketArn}/*`, {
        StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
        ...source,
      }),
    ),
    by(
      service,
      allow("check before writing that it can", ["s3:GetBucketAcl", "s3:ListBucket"], bucketArn, {
        StringEquals: { "aws:SourceAccount": account },
        ...source,
      }),
    ),
  ];
}
