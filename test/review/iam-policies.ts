/** Policies in plans, of an account that is ours and one that is not; what the review says of them. */
import { iamDocuments } from "../../review/findings/iam-documents.ts";
import { type Change, type PlanParts, plan, unchanged, updated, type Value } from "./plans.ts";
import { alarms } from "./told.ts";

export const own = "111122223333";
export const foreign = "999988887777";
export const policy = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const allow = (Action: Value, Resource: Value, Condition?: object) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});
export const deny = (Action: Value, Resource: Value) => ({ Effect: "Deny", Action, Resource });
export const to = (Principal: object | string, statement: object) => ({ ...statement, Principal });

/** Tells a plan whose account it is. */
const anchor = unchanged("aws_iam_role.it", { arn: `arn:aws:iam::${own}:role/it`, name: "it" });
export const rolePolicy = (before: readonly object[], after: readonly object[]) =>
  updated("aws_iam_role_policy.p", { role: "it", policy: policy(...before) }, { role: "it", policy: policy(...after) });
export const of = (...changes: readonly Change[]): PlanParts => ({ changes: [anchor, ...changes] });
export const alarmsOf = (...changes: readonly Change[]) => alarms(iamDocuments, plan(of(...changes)));

export const bucket = "arn:aws:s3:::mine/*";
export const get = allow("s3:GetObject", bucket);
