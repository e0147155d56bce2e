/** The ref that a rehearsal begins with: where the working tree left it, synthesized by its own code. */
import type { Base } from "../rehearsal/run/spec.ts";
import { type Place, synthCommit } from "./affected/synth-ref.ts";
import { commitOf, mergeBase } from "./git.ts";

/**
 * Rejects with a UserError where there is no such ref, or where its synth fails. What was done on the base since the working tree left it is not
 * part of the change: the rehearsal would take it back.
 */
export async function baseOf(place: Place, ref: string): Promise<Base> {
  const tip = await commitOf(place, ref);
  const base = (await mergeBase(place, tip, "HEAD")) ?? tip;
  const { outdir } = await synthCommit(place, base);
  return { ref, commit: base.commit, outdir };
}
