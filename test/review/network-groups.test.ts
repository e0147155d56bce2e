/** Who reaches what: security groups and their rules. */
import { describe, expect, test } from "@jest/globals";
import { networkGroups } from "../../review/findings/network-groups.ts";
import { afterApply, type Change, created, deleted, plan, replaced, unchanged, updated, type Values } from "./plans.ts";
import { told } from "./told.ts";

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
