/** Inbound rules of security groups and network ACLs in one form, however Terraform writes them. */
import { blocksOf, type Json, type JsonObject, listOf } from "../terraform-json.ts";

export interface Inbound {
  /** First and last port; -1 and 65535 for all protocols. */
  readonly from: number;
  readonly to: number;
  /** Whether TCP passes; ICMP types and UDP ports are written where TCP's ports are. */
  readonly tcp: boolean;
  readonly sources: readonly string[];
  readonly prefixLists: readonly string[];
}

/** Inbound rules of a security group, or the one of a rule resource. */
export function inboundOf(address: string, attributes: JsonObject): readonly Inbound[] {
  if (address.startsWith("aws_vpc_security_group_ingress_rule.")) {
    return [inbound(attributes, attributes.ip_protocol, ["cidr_ipv4", "cidr_ipv6"], ["prefix_list_id"])];
  }
  if (address.startsWith("aws_security_group_rule.")) return attributes.type === "ingress" ? [inline(attributes)] : [];
  return blocksOf(attributes, "ingress").map(inline);
}

/** A TCP port. */
export function includesPort({ from, to, tcp }: Inbound, port: number): boolean {
  return tcp && from <= port && port <= to;
}

/** Every address there is. */
export function isWorld(source: string): boolean {
  return source === "0.0.0.0/0" || source === "::/0";
}

function inline(block: JsonObject): Inbound {
  return inbound(block, block.protocol, ["cidr_blocks", "ipv6_cidr_blocks"], ["prefix_list_ids"]);
}

function inbound(block: JsonObject, protocol: Json | undefined, sources: readonly string[], prefixLists: readonly string[]): Inbound {
  const every = String(protocol) === "-1" || protocol === "all";
  return {
    from: every ? -1 : Number(block.from_port),
    to: every ? 65535 : Number(block.to_port),
    tcp: every || String(protocol) === "tcp" || String(protocol) === "6",
    sources: sources.flatMap((name) => listOf(block[name]).map(String)),
    prefixLists: prefixLists.flatMap((name) => listOf(block[name]).map(String)),
  };
}

/** A numbered rule of a network ACL. */
export interface Numbered extends Inbound {
  readonly number: number;
  readonly action: string;
}

/** Inbound rules of a network ACL, lowest number first: its own, and those of rule resources. */
export function numberedInbound(acl: JsonObject, separate: readonly JsonObject[]): readonly Numbered[] {
  const own = blocksOf(acl, "ingress").map((block) => numbered(block, block.rule_no, block.action));
  const others = separate.filter(({ egress }) => egress !== true).map((block) => numbered(block, block.rule_number, block.rule_action));
  return [...own, ...others].sort((left, right) => left.number - right.number);
}

function numbered(block: JsonObject, number: Json | undefined, action: Json | undefined): Numbered {
  return { ...inbound(block, block.protocol, ["cidr_block", "ipv6_cidr_block"], []), number: Number(number), action: String(action) };
}
