/**
 * What passes each security group, by all rules together: inline ones, and resources of three types. Security groups only allow, so the
 * result is their union.
 */
import type { JsonObject, PlannedResource } from "../model.ts";
import { numberOf, objectsOf, textOf, textsOf } from "../reading/values.ts";
import { type AddressSet, cidrSet, union } from "./addresses.ts";
import { listTypes, prefixLists } from "./prefix-lists.ts";
import type { Side } from "./side.ts";
import { type Flow, flowsOf } from "./traffic.ts";

export const groupTypes = ["aws_security_group", "aws_default_security_group"] as const;
export const directions = ["ingress", "egress"] as const;
export type Direction = (typeof directions)[number];

/** One direction of one group. */
export interface Opening {
  readonly flows: Flow[];
  /** The same by the resource whose rule it is. */
  readonly byRule: Map<string, readonly Flow[]>;
  /** Prefix lists of others, whose contents are not in this plan. */
  readonly lists: Set<string>;
  /** Rules whose other side is known only after the apply. */
  readonly unsure: Set<string>;
  /** Other groups from which every port is let in: their addresses are in no plan. */
  readonly wide: Set<string>;
}

export interface Group {
  readonly ingress: Opening;
  readonly egress: Opening;
}

/** By the address of the group, or its id where another stack has it. */
export function groupsOf(side: Side): ReadonlyMap<string, Group> {
  const lists = prefixLists(side);
  const groups = new Map<string, Group>();
  const groupAt = (key: string): Group => {
    const group = groups.get(key) ?? { ingress: opening(), egress: opening() };
    groups.set(key, group);
    return group;
  };
  for (const object of side.objects) {
    for (const direction of unsureInline(object, side)) groupAt(object.address)[direction].unsure.add(object.address);
    for (const rule of rulesOf(object, side)) {
      const group = groupAt(rule.group);
      const into = group[rule.direction];
      const { addresses, foreign, isUnsure } = otherSide(rule, object, side, lists);
      const flows = flowsOf(rule.protocol, rule.from, rule.to, addresses);
      into.flows.push(...flows);
      into.byRule.set(object.address, [...(into.byRule.get(object.address) ?? []), ...flows]);
      for (const list of foreign) into.lists.add(list);
      if (isUnsure) into.unsure.add(object.address);
      if (isWide(rule)) for (const peer of rule.peers) if (peer !== rule.group) into.wide.add(peer);
    }
  }
  return groups;
}

/** Inline rules that are not wholly known. What the provider fills in for a new group says nothing: then all of it is unknown. */
function unsureInline({ address, type, values }: PlannedResource, side: Side): readonly Direction[] {
  if (!(groupTypes as readonly string[]).includes(type)) return [];
  return directions.filter((direction) => side.isUnknown(address, direction) && (values[direction] !== undefined || !side.isNew(address)));
}

const opening = (): Opening => ({ flows: [], byRule: new Map(), lists: new Set(), unsure: new Set(), wide: new Set() });

/** More ports than any one service listens on. */
export const manyPorts = 1000;
const isWide = ({ protocol, from, to }: Rule) => protocol === "-1" || to - from >= manyPorts || from < 0;

interface Rule {
  readonly group: string;
  readonly direction: Direction;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly string[];
  readonly lists: readonly string[];
  /** Attributes that name the other side. */
  readonly sources: readonly string[];
  /** Groups on the other side. */
  readonly peers: readonly string[];
}

function rulesOf(object: PlannedResource, side: Side): readonly Rule[] {
  const { type, values, address } = object;
  const groupTarget = () => side.target(object, "security_group_id", groupTypes) ?? address;
  if (type === "aws_vpc_security_group_ingress_rule" || type === "aws_vpc_security_group_egress_rule") {
    const direction = type.includes("ingress") ? "ingress" : "egress";
    const blocks = [values.cidr_ipv4, values.cidr_ipv6].flatMap((value) => textOf(value) ?? []);
    const lists = textsOf(values.prefix_list_id);
    const sources = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id"];
    const peers = textsOf(side.target(object, "referenced_security_group_id", groupTypes));
    const isOfGroup = values.referenced_security_group_id !== undefined && values.referenced_security_group_id !== null;
    return [
      { ...ports(values, values.ip_protocol), group: groupTarget(), direction, blocks, lists, sources, peers: isOfGroup ? peers : [] },
    ];
  }
  if (type === "aws_security_group_rule") {
    const direction = values.type === "egress" ? "egress" : "ingress";
    return [{ ...inline(values), group: groupTarget(), direction }];
  }
  if (!(groupTypes as readonly string[]).includes(type)) return [];
  return directions.flatMap((direction) =>
    objectsOf(values[direction]).map((block) => ({ ...inline(block), group: address, direction, sources: [] })),
  );
}

function inline(block: JsonObject): Omit<Rule, "group" | "direction"> {
  const blocks = [...textsOf(block.cidr_blocks), ...textsOf(block.ipv6_cidr_blocks)];
  const sources = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"];
  const peers = [...textsOf(block.security_groups), ...textsOf(block.source_security_group_id)];
  return { peers, ...ports(block, block.protocol), blocks, lists: textsOf(block.prefix_list_ids), sources };
}

function ports(values: JsonObject, protocol: JsonObject[string] | undefined): Pick<Rule, "protocol" | "from" | "to"> {
  return { protocol: textsOf(protocol)[0] ?? "-1", from: numberOf(values.from_port) ?? -1, to: numberOf(values.to_port) ?? -1 };
}

interface OtherSide {
  readonly addresses: AddressSet;
  readonly foreign: readonly string[];
  readonly isUnsure: boolean;
}

function otherSide(rule: Rule, object: PlannedResource, side: Side, lists: ReturnType<typeof prefixLists>): OtherSide {
  const unknown = rule.sources.filter((attribute) => side.isUnknown(object.address, attribute));
  const asked = unknown.some((attribute) => attribute.startsWith("prefix_list"));
  const byReference = asked ? side.target({ ...object, values: {} }, "prefix_list_id", listTypes) : undefined;
  const ids = rule.lists.map((id) => side.target({ ...object, values: { id } }, "id", listTypes) ?? id);
  const named = [...ids, ...(byReference === undefined ? [] : [byReference])];
  const known = named.flatMap((name) => lists.get(name) ?? []);
  const left = unknown.filter((attribute) => !(attribute.startsWith("prefix_list") && byReference !== undefined));
  return {
    addresses: union(cidrSet(rule.blocks), ...known.map(({ addresses }) => addresses)),
    foreign: named.filter((name) => !lists.has(name)),
    isUnsure: left.length > 0 || known.some(({ isUnsure }) => isUnsure),
  };
}
