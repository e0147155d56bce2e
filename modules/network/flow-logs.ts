/** Flow logs of the VPC: what was rejected to CloudWatch, everything to S3, both readable in Athena or Logs Insights. */
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import type { NetworkContext } from "./context.ts";
import { FlowLogKey } from "./flow-log-key.ts";
import { TrafficArchive } from "./flow-logs-archive.ts";
import { RejectedTraffic } from "./flow-logs-cloudwatch.ts";
import { TrafficQueries } from "./flow-logs-query.ts";

export interface FlowLogsSettings {
  readonly context: NetworkContext;
  readonly vpcId: string;
  readonly config: NetworkConfig["flowLogs"];
}

export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { context, vpcId, config }: FlowLogsSettings) {
    super(scope, id);
    const logGroup = `/aws/vpc/${context.named("flow-logs")}`;
    const { arn: keyArn } = new FlowLogKey(this, "encryption", { context, logGroup });
    new RejectedTraffic(this, "rejected", { context, vpcId, logGroup, keyArn, config });
    const archive = new TrafficArchive(this, "archive", { context, vpcId, keyArn, config });
    new TrafficQueries(this, "queries", { context, archive: archive.bucket, keyArn });
  }
}
