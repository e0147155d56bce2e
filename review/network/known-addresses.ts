/** Which addresses are nobody's in the internet. Source: IANA, special-purpose address registries (RFC 1918, 6598, 3927, 1122, 4193, 4291). */
import { type AddressSet, cidrSet, minus, sizeOf } from "./addresses.ts";

const inside = cidrSet([
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"],
  ...["fc00::/7", "fe80::/10", "::1/128"],
]);

/** Blocks of RFC 1918 and 6598 as a whole: every network that is connected now or later. */
const everyPrivate = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map((block) => cidrSet([block]));

/** Whether a set has one of the private blocks whole. */
export function isEveryPrivate(addresses: AddressSet): boolean {
  return everyPrivate.some((block) => minus(block, addresses).length === 0);
}

/** Addresses that somebody in the internet may have. */
export function publicPart(addresses: AddressSet): AddressSet {
  return minus(addresses, inside);
}

export type Reach = "world" | "public" | "private";

/**
 * How far a set reaches. World: more IPv4 addresses than a /8 has, or more IPv6 networks than a provider is given (a /20, RIPE-738): nobody
 * owns that many, so it stands for everyone.
 */
export function reachOf(addresses: AddressSet): Reach {
  const outside = publicPart(addresses);
  const { ipv4, networks } = sizeOf(outside);
  if (ipv4 >= 2 ** 24 || networks >= 2 ** 44) return "world";
  return outside.length > 0 ? "public" : "private";
}
