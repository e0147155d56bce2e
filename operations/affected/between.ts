/** Compares two refs, or a ref with the working tree, by what they synthesize. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Commit, commitOf, mergeBase } from "../git.ts";
import { interruptible } from "../interruptible.ts";
import { stacksWithin } from "../plan/targets.ts";
import { compareSynths } from "./compare.ts";
import type { Affected } from "./model.ts";
import { type Place, type SynthFolder, synthCommit, synthWorkingTree } from "./synth-ref.ts";

export interface Refs extends Place {
  /** Branch, tag or commit, for example origin/main. */
  readonly base: string;
  /** Absent: the working tree, with what is not committed. */
  readonly head?: string;
  /** Ids of stacks and names of environments, for whoever has the credentials of one account; empty: all. */
  readonly only: readonly string[];
}

export interface Compared {
  /** Where the head left the base: what was done on the base since is not part of the change. */
  readonly base: Commit;
  /** Absent: the working tree. */
  readonly head?: Commit;
  readonly affected: readonly Affected[];
  /** Ids of the other stacks of the head. */
  readonly unaffected: readonly string[];
  /** What was asked for: nothing else is in these lists. */
  readonly only: readonly string[];
}

/** The synths themselves, for plans. */
export interface Folders {
  readonly base: SynthFolder;
  readonly head: SynthFolder;
}

/**
 * Calls `work` with the affected stacks and the synthesized folders; that of the working tree is gone afterwards. Rejects with a UserError for
 * a ref or a name that is not there, or a synth that fails: never with fewer stacks than there are.
 */
export async function between<T>(refs: Refs, work: (compared: Compared, folders: Folders) => Promise<T>): Promise<T> {
  return interruptible(
    refs.signal,
    () => "Interrupted. Nothing is left.",
    () => compare(refs, work),
  );
}

async function compare<T>(refs: Refs, work: (compared: Compared, folders: Folders) => Promise<T>): Promise<T> {
  const tip = await commitOf(refs, refs.base);
  const head = refs.head === undefined ? undefined : await commitOf(refs, refs.head);
  const base = (await mergeBase(refs, tip, head?.commit ?? "HEAD")) ?? tip;
  const scratch = join(refs.cache, "refs", `.working-tree-${randomUUID()}`);
  try {
    const synths = [synthCommit(refs, base), head ? synthCommit(refs, head) : synthWorkingTree(refs, scratch)] as const;
    // Both come to an end, so that nothing is written to a folder that is being removed.
    await Promise.allSettled(synths);
    const folders = { base: await synths[0], head: await synths[1] };
    return await work({ base, ...(head && { head }), ...told(folders, refs.only) }, folders);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A stack that only the base has can be asked for, too: it is to be destroyed. */
function told({ base, head }: Folders, only: readonly string[]): Pick<Compared, "affected" | "unaffected" | "only"> {
  const all = compareSynths(base.synth, head.synth);
  const wanted = new Set(stacksWithin([...head.synth, ...base.synth], only).map(({ id }) => id));
  const unaffected = head.synth.map(({ id }) => id).filter((id) => wanted.has(id) && !all.some((one) => one.id === id));
  return { affected: all.filter(({ id }) => wanted.has(id)), unaffected, only };
}

/** The affected stacks alone. */
export async function affectedBetween(refs: Refs): Promise<Compared> {
  return between(refs, async (compared) => compared);
}
