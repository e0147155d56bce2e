/** Writes what Atlantis reads. It fails closed: the file always exists, and where the stacks are not known it lists none. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type AtlantisConfig, configText, emptyConfig } from "./config.ts";

export interface AtlantisFiles {
  /** Absolute path of atlantis.yaml. */
  readonly config: string;
  /** Absolute path of the folder that the stacks are written to. */
  readonly stacks: string;
}

/**
 * Writes an empty configuration first, so that whatever ends this process leaves one, and the real one when `work` has it. `work` gets the folder
 * of an earlier run, from which it takes what may stay; the rest is gone afterwards. Rejects with what `work` rejects with.
 */
export async function writeAtlantis<T extends { readonly config: AtlantisConfig }>(
  { config, stacks }: AtlantisFiles,
  work: (before: string) => Promise<T>,
): Promise<T> {
  await replace(config, configText(emptyConfig()));
  // Nothing of an earlier run is left to plan in, unless it turns out to be the same.
  const before = join(dirname(stacks), `.${basename(stacks)}.before`);
  await rm(before, { recursive: true, force: true });
  await rename(stacks, before).catch(() => {}); // there is none at first
  try {
    const made = await work(before);
    await replace(config, configText(made.config));
    return made;
  } finally {
    await rm(before, { recursive: true, force: true });
  }
}

/** All of it or nothing: Atlantis may read at any moment. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  await writeFile(own, text);
  await rename(own, file);
}
