/** Lines of logs, and an event that nobody reads. */
import { account, region } from "./place.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export const matchedLines = {
  messageType: "DATA_MESSAGE",
  owner: account,
  logGroup: "/aws/containerinsights/prod/application",
  logStream: "node-1",
  subscriptionFilters: ["oom"],
  logEvents: [{ id: "3195", timestamp: 1, message: "Out of memory: Killed process 4711 (java)\n" }],
};

/** An event of a service that has no reader. */
export const otherEvent = {
  "detail-type": "AWS Health Event",
  source: "aws.health",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  resources: ["i-0123"],
  detail: { service: "EC2", eventTypeCode: "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED" },
};
