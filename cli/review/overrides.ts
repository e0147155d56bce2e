/** Finds the written overrides of blocks. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Override, overridesOf } from "../../review/overrides.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

const usual = "review-overrides.yaml";

/** @param given file of the command line; without, the usual one of the working tree, where there is one. */
export async function overridesIn(given: string | undefined, io: Io): Promise<readonly Override[]> {
  const path = given ?? join(io.root, usual);
  if (!existsSync(path)) {
    if (given === undefined) return [];
    throw new UsageError(`--overrides names ${given}, which is not there.`);
  }
  const today = new Date().toISOString().slice(0, 10);
  const { valid, ended } = overridesOf(await readFile(path, "utf8"), given ?? usual, today);
  for (const { rule, stack, address, until } of ended) {
    io.err(
      `${io.colors.yellow("warning:")} the override of ${rule} in ${stack}, ${address || "the whole stack"}, ended on ${until}; it no longer holds.`,
    );
  }
  return valid;
}
