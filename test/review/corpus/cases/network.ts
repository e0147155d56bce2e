/** Who reaches what: rules, lists, routes, load balancers. */
import { type Attributes, add, at, type Case, ref, remove, set } from "../case.ts";

const group = ref("aws_security_group.app.id");
const data = ref("aws_security_group.data.id");
const rule = (attributes: Attributes) => ({ security_group_id: group, ip_protocol: "tcp", ...attributes });
const ingress = (name: string) => `aws_vpc_security_group_ingress_rule.${name}`;
const acl = (attributes: Attributes) => ({
  network_acl_id: ref("aws_network_acl.data.id"),
  egress: false,
  protocol: "tcp",
  rule_action: "allow",
  ...attributes,
});
const found = ["network-", "exposure-", "sg-", "nacl-"];

export const network: readonly Case[] = [
  {
    id: "ssh-to-the-world",
    base: "sample",
    finds: found,
    at: "ssh",
    change: add(ingress("ssh"), rule({ cidr_ipv4: "0.0.0.0/0", from_port: 22, to_port: 22 })),
  },
  {
    id: "ssh-to-the-world-ipv6",
    base: "sample",
    finds: found,
    at: "ssh",
    change: add(ingress("ssh"), rule({ cidr_ipv6: "::/0", from_port: 22, to_port: 22 })),
  },
  {
    id: "world-in-two-halves",
    base: "sample",
    finds: found,
    at: "high",
    change: (draft) => {
      for (const [name, cidr] of Object.entries({ low: "0.0.0.0/1", high: "128.0.0.0/1" }))
        add(ingress(name), rule({ security_group_id: data, cidr_ipv4: cidr, from_port: 5432, to_port: 5432 }))(draft);
    },
  },
  {
    id: "world-by-prefix-list",
    base: "sample",
    finds: found,
    at: "offices",
    change: set("aws_ec2_managed_prefix_list.offices", {
      entry: [
        { cidr: "203.0.113.0/24", description: "Seoul" },
        { cidr: "0.0.0.0/0", description: "home" },
      ],
    }),
  },
  {
    id: "all-ports-to-the-world",
    base: "sample",
    finds: found,
    at: "app",
    change: set(ingress("app-https"), { cidr_ipv4: "0.0.0.0/0", from_port: 0, to_port: 65535 }),
  },
  {
    id: "world-by-inline-rule",
    base: "sample",
    finds: found,
    at: "open",
    change: add("aws_security_group.open", {
      name: "open",
      description: "open",
      vpc_id: ref("aws_vpc.main.id"),
      ingress: [
        {
          from_port: 3389,
          to_port: 3389,
          protocol: "tcp",
          cidr_blocks: ["0.0.0.0/0"],
          description: "",
          ipv6_cidr_blocks: [],
          prefix_list_ids: [],
          security_groups: [],
          self: false,
        },
      ],
    }),
  },
  {
    id: "world-by-old-rule-type",
    base: "sample",
    finds: found,
    at: "old",
    change: add("aws_security_group_rule.old", {
      type: "ingress",
      security_group_id: group,
      protocol: "tcp",
      from_port: 22,
      to_port: 22,
      cidr_blocks: ["0.0.0.0/0"],
    }),
  },
  {
    id: "acl-allows-before-it-denies",
    base: "sample",
    finds: found,
    at: "all",
    change: add("aws_network_acl_rule.all", acl({ rule_number: 10, cidr_block: "0.0.0.0/0", from_port: 22, to_port: 22 })),
  },
  { id: "acl-deny-removed", base: "sample", finds: [], change: remove("aws_network_acl_rule.data-deny-ssh") },
  {
    id: "load-balancer-public",
    base: "sample",
    finds: [...found, "load-balancer-", "resource-replaced", "lb-"],
    at: "aws_lb.app",
    change: set("aws_lb.app", { internal: false }),
  },
  {
    id: "private-subnets-routed-out",
    base: "sample",
    finds: [...found, "route-"],
    at: "out",
    change: add("aws_route.out", {
      route_table_id: ref("aws_route_table.private.id"),
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: ref("aws_internet_gateway.main.id"),
    }),
  },
  {
    id: "subnet-gives-public-addresses",
    base: "sample",
    finds: [...found, "subnet-"],
    at: "aws_subnet.a",
    change: set("aws_subnet.a", { map_public_ip_on_launch: true }),
  },
  {
    id: "record-elsewhere",
    base: "sample",
    finds: ["dns-"],
    at: "shop",
    change: set("aws_route53_record.shop", { records: ["somebody-else.example.net"] }),
  },
  {
    id: "record-deleted",
    base: "sample",
    finds: ["dns-", "resource-", "stateful-", "delete"],
    at: "shop",
    change: remove("aws_route53_record.shop"),
  },

  // Harmless: the same traffic, or less.
  {
    id: "rule-in-halves",
    base: "sample",
    finds: [],
    change: (draft) => {
      Object.assign(at(draft, ingress("app-https")), { cidr_ipv4: "10.0.0.0/9" });
      add(ingress("app-https-high"), rule({ cidr_ipv4: "10.128.0.0/9", from_port: 443, to_port: 443 }))(draft);
    },
  },
  { id: "rule-described", base: "sample", finds: [], change: set(ingress("app-https"), { description: "HTTPS from our networks" }) },
  { id: "rule-narrowed", base: "sample", finds: [], change: set(ingress("app-https"), { cidr_ipv4: "10.90.0.0/16" }) },
  { id: "rule-removed", base: "sample", finds: [], change: remove(ingress("app-offices")) },
  {
    id: "acl-renumbered",
    base: "sample",
    finds: [],
    change: set("aws_network_acl_rule.data-from-vpc", { rule_number: 110 }),
  },
  {
    id: "list-shorter",
    base: "sample",
    finds: [],
    change: set("aws_ec2_managed_prefix_list.offices", { entry: [{ cidr: "203.0.113.0/25", description: "Seoul" }] }),
  },
  {
    id: "rule-between-groups",
    base: "sample",
    finds: [],
    change: add(
      ingress("data-cache"),
      rule({ security_group_id: data, referenced_security_group_id: group, from_port: 6379, to_port: 6379 }),
    ),
  },
];
