/**
 * Sets of addresses, IPv4 and IPv6 alike, as sorted intervals that neither touch nor overlap: however a set is cut into blocks, it is the
 * same set. 0.0.0.0/1 and 128.0.0.0/1 are everyone. Parsing is ipaddr.js's.
 */
import ipaddr from "ipaddr.js";

/** First and last address on one line of numbers: IPv6 first, IPv4 behind it. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}
export type AddressSet = readonly Interval[];

const ipv4Start = 2n ** 128n;
/** Addresses of blocks. What is no block is left out: `isBlock` tells. */
export function cidrSet(blocks: readonly string[]): AddressSet {
  return normalized(blocks.flatMap((block) => intervalOf(block) ?? []));
}

export function isBlock(text: string): boolean {
  return intervalOf(text) !== undefined;
}

function intervalOf(block: string): Interval | undefined {
  const text = block.trim();
  // Of its own family: asked for either, ipaddr.js tries IPv6 first, and makes an error of each IPv4 block on the way.
  const family = text.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  const isNetwork = family.isValidCIDR(text);
  if (!isNetwork && !family.isValid(text)) return undefined;
  const [address, bits] = isNetwork ? family.parseCIDR(text) : [family.parse(text), undefined];
  const width = address.kind() === "ipv4" ? 32 : 128;
  const size = 2n ** BigInt(width - (bits ?? width));
  const number = address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const first = number - (number % size) + (width === 32 ? ipv4Start : 0n);
  return { first, last: first + size - 1n };
}

function normalized(intervals: readonly Interval[]): AddressSet {
  const sorted = [...intervals].sort((one, other) => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0));
  const result: Interval[] = [];
  for (const interval of sorted) {
    const before = result.at(-1);
    // IPv4 begins right behind IPv6, and is another world.
    const touches = before && interval.first <= before.last + 1n && !(interval.first === ipv4Start && before.last < ipv4Start);
    if (touches) result[result.length - 1] = { first: before.first, last: interval.last > before.last ? interval.last : before.last };
    else result.push(interval);
  }
  return result;
}

export function union(...sets: readonly AddressSet[]): AddressSet {
  return normalized(sets.flat());
}

/** Addresses of `from` that are not in `taken`. */
export function minus(from: AddressSet, taken: AddressSet): AddressSet {
  return taken.reduce<AddressSet>(
    (left, hole) =>
      left.flatMap((interval) => {
        if (hole.last < interval.first || interval.last < hole.first) return [interval];
        const below = { first: interval.first, last: hole.first - 1n };
        const above = { first: hole.last + 1n, last: interval.last };
        return [below, above].filter(({ first, last }) => first <= last);
      }),
    from,
  );
}

export function intersection(one: AddressSet, other: AddressSet): AddressSet {
  return minus(one, minus(one, other));
}

/** Whether every address of `inner` is in `outer`. */
export function covers(outer: AddressSet, inner: AddressSet): boolean {
  return minus(inner, outer).length === 0;
}

/** Number of IPv4 addresses, and of IPv6 networks of 64 bits, which is what one customer has. */
export function sizeOf(set: AddressSet): { readonly ipv4: number; readonly networks: number } {
  const count = (intervals: AddressSet) => intervals.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
  const [six, four] = [set.filter(({ first }) => first < ipv4Start), set.filter(({ first }) => first >= ipv4Start)];
  return { ipv4: Number(count(four)), networks: Number(count(six) / 2n ** 64n) };
}

/** The fewest blocks that are this set, lowest first, IPv4 before IPv6. */
export function blocksOf(set: AddressSet): readonly string[] {
  const blocks = (wanted: boolean) => set.filter(({ first }) => first >= ipv4Start === wanted).flatMap(blocksOfInterval);
  return [...blocks(true), ...blocks(false)];
}

/** The two families: everyone in each. */
const families = ["0.0.0.0/0", "::/0"] as const;

/** Blocks for people: most of a family is told by what is missing from it. */
export function addressLines(set: AddressSet): readonly string[] {
  return families.flatMap((everyone) => {
    const part = intersection(set, cidrSet([everyone]));
    const [blocks, missing] = [blocksOf(part), blocksOf(minus(cidrSet([everyone]), part))];
    const isShorter = missing.length > 0 && missing.length < blocks.length;
    return isShorter ? [`${everyone} but ${missing.join(", ")}`] : blocks;
  });
}

function blocksOfInterval({ first, last }: Interval): string[] {
  const width = first >= ipv4Start ? 32 : 128;
  const offset = width === 32 ? ipv4Start : 0n;
  const result: string[] = [];
  for (let at = first - offset; at <= last - offset; ) {
    let bits = 0;
    while (bits < width && at % 2n ** BigInt(bits + 1) === 0n && at + 2n ** BigInt(bits + 1) - 1n <= last - offset) bits++;
    result.push(`${addressText(at, width)}/${width - bits}`);
    at += 2n ** BigInt(bits);
  }
  return result;
}

function addressText(number: bigint, width: 32 | 128): string {
  const bytes = Array.from({ length: width / 8 }, (_, index) => Number((number >> BigInt(width - 8 * (index + 1))) & 255n));
  return ipaddr.fromByteArray(bytes).toString();
}
