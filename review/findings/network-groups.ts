/** Who reaches what through security groups, by the result of all rules: what passes now that did not pass before. */

import type { Danger, Detector, Finding, StackPlan } from "../model.ts";
import { union } from "../network/addresses.ts";
import { type Direction, directions, type Group, groupsOf, manyPorts, type Opening } from "../network/groups.ts";
import { isEveryPrivate, reachOf } from "../network/known-addresses.ts";
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
  wide: {
    rule: "network-opened",
    danger: "caution",
    because: "A rule for one service is enough for it; what else listens there, now or later, answers as well",
    remedy: "name the port, and the networks or the group that need it",
  },
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
  const isNew = plan.changes.some(({ address, action }) => address === key && action === "create");
  const place = { plan, key, isNew, opened: culprits(plan, old, now) };
  const fresh = newTraffic(old?.flows ?? [], now.flows);
  const more = (pick: (opening: Opening) => ReadonlySet<string>) => [...pick(now)].filter((item) => !old || !pick(old).has(item)).sort();
  if (direction === "egress") return was ? egress(place, fresh) : [];
  const [lists, unsure] = [more((opening) => opening.lists), more((opening) => opening.unsure)];
  return [
    ...ingress(place, fresh, now),
    ...fromGroups(
      place,
      more((opening) => opening.wide),
    ),
    ...(lists.length > 0 ? [told(place, kinds.list, `to prefix list ${lists.join(", ")}`, lists)] : []),
    ...unsure.map((address) => findingOn(plan, address, kinds.unsure, `opens ${key} to addresses that are not known yet`)),
  ];
}

interface Place {
  readonly plan: StackPlan;
  /** The group. */
  readonly key: string;
  /** The plan makes it: whatever it lets in, it opens nothing that was closed. */
  readonly isNew: boolean;
  /** Changed resources that open it. */
  readonly opened: readonly string[];
}

/** Changed resources whose rules let more pass than all rules did before. A prefix list opens rules that do not change. */
function culprits(plan: StackPlan, old: Opening | undefined, now: Opening): readonly string[] {
  const changed = new Set(plan.changes.filter(({ action }) => action !== "delete").map(({ address }) => address));
  return [...now.byRule]
    .filter(([address, flows]) => changed.has(address) && (flows.length === 0 || newTraffic(old?.flows ?? [], flows).length > 0))
    .map(([address]) => address)
    .sort();
}

/** At the rule that does it; at the group where it is not one of its rules. */
function told({ plan, key, opened }: Place, kind: Kind, whom: string, lines: readonly string[]): Finding {
  const [first, ...others] = opened;
  const also = others.map((address) => `also by ${address}`);
  if (first === undefined || first === key) return findingOn(plan, key, kind, `is opened ${whom}`, [...lines, ...also]);
  return findingOn(plan, first, kind, `opens ${key} ${whom}`, [...lines, ...also]);
}

/** Nobody's address is told: who is in the other group changes by the hour. */
function fromGroups(place: Place, groups: readonly string[]): readonly Finding[] {
  return place.isNew || groups.length === 0 ? [] : [told(place, kinds.wide, "on every port to another group", groups)];
}

/** Whether a changed rule is for a whole private block. */
function namesEveryPrivate({ byRule }: Opening, changed: readonly string[]): boolean {
  return changed.some((address) => byRule.get(address)?.some(({ addresses }) => isEveryPrivate(addresses)));
}

function ingress(place: Place, fresh: readonly Flow[], now: Opening): readonly Finding[] {
  if (fresh.length === 0) return [];
  const danger = fresh.map(dangerOf).sort((one, other) => levels.indexOf(other) - levels.indexOf(one))[0] ?? "info";
  const lines = trafficLines(fresh);
  if (danger === "info") {
    const isWide = !place.isNew && (namesEveryPrivate(now, place.opened) || fresh.some(({ from, to }) => to - from >= manyPorts));
    return [told(place, isWide ? kinds.wide : kinds.inside, "to more private addresses", lines)];
  }
  const all = reachOf(union(...fresh.map(({ addresses }) => addresses)));
  return [told(place, { ...exposed, danger }, all === "world" ? "to everybody in the internet" : "to public addresses", lines)];
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
function egress(place: Place, fresh: readonly Flow[]): readonly Finding[] {
  const wide = fresh.filter(({ addresses }) => reachOf(addresses) === "world");
  return wide.length === 0 ? [] : [told(place, kinds.egress, "for sending to the whole internet", trafficLines(wide))];
}
