/** What a team may cost a month. Told, not enforced: AWS counts what carries the cost allocation tag `team` (docs/tenancy.md). */
import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget/index.js";
import type { Construct } from "constructs";
import type { TeamConfig } from "../../environments/schema.ts";

export interface BudgetSettings {
  readonly name: string;
  readonly team: string;
  readonly costCentre: string;
  readonly budget: NonNullable<TeamConfig["budget"]>;
}

export function teamBudget(scope: Construct, id: string, { name, team, costCentre, budget }: BudgetSettings): BudgetsBudget {
  const { monthlyUsd, warnAtPercent, emails, topic } = budget;
  const told = {
    comparisonOperator: "GREATER_THAN",
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [...emails],
    subscriberSnsTopicArns: topic === undefined ? [] : [topic],
  };
  return new BudgetsBudget(scope, id, {
    name,
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: `${monthlyUsd}`,
    limitUnit: "USD",
    // `user:` marks a tag of ours; `$` stands between key and value (AWS Budgets API reference, CostFilters).
    costFilter: [{ name: "TagKeyValue", values: [`user:team$${team}`] }],
    notification: [
      { ...told, notificationType: "ACTUAL", threshold: warnAtPercent },
      // Before the month is over, as long as something can be done about it.
      { ...told, notificationType: "FORECASTED", threshold: 100 },
    ],
    tags: { team, "cost-centre": costCentre },
  });
}
