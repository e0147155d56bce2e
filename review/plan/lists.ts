/** Which elements of two lists are the same, and which became which. */
import type { Json, JsonObject } from "../model.ts";
import { canonical, equal, isObject } from "./json.ts";

export interface Matched {
  /** Indexes of the old list. */
  readonly removed: readonly number[];
  /** Indexes of the new list. */
  readonly added: readonly number[];
  readonly pairs: readonly { readonly from: number; readonly to: number }[];
}

/** Keys by which an element is known, the most telling first. */
const identities = ["Sid", "sid", "rule_no", "rule_number", "name", "key", "id", "device_name", "cidr_block", "priority", "description"];

/** Longer lists are not searched for similar elements: the search is quadratic. */
const longest = 200;

/** @param unsure whether an element of the new list is not wholly known, so that it equals nothing. */
export function matched(before: readonly Json[], after: readonly Json[], unsure: (index: number) => boolean): Matched {
  const known = new Map<string, number[]>();
  for (const [index, element] of after.entries()) {
    if (unsure(index)) continue;
    const text = canonical(element);
    const indexes = known.get(text);
    if (indexes) indexes.push(index);
    else known.set(text, [index]);
  }
  const gone: number[] = [];
  const found = new Set<number>();
  for (const [index, element] of before.entries()) {
    const same = known.get(canonical(element))?.shift();
    if (same === undefined) gone.push(index);
    else found.add(same);
  }
  const fresh = [...after.keys()].filter((index) => !found.has(index));
  return pairUp(before, after, gone, fresh);
}

function pairUp(before: readonly Json[], after: readonly Json[], gone: number[], fresh: number[]): Matched {
  if (gone.length === 1 && fresh.length === 1) return { removed: [], added: [], pairs: [{ from: gone[0] ?? 0, to: fresh[0] ?? 0 }] };
  const pairs: { from: number; to: number }[] = [];
  const left = new Set(fresh);
  const removed = gone.filter((from) => {
    const old = before[from];
    if (!isObject(old) || gone.length > longest || fresh.length > longest) return true;
    const to = mostLike(old, after, left);
    if (to === undefined) return true;
    left.delete(to);
    pairs.push({ from, to });
    return false;
  });
  return { removed, added: [...left], pairs };
}

/** The element of the same identity, else the one that shares more than half of its fields. */
function mostLike(old: JsonObject, after: readonly Json[], candidates: ReadonlySet<number>): number | undefined {
  const key = identities.find((name) => typeof old[name] === "string" || typeof old[name] === "number");
  let best: { index: number; share: number } | undefined;
  for (const index of candidates) {
    const element = after[index];
    if (!isObject(element)) continue;
    if (key !== undefined && equal(old[key], element[key])) return index;
    const keys = Object.keys(old);
    const share = keys.filter((name) => equal(old[name], element[name])).length / Math.max(1, keys.length);
    if (share > 0.5 && share > (best?.share ?? 0)) best = { index, share };
  }
  return best?.index;
}
