/** Answers as EKS writes them: JSON, times as seconds since 1970 with milliseconds. */
import type { AwsResponse } from "../gateway/service.ts";

export function jsonResponse(value: unknown): AwsResponse {
  return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(withSeconds(value))) };
}

/** Before JSON.stringify, which would make a text of a Date. */
function withSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withSeconds(member)]));
}

/** Is what was described on its way to another state by itself? */
export function isPassing(output: unknown): boolean {
  if (typeof output !== "object" || output === null) return false;
  const [described] = Object.values(output) as unknown[];
  if (typeof described !== "object" || described === null || !("status" in described)) return false;
  return ["CREATING", "DELETING", "InProgress"].includes(String(described.status));
}
