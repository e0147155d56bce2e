/** Arithmetic on IPv4 CIDR blocks in their text form; parsing is ipaddr.js's. */
import ipaddr from "ipaddr.js";

/** A block as numbers: first address and number of addresses. */
interface Range {
  readonly first: number;
  readonly size: number;
}

function rangeOf(block: string): Range {
  const [address, bits] = ipaddr.IPv4.parseCIDR(block);
  return { first: address.toByteArray().reduce((number, byte) => number * 256 + byte, 0), size: 2 ** (32 - bits) };
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** Prefix length of a block: 16 for 10.10.0.0/16. */
export function prefixLength(block: string): number {
  return ipaddr.IPv4.parseCIDR(block)[1];
}

/** Number of addresses in a block: 65536 for a /16. */
export function addressCount(block: string): number {
  return rangeOf(block).size;
}

/** Whether two blocks have an address in common. */
export function overlaps(one: string, other: string): boolean {
  const a = rangeOf(one);
  const b = rangeOf(other);
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: string, inner: string): boolean {
  return prefixLength(outer) <= prefixLength(inner) && overlaps(outer, inner);
}

/**
 * Part of a block: the one of this prefix length at this position (from 0), as Terraform's `cidrsubnet` counts.
 * Throws a RangeError where the part is not inside the block.
 */
export function subBlock(block: string, bits: number, position: number): string {
  const { first, size } = rangeOf(block);
  const part = 2 ** (32 - bits);
  if (bits > 32 || position < 0 || (position + 1) * part > size) throw new RangeError(`${block} has no /${bits} at position ${position}`);
  return `${addressOf(first + position * part)}/${bits}`;
}
