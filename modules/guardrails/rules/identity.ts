/** IAM: no wildcards, no borrowed roles, no keys. */

import type { Json, JsonObject } from "../../terraform-json.ts";
import { blocksOf, listOf } from "../../terraform-json.ts";
import { withoutResourceLevel } from "../actions.ts";
import { allowsOf, conditionKeys, includesEveryone, type ReadStatement, statementsOf } from "../policy-reading.ts";
import { type Context, type Rule, refersTo } from "../rule.ts";

/** Policies about what an identity may do. Resource policies are exposure.ts's. */
const identityPolicies = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy", "aws_iam_role"];

function granted(attributes: JsonObject): readonly ReadStatement[] {
  return [attributes, ...blocksOf(attributes, "inline_policy")].flatMap(({ policy }) => allowsOf(policy));
}

const attachments = ["role", "user", "group"].map((kind) => `aws_iam_${kind}_policy_attachment`);

/**
 * A policy that is a boundary and nothing else grants nothing: an identity may do what both it and its policies allow (IAM guide, "Permissions
 * boundaries for IAM entities").
 */
function onlyBounds({ address, all, pointingHere }: Context): boolean {
  const bounds = ["aws_iam_role", "aws_iam_user"].some((type) => pointingHere(type, "permissions_boundary").length > 0);
  const attached = attachments.some((type) => pointingHere(type, "policy_arn").length > 0);
  const named = all("aws_iam_role").some(({ attributes }) => listOf(attributes.managed_policy_arns).some((arn) => refersTo(arn, address)));
  return bounds && !attached && !named;
}

export const policiesReadable: Rule = {
  id: "policies-readable",
  title: "Policies are data that can be read at synth",
  why: "What cannot be read cannot be checked here nor reviewed before the apply",
  applies: [
    ...identityPolicies,
    "aws_s3_bucket_policy",
    "aws_kms_key",
    "aws_kms_key_policy",
    "aws_sns_topic_policy",
    "aws_sqs_queue_policy",
    "aws_vpc_endpoint",
    "aws_efs_file_system_policy",
    "aws_ecr_repository_policy",
    "aws_ecr_registry_policy",
  ],
  holds: ({ policy, assume_role_policy: trust }) => statementsOf(policy) !== undefined && statementsOf(trust) !== undefined,
  remedy: "build it with policyDocument() of modules/iam/policy.ts instead of a data source or function",
};

export const noWildcardActions: Rule = {
  id: "iam-no-wildcard-actions",
  title: "No identity may do everything, or everything of a service",
  why: "It includes what AWS will add tomorrow (FSBP IAM.1, IAM.21; CIS AWS 1.16)",
  applies: identityPolicies,
  holds: (attributes, context) =>
    onlyBounds(context) ||
    granted(attributes).every(
      ({ actions, negated }) => !negated && actions.every((action) => action !== "*" && !/^[\w-]+:\*$/.test(action)),
    ),
  remedy: "name the actions; a prefix such as ec2:Describe* is fine",
};

/** Condition keys that bind a statement to certain resources although its resource is "*". Source: IAM guide, "Controlling access using tags". */
const bindsResources =
  /^(aws:(resourcetag|requesttag|resourceaccount)|[a-z0-9-]+:resourcetag|kms:(viaservice|grantisforawsresource|encryptioncontext)|ecs:cluster)/;

export const noWildcardResources: Rule = {
  id: "iam-no-wildcard-resources",
  title: "Permissions name their resources where AWS can limit them",
  why: "One stolen pod or runner would reach every cluster, bucket and key of the account (Well-Architected SEC03-BP02)",
  applies: identityPolicies,
  holds: (attributes, context) =>
    onlyBounds(context) ||
    granted(attributes)
      .filter(({ resources }) => resources.includes("*"))
      .every(
        (statement) => statement.actions.every(withoutResourceLevel) || conditionKeys(statement).some((key) => bindsResources.test(key)),
      ),
  remedy:
    "name ARNs, or bind the statement by a tag condition; actions without resource-level permissions are listed in modules/guardrails/actions.ts",
};

export const passRoleToOneService: Rule = {
  id: "iam-pass-role",
  title: "iam:PassRole names the roles and the service that gets them",
  why: 'Whoever may pass any role to any service can become that role (IAM guide, "Grant permissions to pass a role")',
  applies: identityPolicies,
  holds: (attributes) =>
    granted(attributes)
      .filter(({ actions }) => actions.includes("iam:PassRole"))
      .every((statement) => !statement.resources.includes("*") && conditionKeys(statement).includes("iam:passedtoservice")),
  remedy: "name the role ARNs and add the condition StringEquals iam:PassedToService",
};

export const noEveryoneInTrust: Rule = {
  id: "iam-trust-names-principals",
  title: "A role is trusted to named principals",
  why: 'A wildcard lets every AWS account assume the role (IAM guide, "AWS JSON policy elements: Principal")',
  applies: ["aws_iam_role"],
  holds: ({ assume_role_policy: trust }) => allowsOf(trust).every(({ principal, negated }) => !negated && !includesEveryone(principal)),
  remedy: "name the service, role ARN or OIDC provider",
};

const isFederated = ({ principal }: ReadStatement) => typeof principal === "object" && principal !== null && "Federated" in principal;

export const federatedTrustNarrow: Rule = {
  id: "iam-federated-trust",
  title: "A federated trust says which subject and audience",
  why: 'Without `sub` every service account or every repository of the provider gets the role (EKS guide, "IAM roles for service accounts")',
  applies: ["aws_iam_role"],
  holds: ({ assume_role_policy: trust }) =>
    allowsOf(trust)
      .filter(isFederated)
      .every((statement) => ["sub", "aud"].every((claim) => conditionKeys(statement).some((key) => key.endsWith(`:${claim}`)))),
  remedy: "add conditions on <issuer>:sub and <issuer>:aud",
};

/** Policies of AWS that are wider than any workload of ours. */
const tooWide = /policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess|Amazon\w+FullAccess)$/;

export const noAdministratorPolicies: Rule = {
  id: "iam-no-administrator-policies",
  title: "No role carries an administrator's or full-access policy of AWS",
  why: "They are a wildcard that does not look like one (FSBP IAM.1, CIS AWS 1.16)",
  applies: ["aws_iam_role_policy_attachment", "aws_iam_group_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_role"],
  holds: ({ policy_arn: one, managed_policy_arns: several }) =>
    [one, ...listOf(several)].every((arn: Json | undefined) => typeof arn !== "string" || !tooWide.test(arn)),
  remedy: "attach the narrow policy of the task, or write one",
};

export const noAccessKeys: Rule = {
  id: "iam-no-access-keys",
  title: "There are no long-lived access keys",
  why: "The secret would lie in the state, in plain text, for ever (FSBP IAM.3, CIS AWS 1.14)",
  applies: ["aws_iam_access_key", "aws_iam_user_login_profile", "aws_iam_service_specific_credential"],
  holds: () => false,
  remedy: "use a role: pod identity, OIDC for CI, single sign-on for people",
};
