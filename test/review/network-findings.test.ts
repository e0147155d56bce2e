import { describe, expect, test } from "@jest/globals";
import { networkAcls } from "../../review/findings/network-acls.ts";
import { networkGroups } from "../../review/findings/network-groups.ts";
import { networkGuards } from "../../review/findings/network-guards.ts";
import { networkPrefixLists } from "../../review/findings/network-prefix-lists.ts";
import { networkRoutes } from "../../review/findings/network-routes.ts";
import { networkSettings } from "../../review/findings/network-settings.ts";
import { afterApply, type Change, created, deleted, plan, replaced, unchanged, updated, type Values } from "./plans.ts";
import { alarms, told } from "./told.ts";

const group = unchanged("aws_security_group.g", { id: "sg-1", name: "g" });
const rule = (cidr: string, from = 22, to = from, more: Values = {}): Values => ({
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: from,
  to_port: to,
  cidr_ipv4: cidr,
  ...more,
});
const ingress = "aws_vpc_security_group_ingress_rule";
const office = (...cidrs: readonly string[]): Values => ({
  id: "pl-1",
  name: "office",
  entry: cidrs.map((cidr) => ({ cidr, description: "office" })),
});
const byList: Values = { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22, prefix_list_id: "pl-1" };
const inline = (...blocks: readonly Values[]): Values => ({ id: "sg-1", name: "g", ingress: blocks });
const block = (cidrs: readonly string[], from: number, to = from, more: Values = {}): Values => ({
  protocol: "tcp",
  from_port: from,
  to_port: to,
  cidr_blocks: cidrs,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  ...more,
});

describe("security groups", () => {
  test.each<[string, readonly Change[], readonly string[]]>([
    ["world on SSH, created", [group, created(`${ingress}.r`, rule("0.0.0.0/0"))], ["danger network-exposed"]],
    [
      "world on SSH, on IPv6",
      [group, created(`${ingress}.r`, { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv6: "::/0" })],
      ["danger network-exposed"],
    ],
    [
      "world in halves",
      [group, created(`${ingress}.a`, rule("0.0.0.0/1")), created(`${ingress}.b`, rule("128.0.0.0/1"))],
      ["danger network-exposed"],
    ],
    ["world by an update", [group, updated(`${ingress}.r`, rule("10.0.0.0/8"), rule("0.0.0.0/0"))], ["danger network-exposed"]],
    ["world on HTTPS", [group, created(`${ingress}.r`, rule("0.0.0.0/0", 443))], ["caution network-exposed"]],
    ["world on HTTPS and more", [group, created(`${ingress}.r`, rule("0.0.0.0/0", 443, 8443))], ["danger network-exposed"]],
    ["world by ping", [group, created(`${ingress}.r`, rule("0.0.0.0/0", -1, -1, { ip_protocol: "icmp" }))], ["caution network-exposed"]],
    ["an office", [group, created(`${ingress}.r`, rule("203.0.113.0/24"))], ["caution network-exposed"]],
    ["a VPC", [group, created(`${ingress}.r`, rule("10.20.0.0/16"))], ["info network-opened"]],
    [
      "another group",
      [
        group,
        created(`${ingress}.r`, {
          security_group_id: "sg-1",
          ip_protocol: "tcp",
          from_port: 22,
          to_port: 22,
          referenced_security_group_id: "sg-2",
        }),
      ],
      [],
    ],
    ["a whole private block", [group, created(`${ingress}.r`, rule("10.0.0.0/8", 443))], ["caution network-opened"]],
    [
      "a whole private block, in a new group",
      [
        created("aws_security_group.g", { name: "g" }),
        created(`${ingress}.r`, rule("10.0.0.0/8", 443, 443, { security_group_id: afterApply })),
      ],
      ["info network-opened"],
    ],
    [
      "every port to a VPC",
      [group, updated(`${ingress}.r`, rule("10.20.0.0/16", 443), rule("10.20.0.0/16", 0, 65535))],
      ["caution network-opened"],
    ],
    [
      "every port to another group",
      [group, created(`${ingress}.r`, { security_group_id: "sg-1", ip_protocol: "-1", referenced_security_group_id: "sg-2" })],
      ["caution network-opened"],
    ],
    [
      "every port to itself",
      [group, created(`${ingress}.r`, { security_group_id: "sg-1", ip_protocol: "-1", referenced_security_group_id: "sg-1" })],
      [],
    ],
    ["more ports", [group, updated(`${ingress}.r`, rule("0.0.0.0/0", 443), rule("0.0.0.0/0", 0, 65535))], ["danger network-exposed"]],
    [
      "the old kind of rule",
      [group, created("aws_security_group_rule.r", { type: "ingress", security_group_id: "sg-1", ...block(["0.0.0.0/0"], 3306) })],
      ["danger network-exposed"],
    ],
    [
      "inline",
      [updated("aws_security_group.g", inline(block(["10.0.0.0/8"], 22)), inline(block(["10.0.0.0/8"], 22), block(["0.0.0.0/0"], 22)))],
      ["danger network-exposed"],
    ],
    [
      "inline, created",
      [created("aws_security_group.g", { name: "g", ingress: [block(["0.0.0.0/0"], 5432)] })],
      ["danger network-exposed"],
    ],
    [
      "the default group",
      [updated("aws_default_security_group.g", inline(), inline(block(["0.0.0.0/0"], 0, 0, { protocol: "-1" })))],
      ["danger network-exposed"],
    ],
    [
      "an address that is not known",
      [group, created(`${ingress}.r`, { ...rule(""), cidr_ipv4: afterApply })],
      ["caution network-source-unknown"],
    ],
    [
      "a new group without rules",
      [created("aws_security_group.g", { id: afterApply, name: "g", ingress: afterApply, egress: afterApply })],
      [],
    ],
    [
      "inline rules that are not known",
      [updated("aws_security_group.g", inline(block(["10.0.0.0/8"], 22)), { id: "sg-1", name: "g", ingress: afterApply })],
      ["caution network-source-unknown"],
    ],
    [
      "a prefix list with the world in it",
      [group, unchanged("aws_ec2_managed_prefix_list.l", office("0.0.0.0/1", "128.0.0.0/1")), created(`${ingress}.r`, byList)],
      ["danger network-exposed"],
    ],
    [
      "a prefix list that gets the world",
      [
        group,
        updated("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24"), office("203.0.113.0/24", "0.0.0.0/0")),
        unchanged(`${ingress}.r`, byList),
      ],
      ["danger network-exposed"],
    ],
    [
      "an entry of its own",
      [
        group,
        unchanged("aws_ec2_managed_prefix_list.l", office()),
        created("aws_ec2_managed_prefix_list_entry.e", { prefix_list_id: "pl-1", cidr: "0.0.0.0/0" }),
        unchanged(`${ingress}.r`, byList),
      ],
      ["danger network-exposed"],
    ],
    [
      "somebody else's prefix list",
      [group, created(`${ingress}.r`, { ...byList, prefix_list_id: "pl-9" })],
      ["caution network-prefix-list-unknown"],
    ],
    [
      "to the world, where it was limited",
      [
        group,
        created("aws_vpc_security_group_egress_rule.r", rule("0.0.0.0/0", 0, 65535)),
        unchanged("aws_vpc_security_group_egress_rule.s", rule("10.0.0.0/8")),
      ],
      ["caution network-egress-opened"],
    ],
  ])("%s", (_, changes, expected) => expect(told(networkGroups, plan({ changes }))).toEqual(expected));

  test.each<[string, readonly Change[]]>([
    [
      "a block cut into halves",
      [
        group,
        deleted(`${ingress}.r`, rule("0.0.0.0/0")),
        created(`${ingress}.a`, rule("0.0.0.0/1")),
        created(`${ingress}.b`, rule("128.0.0.0/1")),
      ],
    ],
    [
      "inline rules made into resources",
      [
        updated("aws_security_group.g", inline(block(["0.0.0.0/0"], 443)), { id: "sg-1", name: "g", ingress: [] }),
        created(`${ingress}.r`, rule("0.0.0.0/0", 443)),
      ],
    ],
    ["a rule under another address", [group, deleted(`${ingress}.r`, rule("0.0.0.0/0")), created(`${ingress}.s`, rule("0.0.0.0/0"))]],
    ["a rule replaced by the same", [group, replaced(`${ingress}.r`, rule("0.0.0.0/0"), rule("0.0.0.0/0"), "security_group_id")]],
    [
      "an address replaced by a list of it",
      [
        group,
        unchanged("aws_ec2_managed_prefix_list.l", office("203.0.113.0/24")),
        deleted(`${ingress}.r`, rule("203.0.113.0/24")),
        created(`${ingress}.s`, byList),
      ],
    ],
    ["a rule less", [group, deleted(`${ingress}.r`, rule("0.0.0.0/0"))]],
    [
      "another description",
      [group, updated(`${ingress}.r`, rule("0.0.0.0/0"), rule("0.0.0.0/0", 22, 22, { description: "0.0.0.0/0 ::/0" }))],
    ],
    [
      "tags",
      [
        updated(
          "aws_security_group.g",
          { ...inline(block(["0.0.0.0/0"], 22)), tags: {} },
          { ...inline(block(["0.0.0.0/0"], 22)), tags: { cidr: "0.0.0.0/0" } },
        ),
      ],
    ],
  ])("stays as it is: %s", (_, changes) => expect(told(networkGroups, plan({ changes }))).toEqual([]));

  test("a replaced group and its rules: by what the configuration refers to", () => {
    const address = `${ingress}.r`;
    const changes = [
      replaced("aws_security_group.g", { id: "sg-1", name: "g" }, { id: afterApply, name: "h" }, "name"),
      replaced(address, rule("0.0.0.0/0"), { ...rule("0.0.0.0/0"), security_group_id: afterApply }, "security_group_id"),
    ];
    expect(told(networkGroups, plan({ changes, references: { [address]: ["aws_security_group.g.id", "aws_security_group.g"] } }))).toEqual(
      [],
    );
  });

  test("says who reaches what", () => {
    const changes = [group, unchanged(`${ingress}.r`, rule("10.0.0.0/8")), created(`${ingress}.s`, rule("0.0.0.0/0", 22, 23))];
    expect(networkGroups(plan({ changes }))).toMatchObject([
      {
        address: `${ingress}.s`,
        title: `${ingress}.s: opens aws_security_group.g to everybody in the internet`,
        details: ["0.0.0.0/0 but 10.0.0.0/8: tcp 22", "0.0.0.0/0: tcp 23"],
      },
    ]);
  });
});

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
