/** Who is told of a budget, and budgets that are changed. */
import { actionOf } from "../../gateway/protocol.ts";
import type { AwsRequest, Correction } from "../../gateway/service.ts";
import { isSuccess, jsonAnswer, jsonAsked, jsonCall } from "../answers.ts";

interface Asked {
  readonly AccountId: string;
  readonly BudgetName?: string;
  readonly Notification?: Readonly<Record<string, unknown>>;
  readonly Subscribers?: readonly object[];
  readonly NewBudget?: { readonly BudgetName: string };
}

interface Told {
  readonly Notification: Asked["Notification"];
  readonly Subscribers: readonly object[];
}

const actions = ["CreateNotification", "DeleteNotification", "DescribeSubscribersForNotification", "UpdateBudget", "DeleteBudget"];

export function budgetNotifications(): Correction {
  /** By account, budget and notification. */
  const told = new Map<string, Told>();
  const budgetKey = ({ AccountId, BudgetName }: Asked) => `${AccountId}/${BudgetName}/`;
  const keyOf = (asked: Asked) => `${budgetKey(asked)}${notificationKey(asked.Notification)}`;
  const ofBudget = (asked: Asked) => [...told].filter(([key]) => key.startsWith(budgetKey(asked)));
  return {
    id: "budget-notifications",
    service: "budgets",
    why: "moto 5.2.5 lacks DescribeSubscribersForNotification and UpdateBudget; Budgets API reference: the first answers with the subscribers that were created, the second replaces the budget and keeps its notifications.",
    applies: (request) => actions.includes(actionOf(request)),
    async before(request, upstream) {
      const asked = jsonAsked<Asked>(request);
      if (actionOf(request) === "DescribeSubscribersForNotification") {
        return jsonAnswer({ Subscribers: told.get(keyOf(asked))?.Subscribers ?? [] });
      }
      if (actionOf(request) !== "UpdateBudget" || !asked.NewBudget) return request;
      const named = { AccountId: asked.AccountId, BudgetName: asked.NewBudget.BudgetName };
      const gone = await upstream(jsonCall(request, "DeleteBudget", named));
      if (!isSuccess(gone)) return gone;
      const NotificationsWithSubscribers = ofBudget(named).map(([, value]) => value);
      return jsonCall(request, "CreateBudget", { AccountId: asked.AccountId, Budget: asked.NewBudget, NotificationsWithSubscribers });
    },
    async after(request, response) {
      if (isSuccess(response)) remember(request);
      return response;
    },
  };

  function remember(request: AwsRequest): void {
    const asked = jsonAsked<Asked>(request);
    const action = actionOf(request);
    if (action === "CreateNotification") told.set(keyOf(asked), { Notification: asked.Notification, Subscribers: asked.Subscribers ?? [] });
    if (action === "DeleteNotification") told.delete(keyOf(asked));
    if (action === "DeleteBudget") for (const [key] of ofBudget(asked)) told.delete(key);
  }
}

/** A notification is known by what it says, in whatever order. */
function notificationKey({ NotificationType, ComparisonOperator, Threshold, ThresholdType }: Asked["Notification"] = {}): string {
  return JSON.stringify([NotificationType, ComparisonOperator, Threshold, ThresholdType]);
}
