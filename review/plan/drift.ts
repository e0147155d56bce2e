/**
 * Which of Terraform's `resource_drift` somebody made. It lists every difference between state and reality, and most of it is what AWS
 * fills in after a create: ids, zero values, rules that have resources of their own. A report that shows all of it is not read.
 */
import type { AttributeChange, Json, PlannedResource, ResourceChange } from "../model.ts";
import { type Configured, withoutIndexes } from "./configured.ts";
import { isList } from "./json.ts";
import { recorded } from "./release-drift.ts";

interface Around {
  readonly configured: Configured;
  /** What the plan is going to change; empty for a refresh-only plan. */
  readonly changes: readonly ResourceChange[];
  readonly refreshOnly: boolean;
  readonly present: readonly PlannedResource[];
}

/** Attributes that collect what other resources make. More elements than there are such resources: somebody added one by hand. */
const collections: readonly {
  readonly type: string;
  readonly attribute: string;
  /** Types of the resources that make an element, with the attribute that names the owner by this attribute of it. */
  readonly made: readonly string[];
  readonly owner: string;
  readonly by: string;
}[] = [
  { type: "aws_security_group", attribute: "ingress", made: ["aws_vpc_security_group_ingress_rule"], owner: "security_group_id", by: "id" },
  { type: "aws_security_group", attribute: "egress", made: ["aws_vpc_security_group_egress_rule"], owner: "security_group_id", by: "id" },
  { type: "aws_route_table", attribute: "route", made: ["aws_route"], owner: "route_table_id", by: "id" },
  { type: "aws_iam_role", attribute: "inline_policy", made: ["aws_iam_role_policy"], owner: "role", by: "name" },
  { type: "aws_iam_role", attribute: "managed_policy_arns", made: ["aws_iam_role_policy_attachment"], owner: "role", by: "name" },
];

/** Drift that matters, with only the differences that do. */
export function relevantDrift(drift: readonly ResourceChange[], around: Around): ResourceChange[] {
  const changing = new Map(around.changes.map((change) => [change.address, change]));
  return drift.flatMap((change) => {
    // In an ordinary plan, what the plan does not act on has no effect: it is ignored on purpose, or computed.
    const acted = changing.get(change.address);
    if (!around.refreshOnly && acted === undefined) return [];
    if (change.action !== "update") return change.action === "no-op" ? [] : [change];
    const touched = new Set(acted?.attributes.map(({ path }) => path[0]));
    const set = around.configured.get(withoutIndexes(change.address));
    const attributes = change.attributes.filter((attribute) => {
      const [name] = attribute.path;
      if (attribute.unknown || isNoise(attribute)) return false;
      if (around.refreshOnly ? set?.has(String(name)) : touched.has(name)) return true;
      return isByHand(change, String(name), around.present);
    });
    return attributes.length === 0 ? [] : [{ ...change, attributes }];
  });
}

/** EC2 returns protocols as numbers where people write names (IANA's list), and zero where nothing was set. */
const protocols: Readonly<Record<string, string>> = { tcp: "6", udp: "17", icmp: "1", icmpv6: "58", all: "-1" };

function isNoise({ path, before, after }: AttributeChange): boolean {
  if (isZero(before) && isZero(after)) return true;
  return path.at(-1) === "protocol" && protocolOf(before) === protocolOf(after);
}

function protocolOf(value: Json): string {
  return protocols[String(value)] ?? String(value);
}

function isZero(value: Json): boolean {
  return value === null || value === "" || value === 0 || value === false || (isList(value) && value.length === 0);
}

function isByHand(change: ResourceChange, attribute: string, present: readonly PlannedResource[]): boolean {
  if (change.type === "helm_release" && attribute === recorded) return true;
  const collection = collections.find((entry) => entry.type === change.type && entry.attribute === attribute);
  const elements = change.after?.[attribute];
  const owner = collection && change.after?.[collection.by];
  if (collection === undefined || !isList(elements) || owner === undefined) return false;
  const made = present.filter(({ type, values }) => collection.made.includes(type) && values[collection.owner] === owner);
  return elements.reduce<number>((count, element) => count + sources(element), 0) > made.length;
}

/** A rule of a security group lists all sources of the same ports in one element; a resource makes one of them. */
function sources(element: Json): number {
  if (typeof element !== "object" || element === null || isList(element)) return 1;
  const lists = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"].map((key) => element[key]);
  const listed = lists.reduce<number>((count, list) => count + (isList(list) ? list.length : 0), element.self === true ? 1 : 0);
  return Math.max(1, listed);
}
