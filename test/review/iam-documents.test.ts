/** What identities may do by their policies. */
import { describe, expect, test } from "@jest/globals";
import { iamDocuments } from "../../review/findings/iam-documents.ts";
import { alarmsOf, allow, bucket, deny, get, of, own, policy, rolePolicy } from "./iam-policies.ts";
import { afterApply, type Change, created, deleted, plan, replaced, updated } from "./plans.ts";
import { alarms, told } from "./told.ts";

describe("what an identity may do", () => {
  test.each<[string, Change, readonly string[]]>([
    ["administrator", rolePolicy([get], [get, allow("*", "*")]), ["danger iam-admin"]],
    ["administrator on create", created("aws_iam_role_policy.p", { role: "it", policy: policy(allow("*", "*")) }), ["danger iam-admin"]],
    ["everything but", rolePolicy([get], [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]), ["danger iam-admin"]],
    ["all of a service", rolePolicy([get], [allow("s3:*", bucket)]), ["caution iam-escalation", "caution iam-wildcard-action"].sort()],
    [
      "all of IAM",
      rolePolicy([get], [allow("iam:*", "*")]),
      ["danger iam-escalation", "danger iam-pass-role", "danger iam-wildcard-action"],
    ],
    ["any role to any service", rolePolicy([get], [get, allow("iam:PassRole", "*")]), ["danger iam-pass-role"]],
    ["a role to any service", rolePolicy([get], [get, allow("iam:PassRole", `arn:aws:iam::${own}:role/node`)]), ["caution iam-pass-role"]],
    [
      "a role to a service",
      rolePolicy(
        [get],
        [get, allow("iam:PassRole", `arn:aws:iam::${own}:role/node`, { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } })],
      ),
      [],
    ],
    ["PassRole by a pattern", rolePolicy([get], [get, allow("iam:Pass*", "*")]), ["danger iam-pass-role"]],
    ["a way to more rights", rolePolicy([get], [get, allow("iam:AttachRolePolicy", "*")]), ["danger iam-escalation"]],
    [
      "a way to more rights on one role",
      rolePolicy([get], [get, allow("iam:AttachRolePolicy", `arn:aws:iam::${own}:role/app`)]),
      ["caution iam-escalation"],
    ],
    [
      "grants for AWS's services only",
      rolePolicy([get], [get, allow("kms:CreateGrant", `arn:aws:kms:::key/1`, { Bool: { "kms:GrantIsForAWSResource": "true" } })]),
      [],
    ],
    ["changes on everything", rolePolicy([get], [get, allow("sqs:DeleteQueue", "*")]), ["caution iam-wide-resources"]],
    [
      "changes on everything with a tag",
      rolePolicy([get], [get, allow("sqs:DeleteQueue", "*", { StringEquals: { "aws:ResourceTag/team": "a" } })]),
      [],
    ],
    [
      "changes on everything with a tag, if there is one",
      rolePolicy([get], [get, allow("sqs:DeleteQueue", "*", { StringEqualsIfExists: { "aws:ResourceTag/team": "a" } })]),
      ["caution iam-wide-resources"],
    ],
    [
      "a key by its alias",
      rolePolicy([get], [get, allow("kms:Decrypt", "*", { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/states" } })]),
      [],
    ],
    ["all secrets", rolePolicy([get], [get, allow("secretsmanager:GetSecretValue", "*")]), ["caution iam-wide-resources"]],
    ["describes on everything", rolePolicy([get], [get, allow(["ec2:Describe*", "eks:ListClusters", "sqs:ListQueues"], "*")]), []],
    ["one more bucket", rolePolicy([get], [allow("s3:GetObject", [bucket, "arn:aws:s3:::other/*"])]), []],
    [
      "a condition taken off",
      rolePolicy([allow("s3:PutObject", bucket, { StringEquals: { "aws:PrincipalTag/a": "b" } })], [allow("s3:PutObject", bucket)]),
      ["caution iam-condition-removed"],
    ],
    ["a deny taken away", rolePolicy([get, deny("eks:DeleteCluster", "*")], [get]), ["danger iam-deny-removed"]],
    ["a deny made narrower", rolePolicy([deny("eks:*", "*")], [deny("eks:DeleteCluster", "*")]), ["danger iam-deny-removed"]],
    ["a deny made wider", rolePolicy([deny("eks:DeleteCluster", "*")], [deny("eks:*", "*")]), []],
    [
      "known after apply",
      updated("aws_iam_role_policy.p", { role: "it", policy: policy(get) }, { role: "it", policy: afterApply }),
      ["caution iam-policy-unknown"],
    ],
    ["known after apply, new", created("aws_iam_role_policy.p", { role: "it", policy: afterApply }), ["caution iam-policy-unknown"]],
    [
      "not a document",
      rolePolicy([get], []) && updated("aws_iam_policy.p", { name: "p", policy: policy(get) }, { name: "p", policy: "oops" }),
      ["caution iam-policy-unreadable"],
    ],
    [
      "inline in the role",
      updated(
        "aws_iam_role.r",
        { name: "r", inline_policy: [{ name: "a", policy: policy(get) }] },
        { name: "r", inline_policy: [{ name: "a", policy: policy(allow("*", "*")) }] },
      ),
      ["danger iam-admin"],
    ],
    [
      "a permission set",
      updated("aws_ssoadmin_permission_set_inline_policy.p", { inline_policy: policy(get) }, { inline_policy: policy(allow("*", "*")) }),
      ["danger iam-admin"],
    ],
    [
      "an SCP that allows more",
      updated("aws_organizations_policy.p", { name: "p", content: policy(get) }, { name: "p", content: policy(allow("s3:*", "*")) }),
      ["caution iam-limit-widened"],
    ],
    [
      "an SCP without its deny",
      updated("aws_organizations_policy.p", { name: "p", content: policy(deny("*", "*")) }, { name: "p", content: policy() }),
      ["danger iam-deny-removed"],
    ],
  ])("%s", (_, change, expected) => expect([...alarmsOf(change)].sort()).toEqual([...expected].sort()));
});

describe("is no change", () => {
  const other = allow("sqs:DeleteQueue", "*");
  test.each<[string, readonly Change[]]>([
    ["another order", [rolePolicy([get, other], [other, get])]],
    ["a Sid", [rolePolicy([other], [{ Sid: "New", ...other }])]],
    [
      "a statement split into two",
      [rolePolicy([allow(["sqs:DeleteQueue", "sns:DeleteTopic"], "*")], [other, allow("sns:DeleteTopic", "*")])],
    ],
    ["a statement twice", [rolePolicy([other], [other, other])]],
    ["lists of one", [rolePolicy([other], [allow(["sqs:DeleteQueue"], ["*"])])]],
    [
      "tags",
      [updated("aws_iam_policy.p", { name: "p", tags: {}, policy: policy(other) }, { name: "p", tags: { a: "b" }, policy: policy(other) })],
    ],
    [
      "a statement moved to another policy of the role",
      [rolePolicy([get, other], [get]), created("aws_iam_role_policy.q", { role: "it", policy: policy(other) })],
    ],
    [
      "a policy under another address",
      [
        deleted("aws_iam_role_policy.p", { role: "it", policy: policy(other) }),
        created("aws_iam_role_policy.q", { role: "it", policy: policy(other) }),
      ],
    ],
    [
      "a replacement with the same",
      [replaced("aws_iam_policy.p", { name: "p", policy: policy(other) }, { name: "q", policy: policy(other) }, "name")],
    ],
  ])("%s", (_, changes) => expect(told(iamDocuments, plan(of(...changes)))).toEqual([]));
});

test("findings name the statement, the address and the reason", () => {
  const [finding] = iamDocuments(plan(of(rolePolicy([get], [get, allow("iam:PassRole", "*")]))));
  expect(finding).toMatchObject({
    rule: "iam-pass-role",
    environment: "dev",
    address: "aws_iam_role_policy.p",
    details: ["allow iam:PassRole on *: may pass any role to any service: whoever passes a role can act as it"],
  });
});

test("what is granted and taken is listed, though harmless", () => {
  const findings = iamDocuments(plan(of(rolePolicy([get], [allow("s3:ListBucket", "arn:aws:s3:::mine")]))));
  expect(findings.map(({ rule, details }) => [rule, ...details])).toEqual([
    ["iam-granted", "+ allow s3:ListBucket on arn:aws:s3:::mine"],
    ["iam-revoked", `- allow s3:GetObject on ${bucket}`],
  ]);
});

test("a grant is told once: where something is to be said of it, and not as a grant as well", () => {
  const granted = [get, allow("sqs:DeleteQueue", "*"), allow("s3:ListBucket", "arn:aws:s3:::mine")];
  const findings = iamDocuments(plan(of(rolePolicy([get], granted))));
  expect(findings.map(({ rule, details }) => [rule, ...details])).toEqual([
    ["iam-wide-resources", "allow sqs:DeleteQueue on *: on everything, with no condition on what"],
    ["iam-granted", "+ allow s3:ListBucket on arn:aws:s3:::mine"],
  ]);
});

test("a policy that is only a boundary grants nothing, until somebody attaches it", () => {
  const everything = created("aws_iam_policy.b", { name: "b", arn: afterApply, policy: policy(allow("*", "*")) });
  const role = created("aws_iam_role.r", { name: "r", permissions_boundary: afterApply });
  const attachment = created("aws_iam_role_policy_attachment.a", { role: "r", policy_arn: afterApply });
  const references = { "aws_iam_role.r": ["aws_iam_policy.b"], "aws_iam_role_policy_attachment.a": ["aws_iam_policy.b"] };
  expect(alarms(iamDocuments, plan({ changes: [everything, role], references }))).toEqual([]);
  expect(alarms(iamDocuments, plan({ changes: [everything, role, attachment], references }))).toEqual(["danger iam-admin"]);
});
