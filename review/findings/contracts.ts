/** Outputs are contracts: what other stacks read. Needs all plans, since who reads is in the readers' plans. */
import type { Finding, Json, OutputChange, SetDetector, StackPlan } from "../model.ts";
import { isObject } from "../plan/json.ts";
import { findingAt, type Kind } from "../reading/changes.ts";

const broken: Kind = {
  rule: "contract-broken",
  danger: "danger",
  because: "Another stack reads it: its next plan fails, or takes a wrong value.",
  remedy: "Add the new output beside the old one, move the readers over, then remove it.",
};
const removed: Kind = {
  rule: "contract-removed",
  danger: "caution",
  because: "No stack in this review reads it; one that is not in this review may.",
  remedy: "Check who reads it, also outside of this repository.",
};
const retyped: Kind = {
  rule: "contract-retyped",
  danger: "caution",
  because: "A list in place of a text, or the like: no stack in this review reads it; one that is not in this review may.",
  remedy: "Add a new output of the new type, and move the readers over.",
};

const narrowed: Kind = {
  rule: "contract-narrowed",
  danger: "caution",
  because: "A reader that looks one of them up fails at its next plan, for example a subnet by its zone.",
  remedy: "Move the readers off them first, and apply those.",
};

const moved: Kind = {
  rule: "contract-moved",
  danger: "caution",
  because: "Its readers act on another object from their next plan on: what can only be replaced is replaced there.",
  remedy: "Plan the readers with it before anything is applied.",
};

export const contracts: SetDetector = (plans) => plans.flatMap((plan) => plan.outputs.flatMap((output) => findingsOf(plan, output, plans)));

function findingsOf(plan: StackPlan, output: OutputChange, plans: readonly StackPlan[]): Finding[] {
  const readers = plans.filter(({ environment, reads }) => environment === plan.environment && reads[plan.stack]?.includes(output.name));
  const lost = lostKeys(output);
  if (lost.length > 0) {
    const lines = [`no more: ${lost.join(", ")}`, ...readers.map(({ id }) => `read by ${id}`)];
    return [findingAt(plan, `output.${output.name}`, narrowed, `output ${output.name} of ${plan.id} loses keys`, lines)];
  }
  const how = breakOf(output);
  if (how === undefined && pointsElsewhere(output)) {
    const lines = [`${String(output.before)} → ${String(output.after)}`, ...readers.map(({ id }) => `read by ${id}`)];
    return [findingAt(plan, `output.${output.name}`, moved, `output ${output.name} of ${plan.id} names another object`, lines)];
  }
  if (how === undefined) return [];
  const kind = readers.length > 0 ? broken : how === "removed" ? removed : retyped;
  const details = readers.map(({ id }) => `read by ${id}`);
  return [findingAt(plan, `output.${output.name}`, kind, `output ${output.name} of ${plan.id} is ${how}`, details)];
}

/** What is known after apply keeps its type as far as anybody can tell: a contract is typed in code. */
function breakOf({ action, before, after, unknown }: OutputChange): "removed" | "retyped" | undefined {
  if (action === "delete") return "removed";
  if (action !== "update" || unknown || before === null || after === null) return undefined;
  return typeOf(before) === typeOf(after) ? undefined : "retyped";
}

/** An id or ARN that becomes another known one. Of what is replaced here, the replacement tells. */
function pointsElsewhere({ action, before, after, unknown }: OutputChange): boolean {
  const isName = (value: Json) => typeof value === "string" && /^(arn:|[a-z]+-[0-9a-f]{8,}$)/.test(value);
  return action === "update" && !unknown && isName(before) && isName(after);
}

/** Keys that go from an output that is a map before and after. */
function lostKeys({ action, before, after, unknown }: OutputChange): string[] {
  if (action !== "update" || unknown || !isObject(before) || !isObject(after)) return [];
  return Object.keys(before)
    .filter((key) => !Object.hasOwn(after, key))
    .sort();
}

function typeOf(value: Json): string {
  return Array.isArray(value) ? "list" : typeof value;
}
