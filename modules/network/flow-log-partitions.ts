/**
 * Partitions of the archive by projection: Athena computes them, so no crawler runs and no partition is ever missing.
 * Sources: VPC user guide, "Flow log files" (hive-compatible paths); Athena user guide, "Supported types for partition projection".
 */
import type { NetworkContext } from "./context.ts";
import { literal } from "./flow-log-fields.ts";

export interface Projection {
  readonly location: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Partition columns, integers, in the order of the path. */
  readonly keys: readonly string[];
}

/** First and last value, and digits in the path. Years are fixed: a synth does not look at the clock. */
const ranges = { year: ["2025,2045", "4"], month: ["1,12", "2"], day: ["1,31", "2"] } as const;

/** Table parameters for the archive's bucket. Account and region are part of the path, as one bucket holds one VPC's logs. */
export function projection(bucket: string, { account, region }: Pick<NetworkContext, "account" | "region">): Projection {
  const location = `s3://${bucket}/AWSLogs/aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}`;
  const keys = Object.keys(ranges);
  const path = keys.map((key) => `${key}=${literal(`\${${key}}`)}`).join("/");
  const columns = Object.entries(ranges).flatMap(([key, [range, digits]]) => [
    [`projection.${key}.type`, "integer"],
    [`projection.${key}.range`, range],
    [`projection.${key}.digits`, digits],
  ]);
  const parameters = { "projection.enabled": "true", ...Object.fromEntries(columns), "storage.location.template": `${location}/${path}` };
  return { location, parameters, keys };
}
