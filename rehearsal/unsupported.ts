/**
 * What the emulator cannot do. The one table: a rehearsal cuts these from a copy of the JSON, and its report names them. A type leaves
 * the table when a correction makes it work. Sources: moto 5.2.5, `moto/<service>/responses.py`, and applies of each type.
 */

const ipam = "moto 5.2.5 has no IPAM; subnet sizes are planned by environments/, which the unit tests cover";
const firewall = "moto 5.2.5 has AWS Network Firewall's firewalls, but not their policies and rule groups";
const resolver = "moto 5.2.5 has Route 53 Resolver endpoints and rules, but no DNS firewall";
const chatbot = "moto 5.2.5 has no Chatbot; somebody authorizes the Slack workspace in the console before";

/** Terraform resource type → why it cannot be rehearsed. */
export const unsupported: Readonly<Record<string, string>> = {
  aws_chatbot_slack_channel_configuration: chatbot,
  aws_vpc_ipam: ipam,
  aws_vpc_ipam_pool: ipam,
  aws_vpc_ipam_pool_cidr: ipam,
  aws_vpc_ipam_pool_cidr_allocation: ipam,
  aws_vpc_ipam_scope: ipam,
  aws_networkfirewall_firewall_policy: firewall,
  aws_networkfirewall_rule_group: firewall,
  aws_route53_resolver_firewall_domain_list: resolver,
  aws_route53_resolver_firewall_rule: resolver,
  aws_route53_resolver_firewall_rule_group: resolver,
  aws_route53_resolver_firewall_rule_group_association: resolver,
};
