/** What a pull request does to production: another ref is applied first, and the working tree goes on top of it. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import type { BaseResult } from "../report.ts";
import { destroyStacks } from "./down.ts";
import { type Report, type RunEvent, type Stage, stage } from "./events.ts";
import type { Base } from "./spec.ts";
import { applyAll } from "./up.ts";
import type { RunContext, StackWork } from "./work.ts";

/** Stages of the base carry this before their stack's id. */
const prefix = "base/";
const removedStage: Stage = { id: "removed", title: "removed stacks" };

/** Stages that come before those of the working tree, and after them. */
export function baseStages(base: readonly StackWork[], known: readonly string[]): { readonly before: Stage[]; readonly after: Stage[] } {
  return {
    before: base.map(({ id }) => ({ id: `${prefix}${id}`, title: `${id} (base)`, ending: "applied" })),
    after: removedFrom(base, known).length > 0 ? [removedStage] : [],
  };
}

/** Applies the base as if it had been there all along. Rejects with its failure, which is not the working tree's. */
export async function applyBase(context: RunContext, { ref }: Base, stacks: readonly StackWork[]): Promise<void> {
  const report: Report = (event) => context.report(renamed(event));
  try {
    await applyAll({ ...context, report, keepPlan: undefined }, stacks);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${ref} cannot be applied here, so nothing could go on top of it.\n${error.message}`);
  }
}

function renamed(event: RunEvent): RunEvent {
  return "stage" in event ? { ...event, stage: `${prefix}${event.stage}` } : event;
}

/** The working tree on top of a base: what was there already, its plans kept. */
export function onTop(context: RunContext, run: string): RunContext {
  const folder = join(run, "plans");
  const keepPlan = async (id: string, plan: string) => {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${id}.json`);
    await writeFile(file, plan);
    return file;
  };
  return { ...context, isNew: false, keepPlan };
}

/** Destroys what the base has and the working tree has no more. */
export async function destroyRemoved(context: RunContext, base: readonly StackWork[], known: readonly string[]): Promise<void> {
  const removed = removedFrom(base, known).filter(({ result }) => result.outcome === "applied");
  if (removed.length === 0) return;
  await stage(context.report, removedStage.id, async (progress) => {
    await destroyStacks(context, removed, progress);
    return removed.map(({ id }) => id).join(", ");
  });
}

function removedFrom(base: readonly StackWork[], known: readonly string[]): readonly StackWork[] {
  return base.filter(({ id }) => !known.includes(id));
}

export function baseResult(from: Base | undefined, stacks: readonly StackWork[]): BaseResult | undefined {
  return from && { ref: from.ref, commit: from.commit, stacks: stacks.map(({ result }) => result) };
}
