/**
 * Which values of a stack may be others after an apply: an output is, where its expression changed, or where anything changed that it
 * refers to, over any number of steps. A change that gives no other value to readers (tags, order, protection) does not spread.
 */
import { isObject, type Json } from "../../modules/terraform-json.ts";
import { canonical, type Element } from "./elements.ts";
import { type RemoteValue, referencesOf } from "./references.ts";

export interface Difference {
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

type Elements = ReadonlyMap<string, Element>;

/** Mostly both were written by the same code, with keys in the same order. */
function differs(base: Element | undefined, head: Element | undefined): boolean {
  if (JSON.stringify(base?.value) === JSON.stringify(head?.value)) return false;
  return canonical(base?.value ?? null) !== canonical(head?.value ?? null);
}

/** Addresses by what became of them, sorted. */
export function difference(base: Elements, head: Elements): Difference {
  const [before, after] = [[...base.keys()], [...head.keys()]];
  return {
    changed: after.filter((address) => base.has(address) && differs(base.get(address), head.get(address))).sort(),
    added: after.filter((address) => !base.has(address)).sort(),
    removed: before.filter((address) => !head.has(address)).sort(),
  };
}

/** Arguments that change no id, ARN or name, which is what contracts publish. A description does: a security group is replaced for one. */
const neutral = new Set(["tags", "depends_on", "lifecycle", "provisioner"]);

/** Names of outputs that may have another value. `mayChange` tells it of a value of another stack. */
export function spreadingOutputs(
  base: Elements,
  head: Elements,
  { changed, added, removed }: Difference,
  mayChange: (value: RemoteValue) => boolean,
): string[] {
  const spread = new Set([...added, ...changed.filter((address) => gives(base, head, address))]);
  const everything = changed.some((address) => address.startsWith("provider.") && gives(base, head, address));
  const references = new Map([...head].map(([address, { value }]) => [address, referencesOf(value)]));
  for (let before = -1; before !== spread.size; ) {
    before = spread.size;
    for (const [address, { addresses, remote }] of references) {
      if (everything || addresses.some((one) => spread.has(one)) || remote.some(mayChange)) spread.add(address);
    }
  }
  return [...spread, ...removed]
    .filter((address) => address.startsWith("output."))
    .map((address) => address.slice("output.".length))
    .sort();
}

/** Whether a change of this element may give other values to those who read it. */
function gives(base: Elements, head: Elements, address: string): boolean {
  if (address.startsWith("output.")) return textOfValue(base, address) !== textOfValue(head, address);
  return canonical(stripped(base.get(address)?.value ?? null)) !== canonical(stripped(head.get(address)?.value ?? null));
}

/** Of an output only its value counts: not its description. */
function textOfValue(elements: Elements, address: string): string {
  const value = elements.get(address)?.value ?? null;
  return canonical(isObject(value) ? (value.value ?? null) : value);
}

function stripped(value: Json): Json {
  if (Array.isArray(value)) return value.map(stripped); // provider blocks are lists
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !neutral.has(key) && key !== "default_tags"));
}
