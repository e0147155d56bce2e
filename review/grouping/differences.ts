/**
 * What does not happen everywhere: a change that was tried in development and differs in production was not tried. Only between
 * environments whose plan of that stack was made.
 */
import { compare } from "../judge.ts";
import type { ResourceChange, StackPlan } from "../model.ts";
import type { Difference } from "../review.ts";
import { changeText } from "../text/cause.ts";
import { tellingAttributes } from "../weight.ts";
import { kindOf } from "./changes.ts";
import type { Normalizer } from "./normal.ts";

/** What happens to an address, by environment; both with `<env>` in place of its name. */
type Happening = Map<string, Map<string, string>>;

const nothing = "no change";

export function differencesOf(plans: readonly StackPlan[], normal: (environment: string) => Normalizer): Difference[] {
  const stacks = new Map<string, StackPlan[]>();
  for (const plan of plans) {
    if (plan.outcome !== "planned") continue;
    const known = stacks.get(plan.stack);
    if (known) known.push(plan);
    else stacks.set(plan.stack, [plan]);
  }
  return [...stacks].flatMap(([stack, of]) => (of.length > 1 ? between(stack, of, normal) : [])).sort(byPlace);
}

const byPlace = (left: Difference, right: Difference) => compare(left.stack, right.stack) || compare(left.address, right.address);

function between(stack: string, plans: readonly StackPlan[], normal: (environment: string) => Normalizer): Difference[] {
  const environments = plans.map(({ environment }) => environment);
  return [...happenings(plans, normal)].flatMap(([address, byEnvironment]) => {
    const sides = new Map<string, string[]>();
    for (const environment of environments) {
      const text = byEnvironment.get(environment) ?? nothing;
      sides.set(text, [...(sides.get(text) ?? []), environment]);
    }
    return sides.size < 2 ? [] : [{ stack, address, sides: [...sides].map(([text, of]) => ({ environments: of, text })) }];
  });
}

function happenings(plans: readonly StackPlan[], normal: (environment: string) => Normalizer): Happening {
  const found: Happening = new Map();
  for (const { environment, changes } of plans) {
    const inThis = normal(environment);
    for (const change of changes) {
      const text = textOf(change);
      if (text === undefined) continue;
      const address = inThis(change.address);
      const known = found.get(address) ?? new Map<string, string>();
      found.set(address, known.set(environment, inThis(text)));
    }
  }
  return found;
}

/** Undefined for what is not listed. Values of new objects differ by nature, so a create is just that. */
function textOf(change: ResourceChange): string | undefined {
  const kind = kindOf(change);
  if (kind !== "update" && kind !== "replace") return kind;
  const telling = tellingAttributes(change).filter(({ unknown, forcesReplacement }) => !unknown || forcesReplacement);
  return [kind, ...telling.map(changeText)].join("; ");
}
