import { expect, test } from "@jest/globals";
import { iamFunctions } from "../../review/findings/iam-functions.ts";
import { iamIdentities } from "../../review/findings/iam-identities.ts";
import { afterApply, type Change, created, deleted, plan, replaced, unchanged, updated, type Values } from "./plans.ts";
import { alarms } from "./told.ts";

const attachment = (policy_arn: Values[string], role: Values[string] = "app"): Values => ({ role, policy_arn });
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const guard = unchanged("aws_iam_policy.guard", {
  arn: "arn:aws:iam::111122223333:policy/guard",
  policy: JSON.stringify({ Statement: [{ Effect: "Deny", Action: "eks:DeleteCluster", Resource: "*" }] }),
});
const guarded = attachment("arn:aws:iam::111122223333:policy/guard");
const at = "aws_iam_role_policy_attachment.a";
const boundary = "arn:aws:iam::111122223333:policy/boundary";

test.each<[string, readonly Change[], readonly string[]]>([
  ["an administrator", [created(at, attachment(aws("AdministratorAccess")))], ["danger iam-policy-attached"]],
  [
    "an administrator, in a job function's path",
    [created(at, attachment(aws("job-function/SystemAdministrator")))],
    ["danger iam-policy-attached"],
  ],
  ["a full access", [created(at, attachment(aws("AmazonSQSFullAccess")))], ["caution iam-policy-attached"]],
  [
    "all data",
    [replaced(at, attachment(aws("AmazonEKSWorkerNodePolicy")), attachment(aws("AmazonS3FullAccess")), "policy_arn")],
    ["danger iam-policy-attached"],
  ],
  ["a narrow policy of AWS", [created(at, attachment(aws("AmazonEKSWorkerNodePolicy")))], []],
  ["a policy of ours", [created(at, attachment("arn:aws:iam::111122223333:policy/mine"))], []],
  ["a policy that is not known", [created("aws_iam_role_policy_attachment.b", attachment(afterApply))], ["caution iam-policy-attached"]],
  ["a new policy of this plan", [created("aws_iam_policy.p", { name: "p" }), created(at, attachment(afterApply))], []],
  [
    "the same under another address",
    [
      deleted("aws_iam_role_policy_attachment.b", attachment(aws("AdministratorAccess"))),
      created(at, attachment(aws("AdministratorAccess"))),
    ],
    [],
  ],
  [
    "a managed policy in the role",
    [updated("aws_iam_role.r", { name: "r", managed_policy_arns: [] }, { name: "r", managed_policy_arns: [aws("IAMFullAccess")] })],
    ["danger iam-policy-attached"],
  ],
  [
    "a group",
    [created("aws_iam_group_policy_attachment.g", { group: "all", policy_arn: aws("PowerUserAccess") })],
    ["danger iam-policy-attached"],
  ],
  [
    "several holders",
    [
      updated(
        "aws_iam_policy_attachment.g",
        { roles: ["a"], policy_arn: aws("AdministratorAccess") },
        { roles: ["a", "b"], policy_arn: aws("AdministratorAccess") },
      ),
    ],
    ["danger iam-policy-attached"],
  ],
  ["a deny detached", [guard, deleted(at, guarded)], ["danger iam-deny-removed"]],
  [
    "a deny detached from a role that goes, too",
    [guard, deleted("aws_iam_role.app", { id: "app", name: "app" }), deleted(at, guarded)],
    [],
  ],
  ["an allow detached", [deleted(at, attachment(aws("AmazonEKSWorkerNodePolicy")))], []],
  [
    "no boundary any more",
    [updated("aws_iam_role.r", { name: "r", permissions_boundary: boundary }, { name: "r", permissions_boundary: "" })],
    ["danger iam-boundary-removed"],
  ],
  [
    "another boundary",
    [updated("aws_iam_role.r", { name: "r", permissions_boundary: boundary }, { name: "r", permissions_boundary: `${boundary}-2` })],
    ["caution iam-boundary-changed"],
  ],
  ["a boundary", [updated("aws_iam_role.r", { name: "r", permissions_boundary: null }, { name: "r", permissions_boundary: boundary })], []],
  [
    "tags of a role with a boundary",
    [
      updated(
        "aws_iam_role.r",
        { name: "r", permissions_boundary: boundary, tags: {} },
        { name: "r", permissions_boundary: boundary, tags: { a: "b" } },
      ),
    ],
    [],
  ],
  ["an access key", [created("aws_iam_access_key.k", { user: "u" })], ["danger iam-long-lived-credential"]],
  [
    "more audiences",
    [updated("aws_iam_openid_connect_provider.p", { url: "a", client_id_list: ["sts"] }, { url: "a", client_id_list: ["sts", "x"] })],
    ["caution iam-identity-provider"],
  ],
  ["a cluster's provider", [created("aws_iam_openid_connect_provider.p", { url: "a", client_id_list: ["sts.amazonaws.com"] })], []],
])("%s", (_, changes, expected) => {
  const references = { [at]: ["aws_iam_policy.p", "aws_iam_role.app"] };
  expect(alarms(iamIdentities, plan({ changes, references }))).toEqual(expected);
});

test.each<[string, Change, readonly string[]]>([
  ["anybody", created("aws_lambda_permission.p", { principal: "*" }), ["danger iam-function-opened"]],
  ["anybody of an organization", created("aws_lambda_permission.p", { principal: "*", principal_org_id: "o-1" }), []],
  ["a service for anybody", created("aws_lambda_permission.p", { principal: "s3.amazonaws.com" }), ["caution iam-function-opened"]],
  ["a service for a bucket", created("aws_lambda_permission.p", { principal: "s3.amazonaws.com", source_arn: "arn:aws:s3:::b" }), []],
  ["a service for a bucket to be", created("aws_lambda_permission.p", { principal: "s3.amazonaws.com", source_arn: afterApply }), []],
  ["another account", created("aws_lambda_permission.p", { principal: "999988887777" }), ["caution iam-function-opened"]],
  ["the same", updated("aws_lambda_permission.p", { principal: "*", statement_id: "a" }, { principal: "*", statement_id: "b" }), []],
  ["a URL without a key", created("aws_lambda_function_url.u", { authorization_type: "NONE" }), ["danger iam-function-opened"]],
  ["a URL with one", created("aws_lambda_function_url.u", { authorization_type: "AWS_IAM" }), []],
])("functions: %s", (_, change, expected) => expect(alarms(iamFunctions, plan({ changes: [change] }))).toEqual(expected));
