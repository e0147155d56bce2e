/** Routes of tables, and which subnets use them: a subnet is public where its table has a route to an internet gateway. */
import type { JsonObject, PlannedResource } from "../model.ts";
import { objectsOf, textOf } from "../reading/values.ts";
import type { Side } from "./side.ts";

export const tableTypes = ["aws_route_table", "aws_default_route_table"] as const;

/** What a route can lead to, by the attribute that says so. */
const ways = {
  gateway_id: "gateway",
  egress_only_gateway_id: "egress-only gateway",
  transit_gateway_id: "transit gateway",
  vpc_peering_connection_id: "peering",
  nat_gateway_id: "NAT gateway",
  vpc_endpoint_id: "endpoint",
  network_interface_id: "network interface",
} as const;
type Attribute = keyof typeof ways;

export interface Route {
  readonly address: string;
  /** Address or id of the table. */
  readonly table: string;
  readonly destination: string;
  readonly to: "internet gateway" | (typeof ways)[Attribute];
}

/** All routes of a side, those of their own resources and those in tables. */
export function routesOf(side: Side): readonly Route[] {
  return side.objects.flatMap((object) => {
    if (object.type === "aws_route") {
      const table = side.target(object, "route_table_id", tableTypes) ?? object.address;
      return routeOf(side, object, object.values, table);
    }
    if (!(tableTypes as readonly string[]).includes(object.type)) return [];
    return objectsOf(object.values.route).flatMap((block) => routeOf(side, { ...object, values: block }, block, object.address));
  });
}

const gateways = ["aws_internet_gateway"] as const;

function routeOf(side: Side, object: PlannedResource, values: JsonObject, table: string): readonly Route[] {
  const { address } = object;
  const destination = [
    "destination_cidr_block",
    "cidr_block",
    "destination_ipv6_cidr_block",
    "ipv6_cidr_block",
    "destination_prefix_list_id",
  ]
    .map((name) => textOf(values[name]))
    .find((found) => found !== undefined);
  if (destination === undefined) return [];
  const route = { address, table, destination };
  const attribute = (Object.keys(ways) as Attribute[]).find((name) => textOf(values[name]) !== undefined || side.isUnknown(address, name));
  // In a block of the table nothing tells which attribute it is: a gateway, if the table refers to one.
  if (attribute === undefined && !side.isUnknown(address, "route")) return [];
  if (attribute !== undefined && attribute !== "gateway_id") return [{ ...route, to: ways[attribute] }];
  // `local` is the VPC itself; a virtual private gateway is no way out either.
  const gateway = textOf(values.gateway_id) ?? side.target({ ...object, values: {} }, "gateway_id", gateways) ?? "";
  const isInternet = gateway.startsWith("igw-") || gateway.startsWith("aws_internet_gateway.");
  return isInternet ? [{ ...route, to: "internet gateway" }] : gateway === "local" ? [] : [{ ...route, to: "gateway" }];
}

/** Subnets of each table, by address or id. */
export function subnetsOf(side: Side): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  for (const object of side.objects) {
    if (object.type !== "aws_route_table_association") continue;
    const table = side.target(object, "route_table_id", tableTypes);
    const subnet = side.target(object, "subnet_id", ["aws_subnet"]);
    if (table !== undefined && subnet !== undefined) tables.set(table, [...(tables.get(table) ?? []), subnet]);
  }
  return tables;
}

/** Subnets that the internet can reach, given an address. */
export function publicSubnets(side: Side): ReadonlySet<string> {
  const out = new Set(
    routesOf(side)
      .filter(({ to }) => to === "internet gateway")
      .map(({ table }) => table),
  );
  return new Set([...subnetsOf(side)].filter(([table]) => out.has(table)).flatMap(([, subnets]) => subnets));
}
