/** What the plan says of itself: how it went, what it leaves out, which checks do not hold, what was edited behind Terraform's back. */
import type { Detector, Finding, StackPlan } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { changeText } from "../text/cause.ts";

const failed: Kind = {
  rule: "plan-failed",
  danger: "danger",
  because: "Nobody knows what an apply would do.",
  remedy: "Mend what the message says, and plan again.",
};
const deferred: Kind = {
  rule: "plan-deferred",
  danger: "info",
  because: "It can be planned when what it waits for is applied. What it will do is not in this review.",
  remedy: "Plan and review it then, before it is applied.",
};
const incomplete: Kind = {
  rule: "plan-incomplete",
  danger: "caution",
  because: "Terraform put changes off, or was asked for a part only (-target): there is more to come that nobody has seen.",
  remedy: "Plan again after the apply, without -target, and review that.",
};
const check: Kind = {
  rule: "check-failed",
  danger: "caution",
  because: "The configuration says itself that this has to hold.",
  remedy: "Find out why it does not; do not apply over it.",
};
const drift: Kind = {
  rule: "drift",
  danger: "caution",
  because:
    "Somebody or something changed it past Terraform. An apply puts back what the configuration sets, and leaves what it does not know.",
  remedy: "Find out who and why. Take it over into the code, or let the apply undo it.",
};

export const planHealth: Detector = (plan) => [...outcomeOf(plan), ...gaps(plan), ...checksOf(plan), ...drifted(plan)];

function outcomeOf(plan: StackPlan): Finding[] {
  const why = plan.because === undefined ? [] : plan.because.split("\n");
  if (plan.outcome === "failed") return [findingAt(plan, "", failed, `${plan.id} could not be planned`, why)];
  if (plan.outcome === "deferred") return [findingAt(plan, "", deferred, `${plan.id} is not planned yet`, why)];
  return [];
}

function gaps(plan: StackPlan): Finding[] {
  if (plan.complete && plan.putOff.length === 0) return [];
  return [findingAt(plan, "", incomplete, `${plan.id}: the plan is not complete`, plan.putOff)];
}

function checksOf(plan: StackPlan): Finding[] {
  return plan.failedChecks.map(({ address, status, messages }) =>
    findingAt(plan, address, check, `${address} ${status === "fail" ? "does not hold" : "cannot be decided"}`, messages),
  );
}

function drifted(plan: StackPlan): Finding[] {
  return plan.drift.map((change) => {
    const { address, action, attributes } = change;
    if (action === "delete") return findingAt(plan, address, drift, `${address} was deleted behind Terraform's back`);
    return findingAt(plan, address, drift, `${address} was changed behind Terraform's back`, attributes.map(changeText));
  });
}
