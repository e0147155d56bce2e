/** From rows about peers to rules about blocks, and what such rules decide. Pure. */
import ipaddr from "ipaddr.js";
import type { AddressPlan, Tier } from "../../environments/address-plan.ts";
import type { NetworkConfig } from "../../environments/schema.ts";
import { naclRows, type Peer, type Row, type Traffic } from "./nacl-rules.ts";

/** Blocks behind each name in the rows; empty where the network has no such peer. */
export type Addresses = (peer: Peer) => readonly string[];

/** Addresses of every peer that the rows name. `operators`: blocks from which the cluster's private endpoint is reached. */
export function addressesOf(network: NetworkConfig, plan: AddressPlan, operators: readonly string[]): Addresses {
  const blocks: Readonly<Record<Peer, readonly string[]>> = {
    internet: ["0.0.0.0/0"],
    vpc: [network.cidr, ...plan.blocks("pods")],
    remote: [...new Set([...Object.values(network.peerings).map(({ cidr }) => cidr), ...(network.transitGateway?.routes ?? [])])],
    operators,
    public: plan.blocks("public"),
    private: plan.blocks("private"),
    pods: plan.blocks("pods"),
    data: plan.blocks("data"),
    intra: plan.blocks("intra"),
  };
  return (peer) => blocks[peer];
}

/** One rule as AWS takes it. Ports are 0 for "all" and ICMP, as AWS reports them. */
export interface Rule {
  readonly number: number;
  readonly action: "allow" | "deny";
  readonly protocol: "all" | "icmp" | "tcp" | "udp";
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidr: string;
}

export interface Packet {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** Source of an incoming, destination of an outgoing packet. */
  readonly address: string;
}

export const directions = ["ingress", "egress"] as const;
export type Direction = (typeof directions)[number];

const numbersPerRow = 10;
/** Rules per direction that AWS grants without asking (VPC user guide, "Amazon VPC quotas"). */
const quota = 20;

/** Rules of a tier's ACL in one direction. Throws a RangeError if a peer has more blocks than a row has numbers, or AWS takes no more rules. */
export function naclRules(tier: Tier, direction: Direction, addresses: Addresses): readonly Rule[] {
  const rules = naclRows[tier][direction].flatMap((row) => expand(row, addresses(row.peer)));
  if (rules.length > quota) {
    throw new RangeError(`The ${tier} tier's ACL has ${rules.length} ${direction} rules, AWS takes ${quota}. ${remedy}`);
  }
  return rules;
}

/** What a list of rules decides about a packet: the lowest number that matches, else deny. */
export function decide(rules: readonly Rule[], packet: Packet): "allow" | "deny" {
  const hit = [...rules].sort((a, b) => a.number - b.number).find((rule) => matches(rule, packet));
  return hit?.action ?? "deny";
}

const remedy = "Summarize the blocks of peerings, the transit gateway and cluster.endpoint.privateFrom into fewer, larger ones.";

function expand({ number, action, traffic, peer }: Row, blocks: readonly string[]): Rule[] {
  if (blocks.length > numbersPerRow) throw new RangeError(`ACL row ${number} is about ${blocks.length} blocks of ${peer}. ${remedy}`);
  return blocks.map((cidr, index) => ({ number: number + index, action, ...parse(traffic), cidr }));
}

function parse(traffic: Traffic): Pick<Rule, "protocol" | "fromPort" | "toPort"> {
  if (traffic === "all") return { protocol: "all", fromPort: 0, toPort: 0 };
  if (traffic === "unreachable") return { protocol: "icmp", fromPort: 0, toPort: 0 };
  const [, protocol, from, to = from] = /^(tcp|udp) (\d+)(?:-(\d+))?$/.exec(traffic) ?? [];
  if ((protocol !== "tcp" && protocol !== "udp") || from === undefined) throw new RangeError(`"${traffic}" is not a protocol and ports`);
  return { protocol, fromPort: Number(from), toPort: Number(to) };
}

function matches({ protocol, fromPort, toPort, cidr }: Rule, packet: Packet): boolean {
  if (!ipaddr.IPv4.parse(packet.address).match(ipaddr.IPv4.parseCIDR(cidr))) return false;
  return protocol === "all" || (protocol === packet.protocol && fromPort <= packet.port && packet.port <= toPort);
}
