/** Who reaches what through security groups, by the result of all rules: what passes now that did not pass before. */

import type { Danger, Detector, Finding, StackPlan } from "../model.ts";
import { union } from "../network/addresses.ts";
import { type Direction, directions, type Group, groupsOf, type Opening } from "../network/groups.ts";
import { reachOf } from "../network/known-addresses.ts";
import { planned, present } from "../network/side.ts";
import { type Flow, newTraffic, trafficLines } from "../network/traffic.ts";
import { findingOn, type Kind } from "../reading/changes.ts";

const exposed: Omit<Kind, "danger"> = {
  rule: "network-exposed",
  because: "Whatever is behind the group answers to addresses that are not ours",
  remedy: "name the addresses, or let people in by Session Manager and programs by a load balancer",
};
const kinds = {
  inside: { rule: "network-opened", danger: "info", because: "More private addresses, or other groups, reach it" },
  list: {
    rule: "network-prefix-list-unknown",
    danger: "caution",
    because: "Who owns the list decides who gets in, and what is in it is not in this plan",
    remedy: "look it up: aws ec2 get-managed-prefix-list-entries",
  },
  unsure: {
    rule: "network-source-unknown",
    danger: "caution",
    because: "Who gets in is known only after apply: that may be everybody",
    remedy: "give the address range in the environment's data",
  },
  egress: {
    rule: "network-egress-opened",
    danger: "caution",
    because: "What was limited in where it may send to now reaches the internet, and so does data",
    remedy: "name the addresses or prefix lists of what it calls",
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** Any of these, changed, may open a group. */
const relevant = /^aws_(default_)?(vpc_)?security_group|^aws_ec2_managed_prefix_list/;

export const networkGroups: Detector = (plan) => {
  if (!plan.changes.some(({ type }) => relevant.test(type))) return [];
  const [before, after] = [groupsOf(present(plan)), groupsOf(planned(plan))];
  return [...after]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, group]) => directions.flatMap((direction) => compared(plan, key, direction, before.get(key), group)));
};

function compared(plan: StackPlan, key: string, direction: Direction, was: Group | undefined, is: Group): readonly Finding[] {
  const [old, now] = [was?.[direction], is[direction]];
  const fresh = newTraffic(old?.flows ?? [], now.flows);
  const address = addressOf(plan, key, is);
  const more = (pick: (opening: Opening) => ReadonlySet<string>) => [...pick(now)].filter((item) => !old || !pick(old).has(item)).sort();
  if (direction === "egress") return was ? egress(plan, address, fresh) : [];
  const [lists, unsure] = [more((opening) => opening.lists), more((opening) => opening.unsure)];
  return [
    ...ingress(plan, address, fresh),
    ...(lists.length > 0 ? [findingOn(plan, address, kinds.list, `opened to prefix list ${lists.join(", ")}`, lists)] : []),
    ...(unsure.length > 0 ? [findingOn(plan, address, kinds.unsure, "opened to addresses that are not known yet", unsure)] : []),
  ];
}

function ingress(plan: StackPlan, address: string, fresh: readonly Flow[]): readonly Finding[] {
  if (fresh.length === 0) return [];
  const danger = fresh.map(dangerOf).sort((one, other) => levels.indexOf(other) - levels.indexOf(one))[0] ?? "info";
  const lines = trafficLines(fresh);
  if (danger === "info") return [findingOn(plan, address, kinds.inside, "reached by more private addresses", lines)];
  const all = reachOf(union(...fresh.map(({ addresses }) => addresses)));
  const who = all === "world" ? "everybody in the internet" : "public addresses";
  return [findingOn(plan, address, { ...exposed, danger }, `reached by ${who}`, lines)];
}

const levels: readonly Danger[] = ["info", "caution", "danger"];

/** Web ports are what load balancers are there for; everything else of the world's is not. */
function dangerOf({ protocol, from, to, addresses }: Flow): Danger {
  const reach = reachOf(addresses);
  if (reach === "private") return "info";
  const isWeb = protocol === "tcp" && from === to && (from === 80 || from === 443);
  // An answer to a ping tells that something is there, no more.
  return reach === "world" && !isWeb && protocol !== "icmp" ? "danger" : "caution";
}

/** New groups may send as they like: that is how most begin. Told is a limit that is taken off. */
function egress(plan: StackPlan, address: string, fresh: readonly Flow[]): readonly Finding[] {
  const wide = fresh.filter(({ addresses }) => reachOf(addresses) === "world");
  return wide.length === 0 ? [] : [findingOn(plan, address, kinds.egress, "may send to the whole internet", trafficLines(wide))];
}

/** The group where this stack has it; else the first of its rules that changes. */
function addressOf(plan: StackPlan, key: string, { addresses }: Group): string {
  if (plan.planned.some(({ address }) => address === key)) return key;
  const changed = new Set(plan.changes.map(({ address }) => address));
  return [...addresses].sort().find((address) => changed.has(address)) ?? addresses[0] ?? key;
}
