/**
 * What somebody did behind Terraform's back, told as if it were planned: a door that was opened in the console is as open as one that a
 * pull request opens, so the same detectors look at it.
 */
import type { Finding, StackPlan } from "./model.ts";

/** Undefined where there is no drift, or where the plan changes things anyway: then its own changes are what counts. */
export function driftAsPlan(plan: StackPlan): StackPlan | undefined {
  if (plan.drift.length === 0 || plan.changes.length > 0) return undefined;
  const former = new Map(plan.drift.map((change) => [change.address, change]));
  const present = plan.present.map((resource) => {
    const before = former.get(resource.address)?.before;
    return before ? { ...resource, values: before } : resource;
  });
  // A deleted object is in nothing that Terraform found: it was there.
  const listed = new Set(present.map(({ address }) => address));
  const deleted = plan.drift.flatMap(({ address, type, before }) =>
    before && !listed.has(address) ? [{ address, type, values: before }] : [],
  );
  const told = { complete: true, putOff: [], failedChecks: [] };
  return { ...plan, ...told, changes: plan.drift, drift: [], outputs: [], present: [...present, ...deleted], planned: plan.present };
}

/** Its rule stays: policy and tests know what it is. */
export function behindTheBack(finding: Finding): Finding {
  return { ...finding, title: `behind Terraform's back: ${finding.title}` };
}
