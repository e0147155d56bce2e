/** Who stands on a stack: it cannot go while the state of one that reads it holds anything. */
import { UserError } from "../../environments/user-error.ts";
import type { Synth, SynthStack } from "../affected/model.ts";
import { orderOf } from "../affected/order.ts";
import type { State } from "../terraform.ts";
import { managed } from "./states.ts";

/** Stacks that need this one, directly or through others; those to destroy first come first. */
export function readersOf(synth: Synth, { id }: SynthStack): SynthStack[] {
  const readers = new Set([id]);
  const order = orderOf([], synth).ids.flatMap((one) => synth.find((stack) => stack.id === one) ?? []);
  for (const stack of order) if (stack.needs.some((need) => readers.has(need))) readers.add(stack.id);
  return order.filter((stack) => stack.id !== id && readers.has(stack.id)).reverse();
}

/** Rejects with every reader that still has something, in the order in which they can be destroyed. */
export async function checkReaders(
  synth: Synth,
  stack: SynthStack,
  stateOf: (reader: SynthStack) => Promise<State | undefined>,
): Promise<void> {
  const standing: string[] = [];
  for (const reader of readersOf(synth, stack)) {
    const count = managed(await stateOf(reader));
    if (count > 0) standing.push(`  mainline destroy ${reader.id}   (${count} ${count === 1 ? "object" : "objects"})`);
  }
  if (standing.length === 0) return;
  throw new UserError(`Other stacks stand on ${stack.id}. Destroy them first, in this order:\n${standing.join("\n")}`);
}
