/**
 * Who reaches which ports: an address set for each stretch of ports of each protocol. Rules become traffic, and traffic is compared, so it
 * does not matter how it was written: one rule or ten, blocks in halves, port ranges that overlap.
 */
import { type AddressSet, addressLines, minus, union } from "./addresses.ts";

/** `other` is everything without ports that people name: by protocol number. ICMP's types are not told apart. */
export type Protocol = "tcp" | "udp" | "icmp" | "other";

export interface Flow {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
  readonly addresses: AddressSet;
}

/** Flows of a rule. Protocol as AWS writes it: -1 or all, a name, or a number of IANA. */
export function flowsOf(protocol: string, from: number, to: number, addresses: AddressSet): readonly Flow[] {
  if (addresses.length === 0) return [];
  const name = protocol.toLowerCase();
  if (name === "-1" || name === "all") {
    return protocols.map((each) => ({ protocol: each, from: 0, to: lastPort[each], addresses }));
  }
  const known = names[name];
  if (known === "icmp") return [{ protocol: known, from: 0, to: 0, addresses }];
  // Ports of -1, and of a rule that has none, are all.
  if (known) return [{ protocol: known, from: Math.max(from, 0), to: to < 0 ? lastPort[known] : to, addresses }];
  return [{ protocol: "other", from: Number(name) || 0, to: Number(name) || 0, addresses }];
}

const protocols = ["tcp", "udp", "icmp", "other"] as const;
const lastPort: Readonly<Record<Protocol, number>> = { tcp: 65535, udp: 65535, icmp: 0, other: 255 };
const names: Readonly<Record<string, Protocol>> = {
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
  icmp: "icmp",
  "1": "icmp",
  icmpv6: "icmp",
  "58": "icmp",
};

/** What passes in `after` that did not pass in `before`, merged and sorted. */
export function newTraffic(before: readonly Flow[], after: readonly Flow[]): readonly Flow[] {
  return combine(before, after, (was, is) => minus(is, was));
}

/** Flows of both. */
export function together(one: readonly Flow[], other: readonly Flow[]): readonly Flow[] {
  return combine(one, other, (left, right) => union(left, right));
}

function combine(
  one: readonly Flow[],
  other: readonly Flow[],
  decide: (one: AddressSet, other: AddressSet) => AddressSet,
): readonly Flow[] {
  return protocols.flatMap((protocol) => {
    const [left, right] = [one, other].map((flows) => flows.filter((flow) => flow.protocol === protocol));
    return stretches([...(left ?? []), ...(right ?? [])]).reduce<readonly Flow[]>((result, [from, to]) => {
      const reached = (flows: readonly Flow[] = []) =>
        union(...flows.filter((flow) => flow.from <= from && to <= flow.to).map(({ addresses }) => addresses));
      return append(result, { protocol, from, to, addresses: decide(reached(left), reached(right)) });
    }, []);
  });
}

/** Stretches of ports in which no flow begins or ends. */
function stretches(flows: readonly Flow[]): readonly (readonly [number, number])[] {
  const starts = [...new Set(flows.flatMap(({ from, to }) => [from, to + 1]))].sort((one, next) => one - next);
  return starts.slice(0, -1).map((start, index) => [start, (starts[index + 1] ?? start + 1) - 1] as const);
}

/** Adds a stretch; one that goes on as the last did makes that longer. */
function append(flows: readonly Flow[], next: Flow): readonly Flow[] {
  if (next.addresses.length === 0) return flows;
  const last = flows.at(-1);
  if (last && last.to + 1 === next.from && last.protocol === next.protocol && isSame(last.addresses, next.addresses)) {
    return [...flows.slice(0, -1), { ...last, to: next.to }];
  }
  return [...flows, next];
}

function isSame(one: AddressSet, other: AddressSet): boolean {
  return one.length === other.length && one.every(({ first, last }, index) => other[index]?.first === first && other[index]?.last === last);
}

/** tcp 443; tcp 1024-65535; all tcp; icmp; all other protocols. */
export function portsText({ protocol, from, to }: Flow): string {
  if (protocol === "icmp") return "icmp";
  if (from === 0 && to === lastPort[protocol]) return protocol === "other" ? "all other protocols" : `all ${protocol}`;
  const range = from === to ? `${from}` : `${from}-${to}`;
  return protocol === "other" ? `protocol ${range}` : `${protocol} ${range}`;
}

/** Flows as lines for people: the same addresses together, at most `most` blocks named. */
export function trafficLines(flows: readonly Flow[], most = 8): readonly string[] {
  const byAddresses = new Map<string, string[]>();
  for (const flow of flows) {
    const blocks = addressLines(flow.addresses);
    const rest = blocks.length > most ? ` and ${blocks.length - most} more blocks` : "";
    const key = `${blocks.slice(0, most).join(", ")}${rest}`;
    byAddresses.set(key, [...(byAddresses.get(key) ?? []), portsText(flow)]);
  }
  return [...byAddresses].map(
    ([addresses, ports]) => `${addresses}: ${ports.length === protocols.length && everyPort(ports) ? "everything" : ports.join(", ")}`,
  );
}

const everyPort = (ports: readonly string[]) => ["all tcp", "all udp", "icmp", "all other protocols"].every((each) => ports.includes(each));
