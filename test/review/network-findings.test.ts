/** Ways through the network beside security groups: prefix lists, ACLs, routes, what faces the internet, and what guards it. */
import { describe, expect, test } from "@jest/globals";
import { networkAcls } from "../../review/findings/network-acls.ts";
import { networkGuards } from "../../review/findings/network-guards.ts";
import { networkPrefixLists } from "../../review/findings/network-prefix-lists.ts";
import { networkRoutes } from "../../review/findings/network-routes.ts";
import { networkSettings } from "../../review/findings/network-settings.ts";
import { afterApply, type Change, created, deleted, plan, replaced, unchanged, updated, type Values } from "./plans.ts";
import { alarms, told } from "./told.ts";

const office = (...cidrs: readonly string[]): Values => ({ id: "pl-1", name: "office", entry: cidrs.map((cidr) => ({ cidr })) });

describe("prefix lists", () => {
  test.each<[string, Change, readonly string[]]>([
    [
      "everybody",
      updated("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24"), office("0.0.0.0/0")),
      ["danger network-prefix-list-widened"],
    ],
    [
      "one more office",
      updated("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24"), office("203.0.113.0/24", "198.51.100.0/24")),
      ["caution network-prefix-list-widened"],
    ],
    [
      "one office less",
      updated("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24", "198.51.100.0/24"), office("203.0.113.0/24")),
      [],
    ],
    ["halves", updated("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24"), office("203.0.113.0/25", "203.0.113.128/25")), []],
    ["a new list", created("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24")), []],
  ])("%s", (_, change, expected) => expect(told(networkPrefixLists, plan({ changes: [change] }))).toEqual(expected));
});

describe("network ACLs", () => {
  const line = (rule_no: number, action: string, cidr_block: string, port = 22): Values => ({
    rule_no,
    action,
    cidr_block,
    protocol: "tcp",
    from_port: port,
    to_port: port,
  });
  const acl = (...rules: readonly Values[]): Values => ({ id: "acl-1", ingress: rules });
  const single = (number: number, rule_action: string, cidr_block: string): Values => ({
    network_acl_id: "acl-1",
    egress: false,
    rule_number: number,
    rule_action,
    cidr_block,
    protocol: "tcp",
    from_port: 22,
    to_port: 22,
  });
  const [allow, deny] = [line(100, "allow", "0.0.0.0/0"), line(90, "deny", "198.51.100.0/24")];
  test.each<[string, readonly Change[], readonly string[]]>([
    ["an allow", [updated("aws_network_acl.a", acl(), acl(allow))], ["caution network-acl-opened"]],
    ["a deny gone", [updated("aws_network_acl.a", acl(deny, allow), acl(allow))], ["caution network-acl-opened"]],
    [
      "a deny behind the allow",
      [updated("aws_network_acl.a", acl(deny, allow), acl(allow, { ...deny, rule_no: 110 }))],
      ["caution network-acl-opened"],
    ],
    ["a deny added", [updated("aws_network_acl.a", acl(allow), acl(deny, allow))], []],
    [
      "other numbers, the same order",
      [updated("aws_network_acl.a", acl(deny, allow), acl({ ...deny, rule_no: 10 }, { ...allow, rule_no: 20 }))],
      [],
    ],
    [
      "an allow in halves",
      [updated("aws_network_acl.a", acl(allow), acl(line(100, "allow", "0.0.0.0/1"), line(101, "allow", "128.0.0.0/1")))],
      [],
    ],
    ["a private range", [updated("aws_network_acl.a", acl(), acl(line(100, "allow", "10.0.0.0/8")))], []],
    ["a new ACL", [created("aws_network_acl.a", acl(allow))], []],
    [
      "a rule of its own",
      [unchanged("aws_network_acl.a", acl(deny)), created("aws_network_acl_rule.r", single(100, "allow", "0.0.0.0/0"))],
      ["caution network-acl-opened"],
    ],
    [
      "a deny of its own gone, still listed by the ACL",
      [
        unchanged("aws_network_acl.a", acl(deny, allow)),
        deleted("aws_network_acl_rule.r", single(90, "deny", "198.51.100.0/24")),
        unchanged("aws_network_acl_rule.s", single(100, "allow", "0.0.0.0/0")),
      ],
      ["caution network-acl-opened"],
    ],
    [
      "known after apply",
      [unchanged("aws_network_acl.a", acl()), created("aws_network_acl_rule.r", { ...single(100, "allow", ""), cidr_block: afterApply })],
      ["caution network-acl-unknown"],
    ],
  ])("%s", (_, changes, expected) => expect(alarms(networkAcls, plan({ changes }))).toEqual(expected));
});

describe("routes", () => {
  const table = unchanged("aws_route_table.t", { id: "rtb-1", route: [] });
  const out = unchanged("aws_route_table.p", { id: "rtb-2", route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }] });
  const subnet = unchanged("aws_subnet.s", { id: "subnet-1" });
  const uses = (route_table_id: string): Values => ({ id: "a", subnet_id: "subnet-1", route_table_id });
  const associated = unchanged("aws_route_table_association.a", uses("rtb-1"));
  const route = (way: Values): Values => ({ route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", ...way });
  test.each<[string, readonly Change[], readonly string[]]>([
    [
      "a private subnet gets a way in",
      [table, subnet, associated, created("aws_route.r", route({ gateway_id: "igw-1" }))],
      ["danger network-subnet-public"],
    ],
    [
      "a private subnet moves to a public table",
      [table, out, subnet, updated("aws_route_table_association.a", uses("rtb-1"), uses("rtb-2"))],
      ["danger network-subnet-public"],
    ],
    [
      "in the table itself",
      [
        updated(
          "aws_route_table.t",
          { id: "rtb-1", route: [] },
          { id: "rtb-1", route: [{ ipv6_cidr_block: "::/0", gateway_id: "igw-1" }] },
        ),
        subnet,
        associated,
      ],
      ["danger network-subnet-public"],
    ],
    [
      "a table whose subnets are elsewhere",
      [table, created("aws_route.r", route({ gateway_id: "igw-1" }))],
      ["caution network-internet-route"],
    ],
    ["a NAT gateway", [table, subnet, associated, created("aws_route.r", route({ nat_gateway_id: "nat-1" }))], []],
    ["another NAT gateway", [table, updated("aws_route.r", route({ nat_gateway_id: "nat-1" }), route({ nat_gateway_id: "nat-2" }))], []],
    ["a peering", [table, created("aws_route.r", route({ vpc_peering_connection_id: "pcx-1" }))], ["caution network-connected"]],
    ["a transit gateway", [table, created("aws_route.r", route({ transit_gateway_id: "tgw-1" }))], ["caution network-connected"]],
    [
      "a new public subnet",
      [
        created("aws_route_table.p", { id: afterApply }),
        created("aws_subnet.s", { id: afterApply }),
        created("aws_route.r", { ...route({ gateway_id: "igw-1" }), route_table_id: afterApply }),
        created("aws_route_table_association.a", { subnet_id: afterApply, route_table_id: afterApply }),
      ],
      [],
    ],
  ])("%s", (_, changes, expected) => {
    const references = { "aws_route.r": ["aws_route_table.p"], "aws_route_table_association.a": ["aws_route_table.p", "aws_subnet.s"] };
    expect(alarms(networkRoutes, plan({ changes, references }))).toEqual(expected);
  });
});

test.each<[string, Change, readonly string[]]>([
  [
    "a load balancer faces the internet",
    replaced("aws_lb.l", { internal: true }, { internal: false }, "internal"),
    ["caution network-load-balancer-public"],
  ],
  ["a new one that does", created("aws_lb.l", { internal: false }), ["caution network-load-balancer-public"]],
  ["an internal one", created("aws_lb.l", { internal: true }), []],
  ["tags of one that does", updated("aws_lb.l", { internal: false, tags: {} }, { internal: false, tags: { a: "b" } }), []],
  [
    "public addresses by default",
    updated("aws_subnet.s", { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }),
    ["caution network-public-address"],
  ],
  [
    "public addresses of nodes",
    created("aws_launch_template.t", { network_interfaces: [{ associate_public_ip_address: "true" }] }),
    ["caution network-public-address"],
  ],
  ["a public database", created("aws_db_instance.d", { publicly_accessible: true }), ["danger network-database-public"]],
  [
    "an endpoint service for everybody",
    updated("aws_vpc_endpoint_service.s", { allowed_principals: ["a"] }, { allowed_principals: ["a", "*"] }),
    ["danger network-endpoint-service-opened"],
  ],
  [
    "an endpoint service without asking",
    updated("aws_vpc_endpoint_service.s", { acceptance_required: true }, { acceptance_required: false }),
    ["caution network-endpoint-service-opened"],
  ],
  ["a peering", created("aws_vpc_peering_connection.p", { peer_vpc_id: "vpc-2" }), ["caution network-connected"]],
  ["a peering less", deleted("aws_vpc_peering_connection.p", { peer_vpc_id: "vpc-2" }), []],
  ["not known any more", updated("aws_lb.l", { internal: true }, { internal: afterApply }), ["caution network-load-balancer-public"]],
])("settings: %s", (_, change, expected) => expect(told(networkSettings, plan({ changes: [change] }))).toEqual(expected));

const web = (action: string, ...rules: readonly string[]): Values => ({
  default_action: [{ [action]: [{}] }],
  rule: rules.map((name) => ({ name })),
});

test.each<[string, readonly Change[], readonly string[]]>([
  [
    "the web ACL of a load balancer",
    [deleted("aws_wafv2_web_acl_association.a", { resource_arn: "lb" })],
    ["danger network-guard-removed"],
  ],
  [
    "of a load balancer that goes",
    [deleted("aws_lb.l", { arn: "lb" }), deleted("aws_wafv2_web_acl_association.a", { resource_arn: "lb" })],
    [],
  ],
  [
    "under another address",
    [
      deleted("aws_wafv2_web_acl_association.a", { resource_arn: "lb" }),
      created("aws_wafv2_web_acl_association.b", { resource_arn: "lb" }),
    ],
    [],
  ],
  ["flow logs", [deleted("aws_flow_log.f", { vpc_id: "vpc-1" })], ["caution network-guard-removed"]],
  ["a rule of a web ACL", [updated("aws_wafv2_web_acl.w", web("block", "a", "b"), web("block", "a"))], ["caution network-web-acl-weaker"]],
  [
    "what a web ACL does with the rest",
    [updated("aws_wafv2_web_acl.w", web("block", "a"), web("allow", "a"))],
    ["danger network-web-acl-weaker"],
  ],
  ["one more rule", [updated("aws_wafv2_web_acl.w", web("allow", "a"), web("allow", "a", "b"))], []],
])("guards: %s", (_, changes, expected) => expect(told(networkGuards, plan({ changes }))).toEqual(expected));
