/** Where the plans are, and how they are packed: a plan of a whole network is a megabyte of text, and some 20 KB of Brotli. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";

export const plansFolder = join(import.meta.dirname, "plans");

const file = (id: string) => join(plansFolder, `${id}.json.br`);

export async function pack(id: string, plan: string): Promise<void> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  await writeFile(file(id), await promisify(brotliCompress)(plan, { params }));
}

export async function unpack(id: string): Promise<string> {
  return (await promisify(brotliDecompress)(await readFile(file(id)))).toString("utf8");
}
