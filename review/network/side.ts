/** One side of a plan: its objects, and who is meant by an id that is not known yet. */
import type { JsonObject, PlannedResource, StackPlan } from "../model.ts";
import { isUnknownAt, textOf } from "../reading/values.ts";

export interface Side {
  readonly objects: readonly PlannedResource[];
  /** Whether a value of an object is known only after the apply; never on the side that is. */
  readonly isUnknown: (address: string, attribute: string) => boolean;
  /** Whether the plan makes it. */
  readonly isNew: (address: string) => boolean;
  /** Address of the object of one of these types that an attribute names by its id; the id itself where it is of another stack. */
  readonly target: (object: PlannedResource, attribute: string, types: readonly string[]) => string | undefined;
}

export function present(plan: StackPlan): Side {
  return { objects: plan.present, isUnknown: () => false, isNew: () => false, target: targets(plan, idsOf(plan)) };
}

export function planned(plan: StackPlan): Side {
  const unknown = new Map(plan.changes.map(({ address, unknown: marks }) => [address, marks]));
  const fresh = new Set(plan.changes.filter(({ action }) => action === "create").map(({ address }) => address));
  return {
    objects: plan.planned,
    isUnknown: (address, attribute) => isUnknownAt({ unknown: unknown.get(address) ?? none }, [attribute]),
    isNew: (address) => fresh.has(address),
    target: targets(plan, idsOf(plan)),
  };
}

const none: JsonObject = {};

/** Ids that exist already; both sides know them. */
function idsOf({ present: objects }: StackPlan): ReadonlyMap<string, string> {
  return new Map(objects.flatMap(({ address, type, values }) => (textOf(values.id) ? [[`${type} ${values.id}`, address] as const] : [])));
}

/** By id; where that is not known, by what the configuration refers to, if that leaves no choice. */
function targets(plan: StackPlan, ids: ReadonlyMap<string, string>): Side["target"] {
  return ({ address, values }, attribute, types) => {
    const id = textOf(values[attribute]);
    if (id !== undefined) return types.map((type) => ids.get(`${type} ${id}`)).find((found) => found !== undefined) ?? id;
    const named = (plan.references[address] ?? []).filter((name) => types.some((type) => name.startsWith(`${type}.`)));
    return new Set(named).size === 1 ? named[0] : undefined;
  };
}
