/** Where plans are written: never mixed with those of an earlier run, and nothing of anybody else's is removed. */
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import type { PlanSet } from "./model.ts";

/** Name that a review looks for. */
const list = "plans.json";

/** Makes the folder and removes the plans of an earlier run. Rejects where there is something else in it. */
export async function openOut(out: string): Promise<void> {
  await mkdir(out, { recursive: true, mode: 0o700 });
  const names = await readdir(out);
  if (names.length > 0 && !names.includes(list)) {
    throw new UserError(`${out} holds something else than plans: ${names.slice(0, 3).join(", ")}. Name an empty folder with --out.`);
  }
  // First, so that a run that is killed leaves no list of plans that are not there; a review refuses an empty one.
  await writeList(out, { version: 1, stacks: [] });
  const ours = names.filter((name) => /^[a-z][a-z0-9-]*\.(json|tfplan)$/.test(name) && name !== list);
  for (const name of ours) await rm(join(out, name));
}

/** Whole or not at all. */
export async function writeList(out: string, set: PlanSet): Promise<void> {
  const part = join(out, `.${list}`);
  await writeFile(part, `${JSON.stringify(set, undefined, 2)}\n`, { mode: 0o600 });
  await rename(part, join(out, list));
}
