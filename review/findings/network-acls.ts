/** What network ACLs let in now that they kept out before. */

import type { Detector, Finding, StackPlan } from "../model.ts";
import { aclsOf, aclTypes, isAcl, passing, separateRules } from "../network/acls.ts";
import { union } from "../network/addresses.ts";
import { reachOf } from "../network/known-addresses.ts";
import { planned, present, type Side } from "../network/side.ts";
import { newTraffic, trafficLines } from "../network/traffic.ts";
import { findingOn, type Kind } from "../reading/changes.ts";

const opened: Omit<Kind, "danger"> = {
  rule: "network-acl-opened",
  because: "The ACL is the second wall: behind it only security groups decide, and a deny in it was there for a reason",
  remedy: "check which subnets have it, and put denies before allows (lowest number first)",
};
const unsure: Kind = {
  rule: "network-acl-unknown",
  danger: "caution",
  because: "Who gets in is known only after apply",
  remedy: "give the address range in the environment's data",
};

export const networkAcls: Detector = (plan) => {
  if (!plan.changes.some(({ type }) => isAcl(type) || type === "aws_network_acl_rule")) return [];
  const sides = [present(plan), planned(plan)] as const;
  const managed = separateRules(...sides);
  const [before, after] = [aclsOf(sides[0], managed), aclsOf(sides[1], managed)];
  const unknown = plan.planned
    .filter(
      ({ address, type }) =>
        type === "aws_network_acl_rule" && ["cidr_block", "ipv6_cidr_block"].some((name) => sides[1].isUnknown(address, name)),
    )
    .map(({ address }) => findingOn(plan, address, unsure, "lets in addresses that are not known yet"));
  const found = [...after].flatMap(([address, rules]): Finding[] => {
    const was = before.get(address);
    // A new ACL replaces the default one, which lets everything pass: it can only close.
    if (was === undefined && !plan.present.some((object) => object.address === address)) return [];
    const fresh = newTraffic(passing(was ?? [], "ingress"), passing(rules, "ingress"));
    if (fresh.length === 0) return [];
    const reach = reachOf(union(...fresh.map(({ addresses }) => addresses)));
    const danger = reach === "private" ? "info" : "caution";
    const [rule, ...others] = changedRules(plan, sides[1], address);
    const lines = trafficLines(fresh);
    return rule !== undefined && others.length === 0
      ? [findingOn(plan, rule, { ...opened, danger }, `lets in what ${address} kept out`, lines)]
      : [findingOn(plan, address, { ...opened, danger }, "lets in what it kept out", lines)];
  });
  return [...found, ...unknown].sort((one, other) => (one.address < other.address ? -1 : 1));
};

/** Rules of an ACL that have a resource of their own, and change. */
function changedRules(plan: StackPlan, side: Side, acl: string): readonly string[] {
  const changed = new Set(plan.changes.map(({ address }) => address));
  return side.objects
    .filter((object) => object.type === "aws_network_acl_rule" && changed.has(object.address))
    .filter((object) => side.target(object, "network_acl_id", aclTypes) === acl)
    .map(({ address }) => address);
}
