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
  if ((action !== "delete" && action !== "replace") || change.deposed !== undefined) return [];
  const lost = lossOf(type);
  if (lost !== undefined) return [findingAt(plan, address, stateful, titleOf(change), [...causeOf(change), `lost: ${lost}`])];
  // What attachments open or close is judged on the result; a successor that is there before holds nothing that could be lost.
  if (isAttachment(type) || (action === "replace" && change.createBeforeDestroy)) return [];
  return [findingAt(plan, address, ordinary, titleOf(change), causeOf(change))];
}

function titleOf({ address, action, createBeforeDestroy }: ResourceChange): string {
  if (action === "delete") return `${address} is destroyed`;
  return `${address} is replaced: ${createBeforeDestroy ? "the new one is made before the old one is destroyed" : "destroyed first, then made again"}`;
}
