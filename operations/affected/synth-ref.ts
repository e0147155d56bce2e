/** Synthesizes the working tree, or a commit from a copy of its own, once per content. */
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Commit, extract, type Git, treeOfFiles } from "../git.ts";
import type { Synth } from "./model.ts";
import { lockFile, readSynth } from "./read-synth.ts";
import { bringModules, exists, synthesize, textOf } from "./synth-child.ts";

export interface Place extends Git {
  /** `.cache` of the working tree. */
  readonly cache: string;
  /** Gets a line for what takes longer than a moment. */
  readonly report: (step: string) => void;
}

/** Output of a synth: what it says, and the folder that it is in. */
export interface SynthFolder {
  readonly synth: Synth;
  readonly outdir: string;
}

/** Synths of commits that stay, by tree id; equal trees give equal output. */
const kept = 20;

/** The output of a commit's synth, from the cache where it was made before. Rejects with the synth's own words where it fails. */
export async function synthCommit(place: Place, commit: Commit): Promise<SynthFolder> {
  const { cache } = place;
  const final = join(cache, "refs", commit.tree);
  if (!(await exists(join(final, "manifest.json")))) {
    const work = join(cache, "refs", `.${commit.tree.slice(0, 12)}-${randomUUID()}`);
    try {
      const [tree, outdir] = [join(work, "tree"), join(work, "cdktf.out")];
      await extract(place, commit.tree, tree);
      await bringModules(place, tree, commit);
      place.report(`synthesizing ${commit.ref} (${commit.commit.slice(0, 9)})`);
      await synthesize(place, { tree, outdir, scratch: work, name: commit.ref });
      await copyFile(join(tree, lockFile), join(outdir, lockFile)).catch(() => {}); // most trees have none
      await keep(outdir, final);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    await prune(join(cache, "refs"));
  }
  return { outdir: final, synth: await readSynth(final, await textOf(join(final, lockFile))) };
}

/**
 * The same of the working tree as it is, into a folder of the caller's, or from the cache: by the id that its files would have as a commit,
 * where they are the same before and after.
 */
export async function synthWorkingTree(place: Place, folder: string): Promise<SynthFolder> {
  await mkdir(folder, { recursive: true });
  const tree = await treeOfFiles(place, join(folder, "git"));
  const lock = await textOf(join(place.root, lockFile));
  const final = join(place.cache, "refs", tree ?? "none");
  if (tree !== undefined && (await exists(join(final, "manifest.json")))) return { outdir: final, synth: await readSynth(final, lock) };

  const outdir = join(folder, "cdktf.out");
  await synthesize(place, { tree: place.root, outdir, scratch: folder, name: "the working tree" });
  if (tree === undefined || (await treeOfFiles(place, join(folder, "git"))) !== tree)
    return { outdir, synth: await readSynth(outdir, lock) };
  await copyFile(join(place.root, lockFile), join(outdir, lockFile)).catch(() => {});
  await keep(outdir, final);
  await prune(join(place.cache, "refs"));
  return { outdir: final, synth: await readSynth(final, lock) };
}

/** At once and whole; where another run was faster, its output is the same. */
async function keep(outdir: string, final: string): Promise<void> {
  await rename(outdir, final).catch(async (error: NodeJS.ErrnoException) => {
    if (!(await exists(join(final, "manifest.json")))) throw error;
  });
}

/** The oldest go. Folders of work that is under way, or was killed, begin with a dot: those of the last day stay. */
async function prune(refs: string): Promise<void> {
  const dayMs = 86_400_000;
  const dated = (await readdir(refs)).map(async (name) => ({
    name,
    at: (await stat(join(refs, name)).catch(() => undefined))?.mtimeMs ?? 0,
  }));
  const newest = (await Promise.all(dated)).sort((a, b) => b.at - a.at);
  const old = newest.filter(({ name }) => !name.startsWith(".")).slice(kept);
  const killed = newest.filter(({ name, at }) => name.startsWith(".") && at < (newest[0]?.at ?? 0) - dayMs);
  for (const { name } of [...old, ...killed]) await rm(join(refs, name), { recursive: true, force: true });
}
