/** Names: who they lead to, who answers for them. A wrong one is outside of every rollback for the length of its TTL. */
import type { Danger, Detector, Finding, Json, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { canonical } from "../plan/json.ts";
import { findingOn, type Kind } from "../reading/changes.ts";
import { changes, type Switch, switched } from "../reading/switches.ts";
import { isUnknownAt, numberOf, textOf, textsOf, valueAt } from "../reading/values.ts";

const removed: Kind = {
  rule: "dns-record-removed",
  danger: "caution",
  because: "Whoever uses the name finds nothing once caches forget it",
  remedy: "check that nothing asks for it any more",
};
const moved: Omit<Kind, "danger"> = {
  rule: "dns-record-changed",
  because: "The name leads elsewhere; resolvers keep the old answer up to its TTL, and keep a wrong one just as long",
};
const delegation: Kind = {
  rule: "dns-delegation-changed",
  danger: "danger",
  because: "Other name servers answer for the name and everything below it",
  remedy: "compare with the name servers of the zone that it delegates to",
};
const weighted: Kind = { rule: "dns-traffic-moved", danger: "caution", because: "Another share of requests goes to each target" };
const ttl: Kind = { rule: "dns-ttl", danger: "info", because: "It says how long a wrong answer lives" };
const overwrite: Kind = {
  rule: "dns-overwrite",
  danger: "caution",
  because: "A record that somebody else made is replaced without a word",
};
const zone: Kind = {
  rule: "dns-zone-removed",
  danger: "danger",
  because: "All its names stop to resolve; a new zone has other name servers, which the parent has to learn",
  remedy: "keep it",
};
const signing: Kind = {
  rule: "dns-signing-off",
  danger: "danger",
  because: "While the parent still has the DS record, resolvers that check signatures refuse all names of the zone",
  remedy: "remove the DS record at the parent first, and wait for its TTL",
};
const association: Kind = {
  rule: "dns-zone-unassociated",
  danger: "caution",
  because: "The VPC no longer resolves the names of the private zone",
};

const records = ["aws_route53_record"];
const rows: readonly Switch[] = [
  {
    types: records,
    path: ["ttl"],
    tells: (after, before) => numberOf(after) !== undefined && numberOf(before) !== undefined,
    onCreate: false,
    kind: ttl,
    what: "lives another time in caches",
  },
  {
    types: records,
    path: ["weighted_routing_policy", "weight"],
    tells: changes,
    onCreate: false,
    kind: weighted,
    what: "gets another share of requests",
  },
  {
    types: records,
    path: ["allow_overwrite"],
    tells: (after, before) => after === true && before !== true,
    onCreate: true,
    kind: overwrite,
    what: "overwrites what is there",
  },
  {
    types: ["aws_route53_hosted_zone_dnssec"],
    path: ["signing_status"],
    tells: (after, before) => before === "SIGNING" && after !== "SIGNING",
    onCreate: false,
    kind: signing,
    what: "is no longer signed",
  },
  {
    types: ["aws_route53_key_signing_key"],
    path: ["status"],
    tells: (after, before) => before === "ACTIVE" && after !== "ACTIVE",
    onCreate: false,
    kind: signing,
    what: "no longer signs",
  },
];

/** What goes with a resource that is deleted. */
const losses: Readonly<Record<string, readonly [Kind, string]>> = {
  aws_route53_zone: [zone, "the zone is deleted"],
  aws_route53_hosted_zone_dnssec: [signing, "the zone is no longer signed"],
  aws_route53_zone_association: [association, "a VPC is taken off the zone"],
};

export const dnsRecords: Detector = (plan) => [
  ...switched(plan, rows),
  ...plan.changes.flatMap((change) => [...lost(plan, change), ...answers(plan, change), ...vpcs(plan, change)]),
];

function lost(plan: StackPlan, { type, action, address }: ResourceChange): readonly Finding[] {
  const [kind, what] = losses[type] ?? [];
  const goes = action === "delete" || (action === "replace" && type === "aws_route53_zone");
  return goes && kind !== undefined && what !== undefined ? [findingOn(plan, address, kind, what)] : [];
}

/** What a record is known by; several of a name are told apart by their set identifier. */
function keyOf(values: JsonObject | null): string {
  const zoneOf = textOf(values?.zone_id) ?? "";
  return [zoneOf, textOf(values?.name)?.replace(/\.$/, "").toLowerCase(), values?.type, values?.set_identifier ?? ""].join(" ");
}

function answers(plan: StackPlan, change: ResourceChange): readonly Finding[] {
  const { type, action, address, before, after } = change;
  if (type !== "aws_route53_record" || before === null) return [];
  const name = `${textOf(before.name) ?? "?"} ${textOf(before.type) ?? "?"}`;
  const isDelegation = before.type === "NS";
  const successor = action === "delete" || keyOf(before) !== keyOf(after) ? otherWith(plan, change) : after;
  if (successor === undefined || successor === null) {
    const zoneGoes = plan.changes.some(
      (each) => each.type === "aws_route53_zone" && each.action === "delete" && each.before?.zone_id === before.zone_id,
    );
    if (zoneGoes) return [];
    return [findingOn(plan, address, isDelegation ? delegation : removed, `${name} is removed`, [`was: ${answerOf(before)}`])];
  }
  const unknown = action !== "delete" && ["records", "alias"].some((part) => isUnknownAt(change, [part]));
  if (answerOf(before) === answerOf(successor) && !unknown) return [];
  const kind: Kind = isDelegation ? delegation : { ...moved, danger: dangerOf(before.type) };
  const line = `${answerOf(before)} → ${answerOf(successor)}${unknown ? " (some known only after apply)" : ""}`;
  return [findingOn(plan, address, kind, `${name} leads elsewhere`, [line])];
}

/** Verification texts change every day; what people and mail go to does not. */
function dangerOf(type: Json | undefined): Danger {
  return type === "TXT" || type === "CAA" ? "info" : "caution";
}

/** The same record under another address. */
function otherWith(plan: StackPlan, { before, address }: ResourceChange): JsonObject | undefined {
  return plan.planned.find(
    (object) => object.type === "aws_route53_record" && object.address !== address && keyOf(object.values) === keyOf(before),
  )?.values;
}

/** Its answer as one text, in no order: resolvers mix it anyway. */
function answerOf(values: JsonObject): string {
  const alias = valueAt(values, ["alias", "name"]);
  if (alias !== undefined && alias !== null) return `alias ${String(alias).replace(/\.$/, "").toLowerCase()}`;
  return [...textsOf(values.records)]
    .map((record) => (values.type === "TXT" ? record : record.replace(/\.$/, "")))
    .sort()
    .join(", ");
}

/** VPCs in the zone itself. */
function vpcs(plan: StackPlan, { type, action, address, before, after }: ResourceChange): readonly Finding[] {
  if (type !== "aws_route53_zone" || action !== "update") return [];
  const ids = (values: JsonObject | null) => [values?.vpc ?? []].flat().map((vpc) => canonical(valueAt(vpc, ["vpc_id"])));
  const kept = ids(after);
  const fewer = ids(before).filter((id) => !kept.includes(id));
  return fewer.length === 0 ? [] : [findingOn(plan, address, association, "VPCs are taken off the zone", fewer)];
}
