/** Destroys what was applied, consumers first, the bucket of the states last. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { count } from "../report.ts";
import { moveStateOut } from "../terraform/bootstrap.ts";
import { apply, destroy } from "../terraform/commands.ts";
import { type Stage, stage } from "./events.ts";
import { release } from "./release.ts";
import { hashOf } from "./stacks.ts";
import { describe } from "./up.ts";
import { downwards } from "./waves.ts";
import type { RunContext, StackWork } from "./work.ts";

export const destroyStage: Stage = { id: "destroy", title: "destroyed" };

/** Rejects with Terraform's reason where something cannot be destroyed. */
export async function destroyAll(context: RunContext, stacks: readonly StackWork[], left: () => Promise<readonly string[]>): Promise<void> {
  await stage(context.report, destroyStage.id, async (progress) => {
    await destroyStacks(context, stacks, progress);
    const rest = await left();
    return rest.length === 0 ? "in reverse, nothing left" : `in reverse, ${count(rest.length, "thing")} left`;
  });
}

/** Consumers first. */
export async function destroyStacks(
  { runnerFor, stateStack }: RunContext,
  stacks: readonly StackWork[],
  progress: (text: string) => void,
): Promise<void> {
  // All at once, while the first destroys: letting go of one stack's guards touches no other stack.
  const released = new Map(stacks.map((work) => [work.id, letGo(work)]));
  const settled = Promise.allSettled(released.values());
  try {
    await downwards(stacks, async (work) => {
      await released.get(work.id);
      const began = performance.now();
      const runner = runnerFor(work.id);
      await destroy(runner, work.folder, (now) => progress(`${work.id}  ${describe(now)}`));
      work.result.destroyed = true;
      work.result.destroySeconds = (performance.now() - began) / 1000;
    });
  } finally {
    await settled;
  }

  async function letGo({ id, json, folder, content, result, hash }: StackWork): Promise<void> {
    result.untouched = (await hashOf(json)) === hash;
    const { override, needsApply } = release(content.resource ?? {});
    if (Object.keys(override.resource).length > 0) await writeFile(join(folder, "zz_release_override.tf.json"), JSON.stringify(override));
    // The provider reads the guards from the state. No refresh: the second plan has just looked at everything.
    if (needsApply) await apply(runnerFor(id), folder, undefined, ["-refresh=false"]);
    // Its own state only: the bucket still holds the others'.
    if (id === stateStack) await moveStateOut(runnerFor(id), folder);
  }
}
