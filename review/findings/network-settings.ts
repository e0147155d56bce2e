/** Settings that put something on the internet, or connect networks: one row each. */
import type { Detector, Finding, StackPlan } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { changes, type Switch, switched, turnsOff, turnsOn } from "../reading/switches.ts";
import { textsOf } from "../reading/values.ts";

const facing: Kind = {
  rule: "network-load-balancer-public",
  danger: "caution",
  because:
    "An internet-facing load balancer has public addresses; its security group and listeners are all that is in front of the targets",
  remedy: "set internal, if only the VPC and connected networks need it",
};
const addressed: Kind = {
  rule: "network-public-address",
  danger: "caution",
  because: "It gets a public address: only security groups keep the internet away",
  remedy: "leave it private; people come by Session Manager, programs through a load balancer",
};
const database: Kind = {
  ...addressed,
  rule: "network-database-public",
  danger: "danger",
  because: "A database with a public address is found within minutes",
};
const service: Kind = {
  rule: "network-endpoint-service-opened",
  danger: "caution",
  because: "Other accounts can connect to what is behind the endpoint service",
  remedy: "name the principals, and accept connections by hand",
};
const connected: Kind = {
  rule: "network-connected",
  danger: "caution",
  because: "Two networks become one for whatever routes and security groups let pass",
  remedy: "check who owns the other side, and that address ranges do not overlap",
};
const inspected: Kind = { rule: "network-firewall-changed", danger: "caution", because: "It decides what leaves and enters the VPC" };

const isFalse: Switch["tells"] = (after, before) => after === false && before !== false;

const unnamed: Kind = {
  rule: "network-names-off",
  danger: "danger",
  because: 'Nothing in the VPC finds names any more: endpoints, the cluster\'s API, databases (VPC guide, "DNS attributes for your VPC")',
};

const rows: readonly Switch[] = [
  ...["enable_dns_support", "enable_dns_hostnames"].map(
    (name): Switch => ({ types: ["aws_vpc"], path: [name], tells: turnsOff, onCreate: false, kind: unnamed, what: `${name} is off` }),
  ),
  { types: ["aws_lb", "aws_alb", "aws_elb"], path: ["internal"], tells: isFalse, onCreate: true, kind: facing, what: "faces the internet" },
  {
    types: ["aws_subnet"],
    path: ["map_public_ip_on_launch"],
    tells: turnsOn,
    onCreate: true,
    kind: addressed,
    what: "gives every machine in it a public address",
  },
  {
    types: ["aws_instance"],
    path: ["associate_public_ip_address"],
    tells: turnsOn,
    onCreate: true,
    kind: addressed,
    what: "gets a public address",
  },
  {
    types: ["aws_launch_template"],
    path: ["network_interfaces", "associate_public_ip_address"],
    tells: turnsOn,
    onCreate: true,
    kind: addressed,
    what: "gives machines a public address",
  },
  {
    types: [
      "aws_db_instance",
      "aws_rds_cluster_instance",
      "aws_redshift_cluster",
      "aws_dms_replication_instance",
      "aws_mq_broker",
      "aws_neptune_cluster_instance",
    ],
    path: ["publicly_accessible"],
    tells: turnsOn,
    onCreate: true,
    kind: database,
    what: "is reachable from the internet",
  },
  {
    types: ["aws_vpc_endpoint_service"],
    path: ["acceptance_required"],
    tells: turnsOff,
    onCreate: true,
    kind: service,
    what: "takes connections without being asked",
  },
  {
    types: ["aws_ec2_transit_gateway"],
    path: ["auto_accept_shared_attachments"],
    tells: (after, before) => after === "enable" && before !== "enable",
    onCreate: true,
    kind: connected,
    what: "lets other accounts attach their networks without being asked",
  },
  {
    types: ["aws_ram_resource_share"],
    path: ["allow_external_principals"],
    tells: turnsOn,
    onCreate: true,
    kind: connected,
    what: "may be shared with accounts outside the organization",
  },
  {
    types: ["aws_networkfirewall_firewall_policy"],
    path: ["firewall_policy"],
    tells: changes,
    onCreate: false,
    kind: inspected,
    what: "inspects by other rules",
  },
  {
    types: ["aws_networkfirewall_rule_group"],
    path: ["rule_group"],
    tells: changes,
    onCreate: false,
    kind: inspected,
    what: "inspects by other rules",
  },
];

/** Types whose creation joins two networks. */
const joins: Readonly<Record<string, string>> = {
  aws_vpc_peering_connection: "peers with another VPC",
  aws_vpc_peering_connection_accepter: "accepts a peering with another VPC",
  aws_ec2_transit_gateway_vpc_attachment: "is attached to a transit gateway",
  aws_ec2_transit_gateway_peering_attachment: "peers two transit gateways",
  aws_vpn_connection: "connects a network by VPN",
  aws_dx_gateway_association: "connects a network by Direct Connect",
  aws_ec2_client_vpn_authorization_rule: "lets users of the client VPN in",
};

export const networkSettings: Detector = (plan) => [...switched(plan, rows), ...joined(plan), ...allowed(plan)];

function joined(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, action, address }) => {
    const what = action === "create" ? joins[type] : undefined;
    return what === undefined ? [] : [findingOn(plan, address, connected, what)];
  });
}

/** Principals that may connect to an endpoint service. */
function allowed(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, address, before, after }) => {
    if (type !== "aws_vpc_endpoint_service" && type !== "aws_vpc_endpoint_service_allowed_principal") return [];
    const [was, is] = [before, after].map((values) => [...textsOf(values?.allowed_principals), ...textsOf(values?.principal_arn)]);
    const more = (is ?? []).filter((principal) => !was?.includes(principal));
    const danger = more.includes("*") ? "danger" : "caution";
    return more.length === 0 ? [] : [findingOn(plan, address, { ...service, danger }, "lets more principals connect", more)];
  });
}
