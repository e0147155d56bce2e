/** Who from outside reaches what. */
import { listOf } from "../../terraform-json.ts";
import { inboundOf, includesPort, isWorld } from "../inbound.ts";
import { allowsOf, conditionKeys, includesEveryone } from "../policy-reading.ts";
import { isTrue, type Rule } from "../rule.ts";

const groupRules = ["aws_vpc_security_group_ingress_rule", "aws_security_group_rule", "aws_security_group"];

export const worldReachesWebPortsOnly: Rule = {
  id: "world-reaches-web-ports-only",
  title: "The world reaches load balancers on 80 and 443, and nothing else",
  why: "Every other open port is found by scanners within the hour (FSBP EC2.18, EC2.19)",
  applies: groupRules,
  holds: (attributes, { address }) =>
    inboundOf(address, attributes)
      .filter(({ sources }) => sources.some(isWorld))
      .every(({ from, to }) => from === to && (from === 80 || from === 443)),
  remedy: "name the source: a security group, a prefix list of offices, or a block of ours",
};

/** SSH and RDP. */
const administration = [22, 3389];

export const noAdministrationPorts: Rule = {
  id: "no-ssh-from-addresses",
  title: "No security group opens SSH or RDP to addresses or prefix lists",
  why: "Sessions go through Session Manager, which asks IAM and keeps a record (FSBP EC2.13, EC2.14, CIS AWS 5.2, 5.3)",
  applies: groupRules,
  holds: (attributes, { address }) =>
    inboundOf(address, attributes)
      .filter(({ sources, prefixLists }) => sources.length > 0 || prefixLists.length > 0)
      .every((rule) => !administration.some((port) => includesPort(rule, port))),
  remedy: "remove the rule and use `aws ssm start-session`",
};

export const groupRulesExplained: Rule = {
  id: "security-group-rules-explained",
  title: "Every security group rule says what it is for",
  why: "Nobody dares to remove a rule without a reason (Well-Architected SEC05-BP02)",
  applies: ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group_rule"],
  holds: ({ description }) => typeof description === "string" && description.length > 0,
  remedy: "set description",
};

export const subnetsGiveNoPublicAddress: Rule = {
  id: "subnets-no-public-addresses",
  title: "Subnets give no public address to what is started in them",
  why: "A node in the wrong subnet would be on the internet at once (FSBP EC2.15)",
  applies: ["aws_subnet"],
  holds: ({ map_public_ip_on_launch: maps }) => !isTrue(maps),
  remedy: "leave mapPublicIpOnLaunch off; load balancers and NAT get their addresses by themselves",
};

export const resourcePoliciesNameWho: Rule = {
  id: "resource-policies-name-who",
  title: "Resource policies allow named principals, or everyone under a condition",
  why: "A bare wildcard opens the resource to every AWS account (FSBP S3.2, SQS.3, KMS.5)",
  applies: [
    "aws_s3_bucket_policy",
    "aws_kms_key",
    "aws_kms_key_policy",
    "aws_sns_topic_policy",
    "aws_sqs_queue_policy",
    "aws_ecr_repository_policy",
    "aws_ecr_registry_policy",
    "aws_efs_file_system_policy",
  ],
  holds: ({ policy }) =>
    allowsOf(policy).every(
      (statement) => !statement.negated && (!includesEveryone(statement.principal) || conditionKeys(statement).length > 0),
    ),
  remedy: "name the principals, or add a condition on aws:PrincipalAccount, aws:SourceArn or the like",
};

export const endpointsHavePolicies: Rule = {
  id: "endpoints-have-policies",
  title: "VPC endpoints have a policy that names whose resources or identities pass",
  why: 'The default policy lets a stolen pod write our data into a stranger\'s bucket (Well-Architected SEC05-BP02; PrivateLink guide, "Endpoint policies")',
  applies: ["aws_vpc_endpoint"],
  holds: ({ policy, vpc_endpoint_type: type }) => {
    if (type === "GatewayLoadBalancer") return true; // has no policies
    const allows = allowsOf(policy);
    return allows.length > 0 && allows.every((statement) => !statement.resources.includes("*") || conditionKeys(statement).length > 0);
  },
  remedy: "set policy: allow what is needed where aws:PrincipalAccount or aws:ResourceAccount is ours, or name the resources",
};

export const endpointServicesNameConsumers: Rule = {
  id: "endpoint-services-name-consumers",
  title: "PrivateLink services name who may connect",
  why: 'A wildcard offers an internal service to every AWS account (PrivateLink guide, "Manage permissions")',
  applies: ["aws_vpc_endpoint_service"],
  holds: ({ allowed_principals: principals }) => listOf(principals).length > 0 && !listOf(principals).includes("*"),
  remedy: "set allowedPrincipals to account, role or user ARNs",
};
