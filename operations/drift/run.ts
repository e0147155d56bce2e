/** Looks at every stack for what somebody changed behind Terraform's back. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { StackPlan } from "../../review/model.ts";
import { planSetOf, plansOf } from "../../review/plan-set.ts";
import type { PlanSet } from "../plan/model.ts";
import { type PlanSpec, planStacks } from "../plan/run.ts";
import { driftedOf } from "./rank.ts";
import type { DriftReport } from "./tell.ts";

export interface Drift extends DriftReport {
  /** For a review of what the changes mean. */
  readonly plans: readonly StackPlan[];
}

/** Refresh-only plans of these stacks or environments. Rejects where a plan cannot be read: never "no drift" unseen. */
export async function findDrift(spec: Omit<PlanSpec, "refreshOnly">): Promise<Drift> {
  const set = await planStacks({ ...spec, refreshOnly: true });
  const plans = await readPlans(set, spec.out);
  return { set, plans, drifted: driftedOf(plans) };
}

async function readPlans(set: PlanSet, out: string): Promise<StackPlan[]> {
  const files = set.stacks.flatMap(({ file }) => file ?? []);
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(join(out, file), "utf8")] as const)));
  return plansOf(planSetOf(JSON.stringify(set), "plans.json"), (name) => texts.get(name));
}
