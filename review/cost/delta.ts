/**
 * What the planned changes do to the monthly bill, as far as a plan can tell: both sides of each stack by the same table. It is no invoice:
 * what is billed by use is named, and not guessed.
 */

import type { PlannedResource, StackPlan } from "../model.ts";
import { planned, present, type Side } from "../network/side.ts";
import { type Item, itemsOf, type Surroundings } from "./items.ts";
import { priceTable } from "./prices.ts";
import { billedByUse } from "./usage.ts";

/** USD a month, rounded to cents. */
export interface Amount {
  readonly before: number;
  readonly after: number;
  readonly delta: number;
}

/** An object whose price changes. */
export interface CostLine extends Amount {
  readonly address: string;
  /** What it is made of: 3 × m7i.large (2 to 6), 50 GB of gp3. */
  readonly what: string;
}

export interface StackCost extends Amount {
  /** For example dev-network. */
  readonly stack: string;
  readonly environment: string;
  /** The largest change first. */
  readonly lines: readonly CostLine[];
}

export interface CostDelta {
  /** Stacks that have a plan, in the order of the plans. */
  readonly perStack: readonly StackCost[];
  readonly total: Amount;
  /** What changes and is not in the figures, one line each. */
  readonly unknown: readonly string[];
  /** What the figures rest on; the same for every plan. */
  readonly assumptions: readonly string[];
  readonly currency: "USD";
  /** ISO date of the price table. */
  readonly asOf: string;
}

const assumptions: readonly string[] = [
  `list prices of ${priceTable.region} as of ${priceTable.asOf}, in ${priceTable.currency}, without tax and discounts`,
  "a month of 730 hours",
  "node groups at their desired size (in brackets: from minimum to maximum), on demand, of the first instance type",
  "without data transfer, requests, IOPS, and anything else that is billed by use",
];

export function costDelta(plans: readonly StackPlan[]): CostDelta {
  const perStack = plans.filter(({ outcome }) => outcome === "planned").map(stackCost);
  const total = amount(
    perStack.reduce((sum, { before }) => sum + before, 0),
    perStack.reduce((sum, { after }) => sum + after, 0),
  );
  const unknown = plans.flatMap(unknownOf);
  return { perStack, total, unknown, assumptions, currency: priceTable.currency, asOf: priceTable.asOf };
}

function stackCost(plan: StackPlan): StackCost {
  const [before, after] = [billOf(plan, present(plan)), billOf(plan, planned(plan))];
  const addresses = [...new Set([...before.keys(), ...after.keys()])].sort();
  const all = addresses.map((address): CostLine => {
    const [was, is] = [before.get(address) ?? [], after.get(address) ?? []];
    // What cannot be told any more has not become free.
    const isUnsure = was.length > 0 && is.some(({ usd }) => usd === undefined);
    return { address, what: (is.length > 0 ? is : was).map(({ what }) => what).join(", "), ...amount(sum(was), sum(isUnsure ? was : is)) };
  });
  const total = (side: "before" | "after") => all.reduce((usd, line) => usd + line[side], 0);
  const lines = all.filter(({ delta }) => delta !== 0);
  return {
    stack: plan.id,
    environment: plan.environment,
    lines: lines.sort((one, other) => Math.abs(other.delta) - Math.abs(one.delta) || (one.address < other.address ? -1 : 1)),
    ...amount(total("before"), total("after")),
  };
}

const sum = (items: readonly Item[]) => items.reduce((total, { usd }) => total + (usd ?? 0), 0);
const cents = (usd: number) => Math.round(usd * 100) / 100;

function amount(before: number, after: number): Amount {
  return { before: cents(before), after: cents(after), delta: cents(cents(after) - cents(before)) };
}

/** Items of all objects of a side. */
function billOf(plan: StackPlan, side: Side): ReadonlyMap<string, readonly Item[]> {
  const around = surroundings(plan, side);
  return new Map(
    side.objects.flatMap((object) => {
      const items = itemsOf(object, around);
      return items.length > 0 ? [[object.address, items] as const] : [];
    }),
  );
}

function surroundings(plan: StackPlan, side: Side): Surroundings {
  const templates = new Map(side.objects.filter(({ type }) => type === "aws_launch_template").map((object) => [object.address, object]));
  const template = (object: PlannedResource) => {
    const [block] = [object.values.launch_template ?? []].flat();
    const id = typeof block === "object" && block !== null && "id" in block ? block.id : undefined;
    const address = side.target({ ...object, values: typeof id === "string" ? { id } : {} }, "id", ["aws_launch_template"]);
    return address === undefined ? undefined : templates.get(address);
  };
  return { template, plannedAt: plan.freshness?.plannedAt };
}

/** What changes without a price: by use, not in the table, or not known yet. */
function unknownOf(plan: StackPlan): readonly string[] {
  if (plan.outcome === "not affected") return [];
  if (plan.outcome !== "planned") return [`${plan.id}: ${plan.outcome}, so its costs are not in the sum`];
  const changed = new Set(
    plan.changes.filter(({ action }) => action === "create" || action === "delete" || action === "update").map(({ address }) => address),
  );
  const came = new Set(plan.changes.filter(({ action }) => action === "create" || action === "delete").map(({ address }) => address));
  const side = planned(plan);
  const around = surroundings(plan, side);
  const unpriced = side.objects
    .filter(({ address }) => changed.has(address))
    .flatMap((object) =>
      itemsOf(object, around).flatMap(({ usd, what }) => (usd === undefined ? [`${plan.id}: ${object.address}: ${what}`] : [])),
    );
  const counts = new Map<string, number>();
  for (const { type, address } of plan.changes) {
    if (came.has(address) && billedByUse[type] !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const byUse = [...counts].sort().map(([type, count]) => `${plan.id}: ${count} ${type}: billed by ${billedByUse[type]}`);
  return [...unpriced.sort(), ...byUse];
}
