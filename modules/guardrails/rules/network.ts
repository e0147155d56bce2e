/** The VPC itself: what AWS made without being asked is emptied, and what passes is written down. */
import { blocksOf } from "../../terraform-json.ts";
import { includesPort, isWorld, numberedInbound } from "../inbound.ts";
import type { Rule } from "../rule.ts";

export const defaultGroupEmpty: Rule = {
  id: "default-security-group-empty",
  title: "The default security group of every VPC lets nothing through",
  why: "What is started without a group gets it, and with it all others that did the same (FSBP EC2.2, CIS AWS 5.4)",
  applies: ["aws_vpc"],
  holds: (_, { pointingHere }) =>
    pointingHere("aws_default_security_group", "vpc_id").some(
      (group) => blocksOf(group, "ingress").length === 0 && blocksOf(group, "egress").length === 0,
    ),
  remedy: "add a DefaultSecurityGroup without rules",
};

export const defaultAclEmpty: Rule = {
  id: "default-network-acl-empty",
  title: "The default network ACL of every VPC lets nothing through",
  why: 'A subnet that was forgotten in the tables then reaches nothing, instead of everything (VPC guide, "Default network ACL")',
  applies: ["aws_vpc"],
  holds: (_, { pointingHere }) =>
    pointingHere("aws_default_network_acl", "default_network_acl_id").some(
      (acl) => blocksOf(acl, "ingress").length === 0 && blocksOf(acl, "egress").length === 0,
    ),
  remedy: "add a DefaultNetworkAcl without rules",
};

export const flowLogsOn: Rule = {
  id: "flow-logs-on",
  title: "Every VPC logs all its traffic",
  why: "Without it nobody can say after an incident who talked to whom (FSBP EC2.6, CIS AWS 3.7)",
  applies: ["aws_vpc"],
  holds: (_, { pointingHere }) => pointingHere("aws_flow_log", "vpc_id").some(({ traffic_type: type }) => type === "ALL"),
  remedy: "add a FlowLog with trafficType ALL for the VPC",
};

export const aclsRefuseAdministration: Rule = {
  id: "network-acl-no-ssh",
  title: "Network ACLs let no SSH or RDP in from the world",
  why: "They are the second wall where a security group is wrong (FSBP EC2.21, CIS AWS 5.1)",
  applies: ["aws_network_acl", "aws_default_network_acl"],
  holds: (attributes, { pointingHere }) => {
    const rules = numberedInbound(attributes, pointingHere("aws_network_acl_rule", "network_acl_id"));
    return [22, 3389].every((port) => {
      // The lowest number that matches decides, whatever comes after it.
      const first = rules.find((rule) => includesPort(rule, port) && rule.sources.some(isWorld));
      return first === undefined || first.action === "deny";
    });
  },
  remedy: "deny ports 22 and 3389 from 0.0.0.0/0 with a number below the first allow that includes them",
};
