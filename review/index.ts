/**
 * The entry of reviews: plans in, one review out, printed by a renderer. Pure: no clock, no files, no network; the same plans give the same
 * bytes.
 */
import { costDelta } from "./cost/delta.ts";
import { behindTheBack, driftAsPlan } from "./drift-plan.ts";
import { detectors, setDetectors } from "./findings/index.ts";
import { groupChanges } from "./grouping/changes.ts";
import { differencesOf } from "./grouping/differences.ts";
import { groupFindings } from "./grouping/findings.ts";
import { normalizers } from "./grouping/normal.ts";
import { judged } from "./judge.ts";
import type { Finding, StackPlan } from "./model.ts";
import { matches, type Override } from "./overrides.ts";
import { type Policy, worst } from "./policy.ts";
import type { Review } from "./review.ts";
import { approvalsOf, inOrder, rowOf } from "./summary.ts";

export { emptyPlan, type PlanMeta, readPlan } from "./plan-json.ts";
export { type Policy, policyOf } from "./policy.ts";
export { defaultPolicy } from "./policy-default.ts";
export type { Review } from "./review.ts";

export function review(plans: readonly StackPlan[], policy: Policy, overrides: readonly Override[] = []): Review {
  const ordered = inOrder(plans, policy);
  const found = findingsOf(ordered).map((finding) => judged(finding, policy, overrides));
  const cost = costDelta(ordered);
  const costs = new Map(cost.perStack.map(({ stack, delta }) => [stack, delta]));
  const rows = ordered.map((plan) => rowOf(plan, found.filter(isOf(plan)), costs.get(plan.id)));
  const normal = normalizers(ordered);
  return {
    verdict: worst(rows.map(({ verdict }) => verdict)),
    rows,
    findings: groupFindings(found, normal),
    approvals: approvalsOf(found, policy),
    changes: groupChanges(ordered, normal),
    differences: differencesOf(ordered, normal),
    cost,
    unusedOverrides: overrides.filter((entry) => !found.some((finding) => finding.override !== undefined && matches(entry, finding))),
  };
}

function isOf(plan: StackPlan): (finding: Finding) => boolean {
  return ({ environment, stack }) => environment === plan.environment && stack === plan.stack;
}

/** Everything that all detectors see, before any policy. */
export function findingsOf(plans: readonly StackPlan[]): Finding[] {
  const own = plans.flatMap((plan) => detectors.flatMap((detect) => detect(plan)));
  const between = setDetectors.flatMap((detect) => detect(plans));
  const drifted = plans.flatMap((plan) => {
    const told = driftAsPlan(plan);
    return told === undefined ? [] : detectors.flatMap((detect) => detect(told)).map(behindTheBack);
  });
  return [...own, ...between, ...drifted];
}
