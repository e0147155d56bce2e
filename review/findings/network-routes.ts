/** Where traffic may go: private subnets that become public, and networks that get connected. */

import type { Detector, Finding, StackPlan } from "../model.ts";
import { publicSubnets, type Route, routesOf, subnetsOf } from "../network/routes.ts";
import { planned, present, type Side } from "../network/side.ts";
import { findingOn, type Kind } from "../reading/changes.ts";

const kinds = {
  public: {
    rule: "network-subnet-public",
    danger: "danger",
    because: "Whatever in it has a public address can be reached from the internet from now on",
    remedy: "route it to a NAT gateway; put what must be reached into a public subnet, behind a load balancer",
  },
  gateway: {
    rule: "network-internet-route",
    danger: "caution",
    because: "Subnets with this table become public; which ones is not in this plan",
    remedy: "check the associations of the table",
  },
  connected: {
    rule: "network-connected",
    danger: "caution",
    because: "Another network can be reached, and where it has a route back, it reaches this one",
    remedy: "check who owns the other side, and that security groups and ACLs name its addresses on purpose",
  },
  rerouted: { rule: "network-rerouted", danger: "info", because: "Traffic to these addresses takes another way" },
} as const satisfies Readonly<Record<string, Kind>>;

const relevant = /^aws_(default_)?route(_table(_association)?)?$|^aws_subnet$/;

export const networkRoutes: Detector = (plan) => {
  if (!plan.changes.some(({ type }) => relevant.test(type))) return [];
  const [before, after] = [present(plan), planned(plan)];
  return [...subnets(plan, before, after), ...routes(plan, before, after)];
};

/** Subnets that are there already: a new public subnet is what it was made to be. Told at the route or association that does it. */
function subnets(plan: StackPlan, before: Side, after: Side): readonly Finding[] {
  const existing = new Set(plan.present.filter(({ type }) => type === "aws_subnet").map(({ address }) => address));
  const was = publicSubnets(before);
  const becoming = [...publicSubnets(after)].filter((subnet) => !was.has(subnet) && (existing.has(subnet) || subnet.startsWith("subnet-")));
  const byCause = new Map<string, string[]>();
  for (const subnet of becoming.sort()) {
    const cause = causeOf(plan, after, subnet) ?? subnet;
    byCause.set(cause, [...(byCause.get(cause) ?? []), subnet]);
  }
  return [...byCause].map(([cause, names]) =>
    findingOn(plan, cause, kinds.public, "makes subnets public: their route table leads to an internet gateway", names),
  );
}

/** What changes of all that makes a subnet public: its association, or a route of its table. */
function causeOf(plan: StackPlan, side: Side, subnet: string): string | undefined {
  const changed = new Set(plan.changes.map(({ address }) => address));
  const association = side.objects.find(
    (object) =>
      object.type === "aws_route_table_association" &&
      changed.has(object.address) &&
      side.target(object, "subnet_id", ["aws_subnet"]) === subnet,
  );
  const table = [...subnetsOf(side)].find(([, names]) => names.includes(subnet))?.[0];
  const route = routesOf(side).find((each) => each.table === table && each.to === "internet gateway" && changed.has(each.address));
  return association?.address ?? route?.address;
}

function routes(plan: StackPlan, before: Side, after: Side): readonly Finding[] {
  const known = new Map(routesOf(before).map((route) => [keyOf(route), route.to]));
  const served = subnetsOf(after);
  return routesOf(after)
    .filter((route) => known.get(keyOf(route)) !== route.to)
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((route) => {
      const line = [`${route.destination} to the ${route.to}`];
      const isNewTable = after.isNew(route.table);
      if (route.to === "internet gateway") {
        return isNewTable || served.has(route.table)
          ? []
          : [findingOn(plan, route.address, kinds.gateway, "leads to an internet gateway", line)];
      }
      if (route.to === "transit gateway" || route.to === "peering") {
        return [findingOn(plan, route.address, kinds.connected, `leads to another network through a ${route.to}`, line)];
      }
      return known.has(keyOf(route)) ? [findingOn(plan, route.address, kinds.rerouted, `now leads to the ${route.to}`, line)] : [];
    });
}

const keyOf = ({ table, destination }: Route) => `${table} ${destination}`;
