/** What a run begins with where it is a change on top of another ref, whose synth is there already. */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../environments/schema.ts";
import type { Prepared } from "./prepare.ts";
import type { Base } from "./spec.ts";
import { ownStacks, toWork } from "./stack-work.ts";
import { withNeeds } from "./stacks.ts";
import type { StackWork } from "./work.ts";

interface Wanted {
  readonly environment: Environment;
  readonly charts?: string;
  readonly from?: Base;
}

/**
 * The stacks of another ref that this run begins with, in a folder of their own: those that the run applies afterwards, what these need there,
 * and those that the working tree has no more.
 */
export async function prepareBase(
  { environment, from, charts }: Wanted,
  { stateStack, stacks, known }: Prepared,
  folder: string,
): Promise<readonly StackWork[]> {
  if (from === undefined) return [];
  const place = join(folder, "base");
  const outdir = join(place, "cdktf.out");
  await cp(from.outdir, outdir, { recursive: true });
  const own = await ownStacks(outdir, environment.name, stateStack);
  const ids = own.map(({ id }) => id).filter((id) => !known.includes(id) || stacks.some((stack) => stack.id === id));
  const wanted = own.filter(({ id }) => ids.some((one) => withNeeds(own, one).some((needed) => needed.id === id)));
  return Promise.all(wanted.map((stack) => toWork(stack, stateStack, place, charts)));
}
