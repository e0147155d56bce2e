/** What the plan destroys or replaces, with the attribute that forces it. */
import type { Detector, Finding, ResourceChange, StackPlan } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { isAttachment, lossOf } from "../stateful.ts";
import { causeOf } from "../text/cause.ts";

const stateful: Kind = {
  rule: "destroy-stateful",
  danger: "danger",
  because: "A second apply does not bring back what is in it, or the name or address by which others know it.",
  remedy:
    "Where it only got another address, add a `moved` block. Where an attribute forces it, change that back, or make the new one beside the old one and move over. Else back it up first and say so.",
};

const ordinary: Kind = {
  rule: "destroy",
  danger: "caution",
  because: "While it is gone, whatever uses it goes without.",
  remedy: "Check that nothing uses it any more, or that a moment without it does no harm.",
};

const attachment: Kind = { rule: "destroy-attachment", danger: "info", because: "What that opens or closes is judged on the result." };

const leftover: Kind = {
  rule: "destroy-leftover",
  danger: "info",
  because: "An earlier replacement made its successor and was interrupted before it removed this one.",
};

const forgotten: Kind = {
  rule: "forget",
  danger: "caution",
  because: "The object stays in AWS and costs money; nothing manages it any more, and no plan will show what becomes of it.",
  remedy: "Say in the pull request who takes it over.",
};

export const destroys: Detector = (plan) => plan.changes.flatMap((change) => findingsOf(plan, change));

function findingsOf(plan: StackPlan, change: ResourceChange): Finding[] {
  const { action, address, type } = change;
  if (action === "forget") return [findingAt(plan, address, forgotten, `${address} is forgotten, not destroyed`)];
  if (action !== "delete" && action !== "replace") return [];
  const lost = lossOf(type);
  const details = [...causeOf(change), ...(lost === undefined ? [] : [`lost: ${lost}`])];
  return [findingAt(plan, address, kindOf(change, lost), titleOf(change), details)];
}

function kindOf({ type, deposed, action, createBeforeDestroy }: ResourceChange, lost: string | undefined): Kind {
  if (deposed !== undefined) return leftover;
  if (lost !== undefined) return stateful;
  // The successor is there before it goes, and it holds nothing.
  if (isAttachment(type) || (action === "replace" && createBeforeDestroy)) return attachment;
  return ordinary;
}

function titleOf({ address, action, deposed, createBeforeDestroy }: ResourceChange): string {
  if (deposed !== undefined) return `${address}: what an interrupted replacement left is destroyed`;
  if (action === "delete") return `${address} is destroyed`;
  return `${address} is replaced: ${createBeforeDestroy ? "the new one is made before the old one is destroyed" : "destroyed first, then made again"}`;
}
