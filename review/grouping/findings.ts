/** Puts the same finding of several environments together: a reviewer reads it once. */
import { byWeight } from "../judge.ts";
import type { Judged } from "../model.ts";
import { worst } from "../policy.ts";
import type { FindingGroup } from "../review.ts";
import type { Normalizer } from "./normal.ts";

export function groupFindings(findings: readonly Judged[], normal: (environment: string) => Normalizer): FindingGroup[] {
  const groups = new Map<string, Judged[]>();
  for (const finding of findings) {
    const { rule, danger, stack, address, title, details, environment } = finding;
    const key = normal(environment)(JSON.stringify([rule, danger, stack, address, title, details]));
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].flatMap(groupOf).sort((left, right) => byWeight(left.finding, right.finding));
}

function groupOf(members: readonly Judged[]): FindingGroup[] {
  const [first] = [...members].sort(byWeight);
  if (first === undefined) return [];
  const places = members.map(({ environment, stack, address, verdict, override }) => ({
    id: `${environment}-${stack}`,
    environment,
    address,
    verdict,
    override,
  }));
  return [{ finding: { ...first, verdict: worst(members.map(({ verdict }) => verdict)) }, places }];
}
