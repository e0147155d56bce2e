/** Puts the same change of several environments together, the worst kinds first. Noise is not listed: rows count it. */
import { compare } from "../judge.ts";
import type { ResourceChange, StackPlan } from "../model.ts";
import type { ChangeGroup, ChangeKind } from "../review.ts";
import { causeOf, changeText } from "../text/cause.ts";
import { tellingAttributes, weightOf } from "../weight.ts";
import type { Normalizer } from "./normal.ts";

const kinds: readonly ChangeKind[] = ["delete", "replace", "forget", "drift", "update", "import", "move", "create"];

/** A group that can still grow. */
interface Growing extends ChangeGroup {
  readonly places: ChangeGroup["places"][number][];
}

export function groupChanges(plans: readonly StackPlan[], normal: (environment: string) => Normalizer): ChangeGroup[] {
  const groups = new Map<string, Growing>();
  for (const plan of plans) {
    const inThis = normal(plan.environment);
    for (const { kind, change } of listed(plan)) {
      const made = groupOf(plan, kind, change);
      const key = inThis(JSON.stringify([kind, plan.stack, change.address, made.causes, made.attributes.map(changeText)]));
      const known = groups.get(key);
      if (known) known.places.push(...made.places);
      else groups.set(key, made);
    }
  }
  return [...groups.values()].sort(
    (left, right) =>
      kinds.indexOf(left.kind) - kinds.indexOf(right.kind) || compare(left.stack, right.stack) || compare(first(left), first(right)),
  );
}

const first = ({ places }: ChangeGroup) => `${places[0]?.address} ${places[0]?.id}`;

/** All changes that are worth a line, with their kinds. */
export function listed({ changes, drift }: StackPlan): { readonly kind: ChangeKind; readonly change: ResourceChange }[] {
  const own = changes.flatMap((change) => {
    const kind = kindOf(change);
    return kind === undefined ? [] : [{ kind, change }];
  });
  return [...own, ...drift.map((change) => ({ kind: "drift" as const, change }))];
}

/** Undefined for noise and reads. A change that also moves or is imported is listed by what happens to it. */
export function kindOf(change: ResourceChange): ChangeKind | undefined {
  const { action, importing, movedFrom } = change;
  if (importing !== undefined) return "import";
  if (action === "no-op") return movedFrom === undefined ? undefined : "move";
  if (action === "read" || (action === "update" && weightOf(change) !== "change")) return undefined;
  return action;
}

function groupOf({ id, environment, stack }: StackPlan, kind: ChangeKind, change: ResourceChange): Growing {
  const telling = tellingAttributes(change);
  const destroyed = change.action === "delete" || change.action === "replace";
  return {
    kind,
    type: change.type,
    stack,
    places: [{ id, environment, address: change.address }],
    causes: [
      ...(kind !== "drift" && destroyed ? causeOf(change) : []),
      ...(kind === "drift" && change.action === "delete" ? ["deleted"] : []),
      ...(change.movedFrom === undefined ? [] : [`was ${change.movedFrom}`]),
      ...(change.importing === undefined ? [] : [`imported from ${change.importing}`]),
    ],
    attributes: telling.filter(({ unknown, forcesReplacement }) => !unknown && !(destroyed && forcesReplacement)),
    unknown: change.attributes.filter(({ unknown }) => unknown).length,
  };
}
