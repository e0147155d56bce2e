/** Guards against somebody's production cluster: which API servers a rehearsal may use without being told twice. */
import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";

/** Addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const resolveByDns: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * Why this server is not taken for one of this machine or network; undefined where it is. Names count by loopback addresses only: the
 * name of a private EKS endpoint leads to private addresses, too.
 */
export async function notLocal(server: string, resolve: Resolve = resolveByDns): Promise<string | undefined> {
  const host = new URL(server).hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(host)) {
    const range = ipaddr.process(host).range();
    return ["loopback", "private", "uniqueLocal"].includes(range) ? undefined : `${host} is not a loopback or private address`;
  }
  const addresses = await resolve(host).catch((): readonly string[] => []);
  const loopback = addresses.length > 0 && addresses.every((address) => ipaddr.process(address).range() === "loopback");
  return loopback ? undefined : `${host} is a name that does not lead to this machine`;
}
