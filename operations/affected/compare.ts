/**
 * Which stacks a change affects, by what the synths of two refs say. Pure. Source paths say nothing: a change of shared code that writes the
 * same JSON affects no stack, and one line of data may affect every one.
 */
import { becauseChanged, becauseOfReads, type Differences, isEmpty } from "./because.ts";
import { elementsOf } from "./elements.ts";
import type { Affected, Change, Synth, SynthStack } from "./model.ts";
import { orderOf } from "./order.ts";
import { type Places, placesOf, producerOf, remoteValuesOf } from "./places.ts";
import type { RemoteValue } from "./references.ts";
import { difference, spreadingOutputs } from "./spread.ts";

/** Affected stacks in the order in which they are planned. Throws a UserError where stacks of `head` wait for each other. */
export function compareSynths(base: Synth, head: Synth): Affected[] {
  const order = orderOf(base, head);
  const [before, after] = [byId(base), byId(head)];
  const places = placesOf(head);
  const found = new Map<string, Verdict & { readonly of: SynthStack }>();
  /** `<stack>.<output>` of values that may be others after an apply. */
  const spread = new Set<string>();
  for (const id of order.ids) {
    const [old, stack] = [before.get(id), after.get(id)];
    const verdict = stack ? judge(old, stack, places, spread) : removed;
    const of = stack ?? old;
    if (verdict && of) found.set(id, { ...verdict, of });
  }
  return [...found.values()]
    .map(({ of: { id, environment, stack }, change, because }) => {
      const needs = order.nearest(id, (other) => found.has(other));
      return { id, environment, stack, change, because, depth: order.depth(id), needs };
    })
    .sort((a, b) => a.depth - b.depth);
}

interface Verdict {
  readonly change: Change;
  readonly because: string;
}

const removed: Verdict = { change: "removed", because: "in the base only" };

/** What became of one stack; undefined: nothing. Adds to `spread` what it gives to others in its turn. */
function judge(old: SynthStack | undefined, stack: SynthStack, places: Places, spread: Set<string>): Verdict | undefined {
  const reads = readsOf(stack, places, spread);
  const [base, head] = [elementsOf(old?.json ?? nothing), elementsOf(stack.json)];
  const elements = difference(base, head);
  const files = differing(old?.files ?? {}, stack.files);
  const providers = differing(old?.locked ?? {}, stack.locked);
  const all: Differences = { ...elements, files, providers };
  if (isEmpty(all) && reads.length === 0) return undefined;

  const mayChange = (value: RemoteValue) => namesOf(value, stack, places).some((name) => spread.has(name));
  for (const output of spreadingOutputs(base, head, elements, mayChange)) spread.add(`${stack.id}.${output}`);
  if (!old) return { change: "added", because: "new" };
  if (isEmpty(all)) return { change: "replan", because: becauseOfReads(reads) };
  const also = reads.length > 0 ? [becauseOfReads(reads)] : [];
  return { change: "changed", because: [becauseChanged(all), ...also].join("; ") };
}

const nothing = { terraform: {}, provider: {} };

function byId(synth: Synth): ReadonlyMap<string, SynthStack> {
  return new Map(synth.map((stack) => [stack.id, stack]));
}

/** Values that a stack reads and that may change, as `<stack>.<output>`, sorted. */
function readsOf(stack: SynthStack, places: Places, spread: ReadonlySet<string>): string[] {
  if (spread.size === 0) return [];
  const names = remoteValuesOf(stack).flatMap((value) => namesOf(value, stack, places));
  return [...new Set(names)].filter((name) => spread.has(name)).sort();
}

/** The values that a reference means, as `<stack>.<output>`. */
function namesOf({ state, output }: RemoteValue, stack: SynthStack, places: Places): string[] {
  const producer = producerOf(stack, state, places);
  if (!producer) return [];
  const outputs = output === undefined ? Object.keys(producer.json.output ?? {}) : [output];
  return outputs.map((name) => `${producer.id}.${name}`);
}

/** Names whose value differs, is new or gone. */
function differing(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((name) => base[name] !== head[name]).sort();
}
