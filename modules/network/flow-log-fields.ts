/**
 * The fields of a flow log record, in order: log format, metric pattern and Athena columns all come from this one list.
 * Source: VPC user guide, "Flow log records" (names and types; in Parquet, hyphens become underscores).
 */

interface Field {
  readonly name: string;
  readonly type: "string" | "int" | "bigint";
}

export const flowLogFields: readonly Field[] = [
  // The default format, version 2, so that tools made for it can read ours.
  { name: "version", type: "int" },
  { name: "account-id", type: "string" },
  { name: "interface-id", type: "string" },
  { name: "srcaddr", type: "string" },
  { name: "dstaddr", type: "string" },
  { name: "srcport", type: "int" },
  { name: "dstport", type: "int" },
  { name: "protocol", type: "int" },
  { name: "packets", type: "bigint" },
  { name: "bytes", type: "bigint" },
  { name: "start", type: "bigint" },
  { name: "end", type: "bigint" },
  { name: "action", type: "string" },
  { name: "log-status", type: "string" },
  // Where it happened, and who it really was behind a NAT gateway or a load balancer.
  { name: "subnet-id", type: "string" },
  { name: "az-id", type: "string" },
  { name: "flow-direction", type: "string" },
  { name: "traffic-path", type: "int" },
  { name: "tcp-flags", type: "int" },
  { name: "pkt-srcaddr", type: "string" },
  { name: "pkt-dstaddr", type: "string" },
  { name: "pkt-src-aws-service", type: "string" },
  { name: "pkt-dst-aws-service", type: "string" },
];

/** The format as EC2 wants it: `${version} ${account-id} ...`, written so that Terraform does not take it for its own expressions. */
export function flowLogFormat(): string {
  return flowLogFields.map(({ name }) => literal(`\${${name}}`)).join(" ");
}

/** CloudWatch Logs pattern of TCP connections to a port that were rejected. */
export function rejectedPattern(port: number): string {
  const conditions: Readonly<Record<string, string>> = { dstport: `="${port}"`, protocol: '="6"', action: '="REJECT"' };
  // Names in patterns have no hyphens (CloudWatch Logs user guide, "Filter pattern syntax").
  return `[${flowLogFields.map(({ name }) => `${column(name)}${conditions[name] ?? ""}`).join(", ")}]`;
}

/** Name of a field as a column. */
export function column(name: string): string {
  return name.replaceAll("-", "_");
}

/** Text in which Terraform must not look for expressions. */
export function literal(text: string): string {
  // As a function, because "$$" in a replacement text means one "$".
  return text.replaceAll("${", () => "$${");
}
