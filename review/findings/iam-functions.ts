/** Who may call a Lambda function: permissions are attributes there, not documents. */

import { ownAccount } from "../iam/accounts.ts";
import type { Danger, Detector, Finding, JsonObject, StackPlan } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { isUnknownAt, textOf } from "../reading/values.ts";

const open: Omit<Kind, "danger"> = {
  rule: "iam-function-opened",
  because: "Whoever calls the function acts with its role, on what it is sent",
  remedy: "name the source by source_arn and source_account, or ask for IAM authorization",
};

export const iamFunctions: Detector = (plan) =>
  settings(plan).flatMap((change) => {
    const { type, address, before, after } = change;
    const tell = (danger: Danger, what: string): Finding[] => [findingOn(plan, address, { ...open, danger }, what)];
    if (type === "aws_lambda_function_url") {
      return after?.authorization_type === "NONE" && before?.authorization_type !== "NONE"
        ? tell("danger", "anybody in the internet may call it")
        : [];
    }
    if (type !== "aws_lambda_permission" || after === null || sameCallers(before, after)) return [];
    const bound = ["source_arn", "source_account", "principal_org_id"].some(
      (name) => textOf(after[name]) !== undefined || isUnknownAt(change, [name]),
    );
    return caller(plan, after, bound).flatMap(([danger, what]) => tell(danger, what));
  });

function caller(plan: StackPlan, { principal }: JsonObject, bound: boolean): readonly (readonly [Danger, string])[] {
  const name = textOf(principal);
  if (name === undefined) return [["caution", "who may call it is known only after apply"]];
  if (name === "*") return bound ? [] : [["danger", "anybody with an AWS account may call it"]];
  const account = /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})\b/.exec(name)?.[1];
  if (account !== undefined) return account === ownAccount(plan) ? [] : [["caution", `account ${account} may call it`]];
  return name.endsWith(".amazonaws.com") && !bound ? [["caution", `${name} may call it for anybody's account`]] : [];
}

const callers = ["principal", "source_arn", "source_account", "principal_org_id", "function_url_auth_type", "action"];

function sameCallers(before: JsonObject | null, after: JsonObject): boolean {
  return before !== null && callers.every((name) => (before[name] ?? null) === (after[name] ?? null));
}
