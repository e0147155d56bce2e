/** The folder in which Terraform works on a stack: what was synthesized, beside what an earlier `init` left. */
import { copyFile, cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TerraformJson } from "../modules/terraform-json.ts";
import { lockFile } from "./affected/read-synth.ts";

/** What of an earlier run is worth keeping: linked providers, and what they were. */
const kept = new Set([".terraform", lockFile]);

export interface Source {
  /** Folder of the synthesized stack. */
  readonly folder: string;
  /** In place of the synthesized JSON. */
  readonly instead?: TerraformJson;
  /** Working tree: a lock file at its root counts for every stack. */
  readonly root: string;
}

/** Brings the folder to what was synthesized; nothing of another version of the stack stays. */
export async function refreshFolder(target: string, { folder, instead, root }: Source): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const name of await readdir(target)) if (!kept.has(name)) await rm(join(target, name), { recursive: true });
  const skipped = [join(folder, ".terraform"), join(folder, lockFile)];
  await cp(folder, target, { recursive: true, filter: (path) => !skipped.includes(path) });
  if (instead) await writeFile(join(target, "cdk.tf.json"), JSON.stringify(instead));
  // Without one, a lock of an earlier run would hold back a newer provider that the constraint allows.
  await copyFile(join(root, lockFile), join(target, lockFile)).catch(() => rm(join(target, lockFile), { force: true }));
}
