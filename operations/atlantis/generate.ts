/** What a pre-workflow hook of Atlantis runs: synthesizes both sides, and leaves the folders that Atlantis plans in, and their list. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TerraformJson } from "../../modules/terraform-json.ts";
import { between, type Folders, type Refs } from "../affected/between.ts";
import type { Affected } from "../affected/model.ts";
import { carryOver } from "./carry-over.ts";
import { type AtlantisConfig, atlantisConfig } from "./config.ts";
import { emptied } from "./emptied.ts";

export interface GenerateSpec {
  readonly refs: Refs;
  /** Names of all environments, in the order in which changes travel. */
  readonly environments: readonly string[];
  /** Folder for the stacks, relative to the working tree; there is none yet. */
  readonly folder: string;
  /** Absolute path of that folder as an earlier run left it; need not be there. */
  readonly before: string;
  readonly terraform: string;
}

export interface Generated {
  readonly config: AtlantisConfig;
  readonly affected: readonly Affected[];
}

/** Rejects where a ref is not there or a synth fails. */
export async function generate({ refs, environments, folder, before, terraform }: GenerateSpec): Promise<Generated> {
  const out = join(refs.root, folder);
  return between(refs, async ({ affected }, folders) => {
    for (const stack of affected) {
      await place(stack, folders, join(out, stack.id));
      await carryOver(join(before, stack.id), join(out, stack.id));
    }
    const config = atlantisConfig({ stacks: affected, environments, folderOf: ({ id }) => `${folder}/${id}`, terraform });
    return { config, affected };
  });
}

/** The folder that Atlantis plans in: the stack as it is synthesized, or, where it is gone, what destroys it. */
async function place({ id, change }: Affected, { base, head }: Folders, to: string): Promise<void> {
  if (change !== "removed") return cp(join(head.outdir, "stacks", id), to, { recursive: true });
  const json = base.synth.find((stack) => stack.id === id)?.json;
  if (json === undefined) throw new Error(`${id} is said to be removed, and the base does not have it`);
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "cdk.tf.json"), JSON.stringify(emptied(json as TerraformJson), undefined, 2));
}
