/** What the policy and the overrides say of findings. */
import type { Finding, Judged } from "./model.ts";
import { matches, type Override } from "./overrides.ts";
import { type Policy, verdictOf } from "./policy.ts";

export function judged(finding: Finding, policy: Policy, overrides: readonly Override[]): Judged {
  const verdict = verdictOf(finding, policy);
  if (verdict.kind !== "block") return { ...finding, verdict, override: undefined };
  const found = overrides.find((entry) => matches(entry, finding));
  if (found === undefined) return { ...finding, verdict, override: undefined };
  const { by, reason } = found;
  return { ...finding, verdict: { kind: "approval", groups: [...policy.data.overriders].sort() }, override: { by, reason } };
}

const verdicts = ["block", "approval", "allow"] as const;
const dangers = ["danger", "caution", "info"] as const;

/** The worst first; then by rule, so that the same kind stands together; then by place. Total: no two findings are equal. */
export function byWeight(left: Judged, right: Judged): number {
  return (
    verdicts.indexOf(left.verdict.kind) - verdicts.indexOf(right.verdict.kind) ||
    dangers.indexOf(left.danger) - dangers.indexOf(right.danger) ||
    compare(left.rule, right.rule) ||
    compare(left.stack, right.stack) ||
    compare(left.address, right.address) ||
    compare(left.environment, right.environment) ||
    compare(left.title, right.title)
  );
}

/** By code units: the same everywhere, unlike a locale's order. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
