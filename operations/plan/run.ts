/** Plans stacks in the order of their contracts and writes the list of all of them. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../../rehearsal/run/events.ts";
import { inOrder } from "../../rehearsal/run/stacks.ts";
import { upwards } from "../../rehearsal/run/waves.ts";
import { between } from "../affected/between.ts";
import type { Affected, SynthStack } from "../affected/model.ts";
import { placesOf } from "../affected/places.ts";
import { type Place, type SynthFolder, synthWorkingTree } from "../affected/synth-ref.ts";
import { emptied } from "../atlantis/emptied.ts";
import { headOf } from "../git.ts";
import { afterKill, interruptible } from "../interruptible.ts";
import { slots } from "../slots.ts";
import { type Machine, machineryOf } from "../terraform.ts";
import type { PlanEntry, PlanSet } from "./model.ts";
import { type Job, type Planner, planOne, stageOf } from "./one.ts";
import { openOut, writeList } from "./out-folder.ts";
import { subjectOf } from "./subject.ts";
import { stacksNamed } from "./targets.ts";

export interface PlanSpec extends Place, Machine {
  /** Ids of stacks or names of environments; or the ref that affected stacks are told from, and whose stacks count (none: all). */
  readonly what: readonly string[] | { readonly base: string; readonly only: readonly string[] };
  readonly refreshOnly: boolean;
  /** Absolute folder. */
  readonly out: string;
  /** Stacks at once. */
  readonly parallel: number;
  readonly progress: Report;
  readonly now: () => Date;
}

/** A stack to plan, from the folder where it is synthesized. */
interface Wanted {
  readonly stack: SynthStack;
  readonly from: SynthFolder;
  readonly affected?: Affected;
}

/** Rejects where the stacks are not known; a stack that cannot be planned is an entry of the list. */
export async function planStacks(spec: PlanSpec): Promise<PlanSet> {
  const said = () => `Interrupted. Nothing was changed; the list of plans is empty.${afterKill(spec.hard)}`;
  return interruptible(spec.signal, said, () => planWhat(spec));
}

async function planWhat(spec: PlanSpec): Promise<PlanSet> {
  const { what } = spec;
  await openOut(spec.out);
  if ("base" in what) {
    return between({ ...spec, ...what }, async ({ affected, unaffected }, { base, head }) => {
      const wanted = affected.flatMap((one) => {
        const from = one.change === "removed" ? base : head;
        return from.synth.filter(({ id }) => id === one.id).map((stack) => ({ stack, from, affected: one }));
      });
      return planAll(spec, wanted, unaffected);
    });
  }
  const scratch = join(spec.cache, "refs", `.working-tree-${randomUUID()}`);
  try {
    const from = await synthWorkingTree(spec, scratch);
    return await planAll(
      spec,
      stacksNamed(inOrder(from.synth), what).map((stack) => ({ stack, from })),
      [],
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param unaffected ids of stacks that are only listed. */
async function planAll(spec: PlanSpec, wanted: readonly Wanted[], unaffected: readonly string[]): Promise<PlanSet> {
  const { progress: report, now, parallel, out } = spec;
  report({ kind: "stages", stages: wanted.map(({ stack: { id } }) => ({ id: stageOf(id), title: id })) });
  const planner: Planner = { machinery: await machineryOf(spec), report, now };
  const head = await headOf(spec);
  const entries = new Map<string, PlanEntry>();
  const slot = slots(parallel);
  const items = wanted.map((one) => ({ id: one.stack.id, needs: one.affected?.needs ?? one.stack.needs, one }));
  await upwards(items, async ({ id, needs, one }) => {
    // What is removed waits for its former readers to go, and takes no value of them.
    const missing = one.affected?.change === "removed" ? undefined : needs.find((need) => neverApplied(entries.get(need)));
    const entry = missing === undefined ? await slot(() => planOne(planner, jobOf(spec, one))) : deferred(id, missing);
    if (missing !== undefined) report({ kind: "skipped", stage: stageOf(id), text: entry.because ?? "", seconds: 0 });
    const { affected } = one;
    entries.set(id, { ...head, ...entry, ...(affected && { change: affected.change, affectedBecause: affected.because }) });
  });
  const untouched = unaffected.map((id): PlanEntry => ({ id, outcome: "not affected" }));
  const stacks = [...wanted.flatMap(({ stack: { id } }) => entries.get(id) ?? []), ...untouched];
  const set: PlanSet = { version: 1, stacks };
  await writeList(out, set);
  return set;
}

function jobOf({ root, user, refreshOnly, out }: PlanSpec, { stack, from, affected }: Wanted): Job {
  const removed = affected?.change === "removed";
  const onlyApplied = removed ? "it was never applied: nothing is there to destroy" : refreshOnly ? "it was never applied" : undefined;
  return {
    subject: subjectOf(stack, from.synth, placesOf(from.synth), user.AWS_PROFILE),
    source: { folder: join(from.outdir, "stacks", stack.id), root, ...(removed && { instead: emptied(stack.json) }) },
    ...{ refreshOnly, onlyApplied, out },
  };
}

/** Who reads it would only hear the same from Terraform, a little later. */
function neverApplied(entry: PlanEntry | undefined): boolean {
  if (!entry) return false;
  return entry.outcome === "deferred" || (entry.outcome === "planned" && entry.stateSerial === undefined);
}

function deferred(id: string, missing: string): PlanEntry {
  return { id, outcome: "deferred", because: `waits for ${missing}` };
}
