/** Rows of the matrix and who has to approve. */

import { stackNames } from "../stacks/contract.ts";
import { compare } from "./judge.ts";
import type { Judged, StackPlan } from "./model.ts";
import { type Policy, worst } from "./policy.ts";
import type { Approval, Counts, StackRow } from "./review.ts";
import { weightOf } from "./weight.ts";

export function rowOf(plan: StackPlan, findings: readonly Judged[], cost: number | undefined): StackRow {
  const { id, environment, stack, outcome, because, freshness } = plan;
  return {
    id,
    environment,
    stack,
    outcome,
    because,
    freshness,
    counts: countsOf(plan),
    cost,
    verdict: worst(findings.map(({ verdict }) => verdict)),
  };
}

function countsOf({ changes, drift }: StackPlan): Counts {
  const of = (action: string) => changes.filter((change) => change.action === action).length;
  const updates = changes.filter(({ action }) => action === "update").map(weightOf);
  const weighing = (weight: string) => updates.filter((found) => found === weight).length;
  return {
    create: of("create"),
    update: weighing("change"),
    replace: of("replace"),
    delete: of("delete"),
    forget: of("forget"),
    import: changes.filter(({ importing }) => importing !== undefined).length,
    move: changes.filter(({ movedFrom }) => movedFrom !== undefined).length,
    drift: drift.length,
    tags: weighing("tags"),
    computed: weighing("computed"),
    unknown: changes.reduce((count, { attributes }) => count + attributes.filter(({ unknown }) => unknown).length, 0),
  };
}

/** In the order in which changes travel: environments as the policy lists them, stacks as they are applied. */
export function inOrder(plans: readonly StackPlan[], { environments }: Policy): StackPlan[] {
  const environment = rank(environments.map(({ name }) => name));
  const stack = rank(stackNames);
  return [...plans].sort(
    (left, right) =>
      environment(left.environment) - environment(right.environment) ||
      compare(left.environment, right.environment) ||
      stack(left.stack) - stack(right.stack) ||
      compare(left.stack, right.stack),
  );
}

/** Those that are not listed come last. */
function rank(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, index) => [name, index]));
  return (name) => places.get(name) ?? names.length;
}

export function approvalsOf(findings: readonly Judged[], { data }: Policy): Approval[] {
  const asked = new Map<string, Map<string, Set<string>>>();
  for (const { rule, verdict, environment, stack } of findings) {
    for (const group of verdict.kind === "approval" ? verdict.groups : []) {
      const rules = asked.get(group) ?? new Map<string, Set<string>>();
      asked.set(group, rules.set(rule, (rules.get(rule) ?? new Set()).add(`${environment}-${stack}`)));
    }
  }
  return [...asked]
    .sort(([left], [right]) => compare(left, right))
    .map(([group, rules]) => ({
      group,
      meaning: data.groups[group] ?? "",
      asked: [...rules].sort(([left], [right]) => compare(left, right)).map(([rule, stacks]) => ({ rule, stacks: [...stacks].sort() })),
    }));
}
