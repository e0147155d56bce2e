/** Logs are kept for a stated time. */
import { isProduction, type Rule } from "../rule.ts";

/** Days. Long enough to look back after an incident that was noticed late. */
const productionDays = 90;

export const logRetention: Rule = {
  id: "log-retention",
  title: `Log groups say how long they keep, in production at least ${productionDays} days`,
  why: "Without it they keep for ever, at full price (FSBP CloudWatch.16)",
  applies: ["aws_cloudwatch_log_group"],
  holds: ({ retention_in_days: days }, context) =>
    typeof days === "number" && days > 0 && (!isProduction(context) || days >= productionDays),
  remedy: `set retentionInDays; in production ${productionDays} or more`,
};
