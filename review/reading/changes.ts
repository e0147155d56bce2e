/** Questions that every detector asks of a plan, and the finding that it answers with. */
import type { Danger, Finding, ResourceChange, StackPlan } from "../model.ts";
import { textOf } from "./values.ts";

/** What all findings of one rule say alike. */
export interface Kind {
  readonly rule: string;
  readonly danger: Danger;
  readonly because: string;
  readonly remedy?: string;
}

/** A kind of finding at one place of one plan. */
export function findingAt(plan: StackPlan, address: string, kind: Kind, title: string, details: readonly string[] = []): Finding {
  const { rule, danger, because, remedy } = kind;
  return { rule, danger, stack: plan.stack, environment: plan.environment, address, title, because, details, remedy };
}

/** The same, with a title that begins with the address. */
export function findingOn(plan: StackPlan, address: string, kind: Kind, what: string, details: readonly string[] = []): Finding {
  return findingAt(plan, address, kind, `${address}: ${what}`, details);
}

/** Changes that end in an object with new settings: what it will be can be judged. */
export function settings(plan: StackPlan): readonly ResourceChange[] {
  return plan.changes.filter(({ action }) => action === "create" || action === "update" || action === "replace");
}

/** Changes that Terraform makes to something; reads and moves alone are none. */
export function made(plan: StackPlan): readonly ResourceChange[] {
  return plan.changes.filter(({ action }) => action !== "no-op" && action !== "read");
}

/**
 * Names by which others call the objects that this plan deletes: a policy on a deleted bucket is gone with it, which opens nothing. Policies
 * themselves do not count: they bear the name of what they are on.
 */
export function deletedNames(plan: StackPlan): ReadonlySet<string> {
  const names = plan.changes
    .filter(({ action, type }) => action === "delete" && !type.endsWith("_policy"))
    .flatMap(({ before }) => ["id", "name", "arn", "bucket", "url"].map((key) => textOf(before?.[key])));
  return new Set(names.filter((name) => name !== undefined));
}
