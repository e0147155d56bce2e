/**
 * What Terraform and the review left in a stack's folder stays where the stack is synthesized the same: the hook of `atlantis plan -p one` must not
 * take away the reviewed plan of another, which waits for its apply.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, rename } from "node:fs/promises";
import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";

/** Providers, their lock, plans and the notes beside them. Nothing else: Terraform would read any other file as part of the stack. */
const left = /^(\.terraform|\.terraform\.lock\.hcl|[^/]+\.tfplan(\.review\.json)?)(\/|$)/;

/** Moves it from the folder of an earlier run, where there is one and it holds the same stack. */
export async function carryOver(before: string, now: string): Promise<void> {
  const [old, own] = await Promise.all([sourcesOf(before), sourcesOf(now)]);
  if (!isDeepStrictEqual(old, own)) return;
  for (const name of await readdir(before)) if (left.test(name)) await rename(join(before, name), join(now, name));
}

/** SHA-256 of every file of the stack, by path; undefined where there is no such folder. */
async function sourcesOf(folder: string): Promise<Readonly<Record<string, string>> | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  // A link counts by its path: none is ever synthesized, so that a folder with one is another.
  const files = entries?.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  const own = files?.filter((path) => !left.test(path)).sort();
  const digests = own?.map(async (path) => [path, await digest(join(folder, path))] as const);
  return digests && Object.fromEntries(await Promise.all(digests));
}

async function digest(file: string): Promise<string> {
  const content = await readFile(file).catch(() => "");
  return createHash("sha256").update(content).digest("hex");
}
