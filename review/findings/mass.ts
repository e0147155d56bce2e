/** Many at once: nobody reads the two hundredth line of a plan, so the number itself is told. */
import type { Detector, StackPlan } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { weightOf } from "../weight.ts";

const many: Kind = {
  rule: "mass-change",
  danger: "caution",
  because: "A mistake in shared code or a version looks like this. Few people read that many changes one by one.",
  remedy: "Check that it is what you meant, or split it.",
};
const manyGone: Kind = {
  rule: "mass-destroy",
  danger: "danger",
  because: "A wrong account, region or workspace, a renamed construct or a removed loop looks like this.",
  remedy: "Where only names changed, add `moved` blocks. Else destroy the stack on purpose, with `mainline destroy`.",
};

/** From here on it is many. Guessed from this platform's stacks: the largest has some 110 resources, a version bump changes some 10. */
const limits = { changed: 40, gone: 10, goneShare: 0.3 };

export const mass: Detector = (plan) => {
  const changed = plan.changes.filter((change) => change.action === "update" && weightOf(change) === "change").length;
  const gone = plan.changes.filter(({ action, deposed }) => (action === "delete" || action === "replace") && deposed === undefined).length;
  const share = gone / Math.max(1, plan.present.length);
  const isMany = gone >= limits.gone || (gone >= 4 && share >= limits.goneShare);
  return [
    ...(isMany ? [findingAt(plan, "", manyGone, `${plan.id} destroys or replaces ${gone} of ${of(plan)}`)] : []),
    ...(changed >= limits.changed ? [findingAt(plan, "", many, `${plan.id} changes ${changed} of ${of(plan)}`)] : []),
  ];
};

function of({ present }: StackPlan): string {
  return `${present.length} resources`;
}
