/** Writes what Atlantis reads. It fails closed: the file always exists, and where the stacks are not known it lists none. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type AtlantisConfig, configText, emptyConfig } from "./config.ts";
import { errorComment } from "./error-comment.ts";

export interface AtlantisFiles {
  /** Absolute path of atlantis.yaml. */
  readonly config: string;
  /** Absolute path of the comment that says what went wrong; exists only after a failure. */
  readonly error: string;
  /** Absolute path of the folder that the stacks are written to; made anew. */
  readonly stacks: string;
}

/**
 * Writes an empty configuration first, so that whatever ends this process leaves one, and the real one when `work` has it.
 * Rejects with what `work` rejects with, after the comment about it is written.
 */
export async function writeAtlantis<T extends { readonly config: AtlantisConfig }>(
  { config, error, stacks }: AtlantisFiles,
  environments: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await rm(error, { force: true });
  await replace(config, configText(emptyConfig()));
  // Nothing of an earlier run is left to plan in.
  await rm(stacks, { recursive: true, force: true });
  try {
    const made = await work();
    await replace(config, configText(made.config));
    return made;
  } catch (problem) {
    await replace(error, errorComment(environments, problem instanceof Error ? problem.message : String(problem)));
    throw problem;
  }
}

/** All of it or nothing: Atlantis may read at any moment. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  await writeFile(own, text);
  await rename(own, file);
}
