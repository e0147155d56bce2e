/**
 * Where the plans are: one archive per base, a line per plan. The plans of a base are nearly the same, and Brotli's window of 16 MB sees what it
 * has seen: a hundred plans take hardly more room than one.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import type { Base } from "./case.ts";

export const plansFolder = join(import.meta.dirname, "plans");

const file = (base: Base) => join(plansFolder, `${base}.jsonl.br`);
const newline = 0x0a;

/** Adds plans to the archive of their base, in the place of those of the same id; plans of ids that are not `kept` go. */
export async function pack(base: Base, plans: ReadonlyMap<string, string>, kept: ReadonlySet<string>): Promise<void> {
  const before = existsSync(file(base)) ? [...(await unpack(base))].map(([id, plan]) => [id, plan.toString("utf8")] as const) : [];
  const all = [...new Map([...before, ...plans])].filter(([id]) => kept.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = all.map(([id, plan]) => `${id} ${plan.trim()}\n`).join("");
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  await writeFile(file(base), await promisify(brotliCompress)(text, { params }));
}

/** The plans of a base by id, as bytes: all of them as text would be some hundred megabytes. */
export async function unpack(base: Base): Promise<Map<string, Buffer>> {
  const bytes = await promisify(brotliDecompress)(await readFile(file(base)));
  const plans = new Map<string, Buffer>();
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(newline, from);
    const gap = bytes.indexOf(" ", from);
    plans.set(bytes.toString("utf8", from, gap), bytes.subarray(gap + 1, end));
    from = end + 1;
  }
  return plans;
}
