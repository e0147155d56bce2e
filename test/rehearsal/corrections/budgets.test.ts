/** What the emulator's budgets lack. */
import { expect, test } from "@jest/globals";
import { budgetNotifications } from "../../../rehearsal/corrections/budgets/notifications.ts";
import { budgetTags } from "../../../rehearsal/corrections/budgets/tags.ts";
import { answer, corrected, json } from "../gateway/requests.ts";

const AccountId = "111122223333";
const BudgetName = "team-shop";
const ask = (action: string, body: object) => json("budgets", `AWSBudgetServiceGateway.${action}`, { AccountId, ...body });
const Notification = { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold: 80, ThresholdType: "PERCENTAGE" };
const Subscribers = [{ SubscriptionType: "EMAIL", Address: "shop@example.com" }];
const described = { BudgetName, Notification: { ...Notification, NotificationState: "OK" } };
const bodyOf = (request: { readonly body: Buffer } | undefined) => JSON.parse(request?.body.toString("utf8") ?? "{}");

test("subscribers are those that were created, until the notification or its budget goes", async () => {
  const emulator = corrected(budgetNotifications(), () => answer({}));
  const subscribers = async () => JSON.parse(await emulator.ask(ask("DescribeSubscribersForNotification", described)));
  expect(await subscribers()).toEqual({ Subscribers: [] });
  await emulator.ask(ask("CreateNotification", { BudgetName, Notification, Subscribers }));
  expect(await subscribers()).toEqual({ Subscribers });
  await emulator.ask(ask("DeleteNotification", { BudgetName: "team-shop-2", Notification }));
  expect(await subscribers()).toEqual({ Subscribers });
  await emulator.ask(ask("DeleteNotification", { BudgetName, Notification }));
  expect(await subscribers()).toEqual({ Subscribers: [] });
  await emulator.ask(ask("CreateNotification", { BudgetName, Notification, Subscribers }));
  await emulator.ask(ask("DeleteBudget", { BudgetName }));
  expect(await subscribers()).toEqual({ Subscribers: [] });
});

test("what the emulator refuses is not remembered", async () => {
  const emulator = corrected(budgetNotifications(), () => answer({ __type: "NotFoundException" }, 400));
  await emulator.ask(ask("CreateNotification", { BudgetName, Notification, Subscribers }));
  expect(JSON.parse(await emulator.ask(ask("DescribeSubscribersForNotification", described)))).toEqual({ Subscribers: [] });
});

test("a changed budget is made again, with its notifications", async () => {
  const emulator = corrected(budgetNotifications(), () => answer({}));
  await emulator.ask(ask("CreateNotification", { BudgetName, Notification, Subscribers }));
  const NewBudget = { BudgetName, BudgetLimit: { Amount: "200", Unit: "USD" } };
  await emulator.ask(ask("UpdateBudget", { NewBudget }));
  const [, gone, made] = emulator.asked;
  expect([gone?.headers["x-amz-target"], bodyOf(gone)]).toEqual(["AWSBudgetServiceGateway.DeleteBudget", { AccountId, BudgetName }]);
  expect([made?.headers["x-amz-target"], bodyOf(made)]).toEqual([
    "AWSBudgetServiceGateway.CreateBudget",
    { AccountId, Budget: NewBudget, NotificationsWithSubscribers: [{ Notification, Subscribers }] },
  ]);
});

test("a budget that is not there cannot be changed", async () => {
  const emulator = corrected(budgetNotifications(), () => answer({ __type: "NotFoundException" }, 400));
  expect((await emulator.respond(ask("UpdateBudget", { NewBudget: { BudgetName } }))).status).toBe(400);
  expect(emulator.asked).toHaveLength(1);
});

test("tags are those of the creation, with later changes, and go with the budget", async () => {
  const emulator = corrected(budgetTags(), () => answer({}));
  const ResourceARN = `arn:aws:budgets::${AccountId}:budget/${BudgetName}`;
  const tags = async () => JSON.parse(await emulator.ask(ask("ListTagsForResource", { ResourceARN }))).ResourceTags;
  const [team, owner] = [
    { Key: "team", Value: "shop" },
    { Key: "owner", Value: "shop@example.com" },
  ];
  await emulator.ask(ask("CreateBudget", { Budget: { BudgetName }, ResourceTags: [team] }));
  expect(await tags()).toEqual([team]);
  await emulator.ask(ask("TagResource", { ResourceARN, ResourceTags: [owner] }));
  await emulator.ask(ask("UntagResource", { ResourceARN, ResourceTagKeys: ["team"] }));
  expect(await tags()).toEqual([owner]);
  await emulator.ask(ask("DeleteBudget", { BudgetName }));
  expect(await tags()).toEqual([]);
});
