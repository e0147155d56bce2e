/** Who reaches what: groups, lists, routes, connections, records. */
import { type Attributes, add, all, at, type Case, policy, ref, remove, set } from "../../case.ts";

const app = ref("aws_security_group.app.id");
const data = ref("aws_security_group.data.id");
const ingress = (name: string) => `aws_vpc_security_group_ingress_rule.${name}`;
const out = (target: Attributes) =>
  add("aws_route.out", { route_table_id: ref("aws_route_table.private.id"), destination_cidr_block: "0.0.0.0/0", ...target });
const open = ["network-"];
const zones = (draft: Parameters<Case["change"]>[0], pattern: RegExp) =>
  Object.keys(draft.resource.aws_route ?? {}).filter((name) => pattern.test(name));

export const reach: readonly Case[] = [
  {
    id: "rule-of-all-protocols",
    base: "sample",
    finds: open,
    at: "app-https",
    change: (draft) => {
      const { from_port, to_port, ...rest } = at(draft, ingress("app-https"));
      remove(ingress("app-https"))(draft);
      add(ingress("app-https"), { ...rest, ip_protocol: "-1" })(draft);
    },
  },
  {
    id: "rule-of-all-ports",
    base: "sample",
    finds: open,
    at: "data-app",
    change: set(ingress("data-app"), { from_port: 0, to_port: 65535 }),
  },
  {
    id: "databases-from-load-balancers",
    base: "network",
    finds: open,
    at: "data_from-clients",
    change: add(ingress("groups_data_from-clients"), {
      security_group_id: ref("aws_security_group.groups_data.id"),
      referenced_security_group_id: ref("aws_security_group.groups_load-balancers.id"),
      ip_protocol: "-1",
    }),
  },
  {
    id: "world-in-four-entries",
    base: "sample",
    finds: open,
    at: "offices",
    change: set("aws_ec2_managed_prefix_list.offices", {
      entry: ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"].map((cidr) => ({ cidr, description: "" })),
    }),
  },
  {
    id: "office-becomes-a-continent",
    base: "sample",
    finds: open,
    at: "offices",
    change: set("aws_ec2_managed_prefix_list.offices", { entry: [{ cidr: "203.0.0.0/8", description: "Seoul" }] }),
  },
  {
    id: "egress-of-databases",
    base: "sample",
    finds: open,
    at: "leave",
    change: add("aws_vpc_security_group_egress_rule.leave", { security_group_id: data, ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }),
  },
  {
    id: "default-group-open",
    base: "network",
    finds: open,
    at: "vpc_default_security-group",
    change: set("aws_default_security_group.vpc_default_security-group", {
      ingress: [
        {
          from_port: 0,
          to_port: 0,
          protocol: "-1",
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
    id: "group-described-anew",
    base: "sample",
    finds: ["destroy", "replace", "network-"],
    at: "aws_security_group.app",
    change: set("aws_security_group.app", { description: "Application of the shop" }),
  },
  {
    id: "private-tier-by-internet-gateway",
    base: "network",
    finds: open,
    at: "private_apne2-az1_egress",
    change: (draft) => {
      const route = at(draft, "aws_route.routing_private_apne2-az1_egress");
      delete route.nat_gateway_id;
      route.gateway_id = ref("aws_internet_gateway.vpc_internet.id");
    },
  },
  {
    id: "one-nat-for-all",
    base: "network",
    finds: ["destroy"],
    at: "nat_",
    change: (draft) => {
      for (const name of zones(draft, /apne2-az[23]_egress/)) {
        const route = at(draft, `aws_route.${name}`);
        if (route.nat_gateway_id) route.nat_gateway_id = ref("aws_nat_gateway.nat_gateway_apne2-az1.id");
      }
      for (const zone of ["apne2-az2", "apne2-az3"]) remove(`aws_nat_gateway.nat_gateway_${zone}`, `aws_eip.nat_address_${zone}`)(draft);
    },
  },
  {
    id: "peered-with-other-account",
    base: "sample",
    finds: open,
    at: "partner",
    change: all(
      add("aws_vpc_peering_connection.partner", {
        vpc_id: ref("aws_vpc.main.id"),
        peer_vpc_id: "vpc-0a1b2c3d4e5f60718",
        peer_owner_id: "999900001111",
      }),
      add("aws_route.partner", {
        route_table_id: ref("aws_route_table.private.id"),
        destination_cidr_block: "10.200.0.0/16",
        vpc_peering_connection_id: ref("aws_vpc_peering_connection.partner.id"),
      }),
    ),
  },
  {
    id: "everything-by-transit-gateway",
    base: "sample",
    finds: open,
    at: "out",
    change: out({ transit_gateway_id: "tgw-0a1b2c3d4e5f60718" }),
  },
  {
    id: "endpoint-for-every-account",
    base: "network",
    finds: ["iam-", "network-"],
    at: "gateway-endpoints_s3",
    change: policy("aws_vpc_endpoint.gateway-endpoints_s3", "policy", ({ Statement: [first] }) => {
      delete first?.Condition;
    }),
  },
  {
    id: "flow-logs-of-less",
    base: "network",
    finds: ["destroy", "network-guard-removed", "logging", "flow"],
    at: "flow-logs_archive_log",
    change: set("aws_flow_log.flow-logs_archive_log", { traffic_type: "REJECT" }),
  },
  {
    id: "flow-logs-expire-soon",
    base: "network",
    finds: ["s3-lifecycle-", "retention-"],
    at: "flow-logs_archive_storage_expiry",
    change: (draft) => {
      const [rule] = at(draft, "aws_s3_bucket_lifecycle_configuration.flow-logs_archive_storage_expiry").rule as Attributes[];
      if (rule) rule.expiration = [{ days: 7 }];
    },
  },
  {
    id: "network-acl-lets-everything-in",
    base: "network",
    finds: open,
    at: "acls_data",
    change: (draft) => {
      const acl = at(draft, "aws_network_acl.acls_data");
      const [first] = acl.ingress as Attributes[];
      (acl.ingress as Attributes[]).unshift({ ...first, rule_no: 50, protocol: "-1", from_port: 0, to_port: 0, cidr_block: "0.0.0.0/0" });
    },
  },

  // Harmless: the same traffic, or less, or something new that is closed.
  {
    id: "rule-under-another-name",
    base: "sample",
    finds: [],
    change: (draft) => {
      const rule = at(draft, ingress("app-https"));
      remove(ingress("app-https"))(draft);
      add(ingress("app-from-inside"), rule)(draft);
    },
  },
  {
    id: "list-of-more-places-for-entries",
    base: "sample",
    finds: [],
    change: set("aws_ec2_managed_prefix_list.offices", {
      max_entries: 10,
      entry: [{ cidr: "203.0.113.0/24", description: "Seoul, Gangnam" }],
    }),
  },
  {
    id: "subnet-added",
    base: "sample",
    finds: [],
    change: all(
      add("aws_subnet.c", { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.90.3.0/24", availability_zone: "ap-northeast-2c" }),
      add("aws_route_table_association.c", { subnet_id: ref("aws_subnet.c.id"), route_table_id: ref("aws_route_table.private.id") }),
    ),
  },
  {
    id: "endpoint-added",
    base: "network",
    finds: [],
    change: (draft) => {
      const like = at(draft, "aws_vpc_endpoint.interface-endpoints_sqs");
      add("aws_vpc_endpoint.interface-endpoints_sns", { ...like, service_name: "com.amazonaws.ap-northeast-2.sns" })(draft);
    },
  },
  {
    id: "load-balancers-without-http",
    base: "network",
    finds: [],
    change: remove(ingress("groups_load-balancers_from-internet-http")),
  },
  { id: "acl-of-less", base: "sample", finds: [], change: set("aws_network_acl_rule.data-from-vpc", { cidr_block: "10.90.0.0/24" }) },
  {
    id: "rejected-kept-longer",
    base: "network",
    finds: [],
    change: set("aws_cloudwatch_log_group.flow-logs_rejected_group", { retention_in_days: 365 }),
  },
  {
    id: "group-for-a-function",
    base: "sample",
    finds: [],
    change: all(
      add("aws_security_group.jobs", { name: "jobs", description: "jobs", vpc_id: ref("aws_vpc.main.id") }),
      add("aws_vpc_security_group_egress_rule.jobs", {
        security_group_id: ref("aws_security_group.jobs.id"),
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        referenced_security_group_id: app,
      }),
    ),
  },
];
