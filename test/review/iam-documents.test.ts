import { describe, expect, test } from "@jest/globals";
import { iamDocuments } from "../../review/findings/iam-documents.ts";
import {
  afterApply,
  type Change,
  created,
  deleted,
  type PlanParts,
  plan,
  replaced,
  unchanged,
  updated,
  type Value,
  type Values,
} from "./plans.ts";
import { alarms, told } from "./told.ts";

const own = "111122223333";
const foreign = "999988887777";
const policy = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Action: Value, Resource: Value, Condition?: object) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const deny = (Action: Value, Resource: Value) => ({ Effect: "Deny", Action, Resource });
const to = (Principal: object | string, statement: object) => ({ ...statement, Principal });

/** Tells a plan whose account it is. */
const anchor = unchanged("aws_iam_role.it", { arn: `arn:aws:iam::${own}:role/it`, name: "it" });
const rolePolicy = (before: readonly object[], after: readonly object[]) =>
  updated("aws_iam_role_policy.p", { role: "it", policy: policy(...before) }, { role: "it", policy: policy(...after) });
const of = (...changes: readonly Change[]): PlanParts => ({ changes: [anchor, ...changes] });
const alarmsOf = (...changes: readonly Change[]) => alarms(iamDocuments, plan(of(...changes)));

const bucket = "arn:aws:s3:::mine/*";
const get = allow("s3:GetObject", bucket);

describe("what an identity may do", () => {
  test.each<[string, Change, readonly string[]]>([
    ["administrator", rolePolicy([get], [get, allow("*", "*")]), ["danger iam-admin"]],
    ["administrator on create", created("aws_iam_role_policy.p", { role: "it", policy: policy(allow("*", "*")) }), ["danger iam-admin"]],
    ["everything but", rolePolicy([get], [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]), ["danger iam-admin"]],
    ["all of a service", rolePolicy([get], [allow("s3:*", bucket)]), ["caution iam-escalation", "caution iam-wildcard-action"].sort()],
    [
      "all of IAM",
      rolePolicy([get], [allow("iam:*", "*")]),
      ["danger iam-escalation", "danger iam-pass-role", "danger iam-wildcard-action", "caution iam-wide-resources"].sort(),
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
    ["PassRole by a pattern", rolePolicy([get], [get, allow("iam:Pass*", "*")]), ["caution iam-wide-resources", "danger iam-pass-role"]],
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

describe("who may become a role", () => {
  const service = to({ Service: "ec2.amazonaws.com" }, { Effect: "Allow", Action: "sts:AssumeRole" });
  const aws = (principal: string, more: object = {}) => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { AWS: principal },
    ...more,
  });
  const token = (Condition?: object) => ({
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` },
    ...(Condition && { Condition }),
  });
  const host = "token.actions.githubusercontent.com";
  const claims = (sub: string, aud = "sts.amazonaws.com") => ({
    StringLike: { [`${host}:sub`]: sub },
    StringEquals: { [`${host}:aud`]: aud },
  });
  const trust = (before: readonly object[] | undefined, after: readonly object[]) => {
    const values = (statements: readonly object[]): Values => ({ name: "r", assume_role_policy: policy(...statements) });
    return before ? updated("aws_iam_role.r", values(before), values(after)) : created("aws_iam_role.r", values(after));
  };
  const good = token(claims("repo:acme/app:ref:refs/heads/main"));

  test.each<[string, Change, readonly string[]]>([
    ["everybody", trust([service], [service, aws("*")]), ["danger iam-trust-widened"]],
    ["everybody, on create", trust(undefined, [aws("*")]), ["danger iam-trust-widened"]],
    [
      "everybody of an organization",
      trust(undefined, [aws("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })]),
      ["caution iam-trust-widened"],
    ],
    ["another account", trust([service], [service, aws(foreign)]), ["danger iam-trust-widened"]],
    ["another account, on create", trust(undefined, [aws(`arn:aws:iam::${foreign}:role/x`)]), ["danger iam-trust-widened"]],
    ["another role of ours", trust([service], [service, aws(`arn:aws:iam::${own}:role/x`)]), ["caution iam-trust-widened"]],
    [
      "another service",
      trust([service], [service, to({ Service: "lambda.amazonaws.com" }, { Effect: "Allow", Action: "sts:AssumeRole" })]),
      ["caution iam-trust-widened"],
    ],
    ["a service, on create", trust(undefined, [service]), []],
    ["our role, on create", trust(undefined, [aws(`arn:aws:iam::${own}:role/x`)]), []],
    ["tokens of one repository", trust(undefined, [good]), []],
    ["tokens of any branch", trust([good], [token(claims("repo:acme/app:*"))]), ["danger iam-trust-widened"]],
    ["tokens of any branch, on create", trust(undefined, [token(claims("repo:acme/app:*"))]), ["caution iam-trust-widened"]],
    ["tokens of any repository", trust(undefined, [token(claims("repo:acme/*"))]), ["danger iam-trust-widened"]],
    ["tokens of anybody", trust(undefined, [token(claims("*"))]), ["danger iam-trust-widened"]],
    [
      "tokens without a subject",
      trust(undefined, [token({ StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" } })]),
      ["danger iam-trust-widened"],
    ],
    [
      "tokens without an audience",
      trust(undefined, [token({ StringEquals: { [`${host}:sub`]: "repo:acme/app:environment:prod" } })]),
      ["caution iam-trust-widened"],
    ],
    [
      "tokens of any service account",
      trust(undefined, [token({ StringLike: { "oidc.eks:sub": "system:serviceaccount:*:*", "oidc.eks:aud": "sts.amazonaws.com" } })]),
      ["danger iam-trust-widened"],
    ],
    [
      "tokens of a namespace",
      trust(undefined, [token({ StringLike: { "oidc.eks:sub": "system:serviceaccount:ci:*", "oidc.eks:aud": "sts.amazonaws.com" } })]),
      ["caution iam-trust-widened"],
    ],
    [
      "identities of Cognito",
      trust(undefined, [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "pool" } },
        },
      ]),
      [],
    ],
    ["the condition on the subject gone", trust([good], [token()]), ["danger iam-trust-widened"]],
    ["another order of claims", trust([good], [{ ...good, Sid: "a" }]), []],
    ["one principal less", trust([service, aws(foreign)], [service]), []],
  ])("%s", (_, change, expected) => expect(alarmsOf(change)).toEqual(expected));
});

describe("who may use a resource", () => {
  const bucketPolicy = (before: readonly object[] | undefined, after: readonly object[]) => {
    const values = (statements: readonly object[]): Values => ({ bucket: "mine", policy: policy(...statements) });
    return before ? updated("aws_s3_bucket_policy.p", values(before), values(after)) : created("aws_s3_bucket_policy.p", values(after));
  };
  const key = (before: readonly object[], after: readonly object[]) =>
    updated("aws_kms_key.k", { key_id: "k", policy: policy(...before) }, { key_id: "k", policy: policy(...after) });
  const root = to({ AWS: `arn:aws:iam::${own}:root` }, allow("kms:*", "*"));
  const tls = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: bucket, Condition: { Bool: { "aws:SecureTransport": "false" } } };
  const endpoint = (...statements: readonly object[]) => ({ id: "vpce-1", policy: policy(...statements) });
  const inside = to("*", allow("s3:*", "*", { StringEquals: { "aws:PrincipalAccount": own } }));

  test.each<[string, Change, readonly string[]]>([
    ["everybody", bucketPolicy([tls], [tls, to("*", get)]), ["danger iam-public"]],
    ["everybody, on create", bucketPolicy(undefined, [to({ AWS: "*" }, get)]), ["danger iam-public"]],
    [
      "everybody of an organization",
      bucketPolicy([tls], [tls, to("*", allow("s3:GetObject", bucket, { StringEquals: { "aws:PrincipalOrgID": "o-1" } }))]),
      [],
    ],
    [
      "everybody but one",
      bucketPolicy([tls], [tls, { Effect: "Allow", NotPrincipal: { AWS: own }, Action: "s3:GetObject", Resource: bucket }]),
      ["danger iam-public"],
    ],
    [
      "everybody from one address",
      bucketPolicy([tls], [tls, to("*", allow("s3:GetObject", bucket, { IpAddress: { "aws:SourceIp": "203.0.113.7/32" } }))]),
      [],
    ],
    [
      "everybody from everywhere",
      bucketPolicy([tls], [tls, to("*", allow("s3:GetObject", bucket, { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }))]),
      ["danger iam-public"],
    ],
    ["another account", bucketPolicy([tls], [tls, to({ AWS: foreign }, get)]), ["caution iam-other-account"]],
    ["a load balancer's logs", bucketPolicy([tls], [tls, to({ AWS: "600734575887" }, allow("s3:PutObject", bucket))]), []],
    ["a role of ours", bucketPolicy([tls], [tls, to({ AWS: `arn:aws:iam::${own}:role/x` }, get)]), []],
    ["without TLS", bucketPolicy([tls, to({ AWS: own }, get)], [to({ AWS: own }, get)]), ["danger iam-deny-removed"]],
    [
      "denied to all",
      bucketPolicy([tls], [tls, { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: bucket }]),
      ["danger iam-lockout"],
    ],
    [
      "a key for another account",
      key([root], [root, to({ AWS: foreign }, allow("kms:Decrypt", "*"))]),
      ["danger iam-other-account", "caution kms-policy-loosened"],
    ],
    [
      "a key for a role of ours",
      key([root], [root, to({ AWS: `arn:aws:iam::${own}:role/x` }, allow("kms:Decrypt", "*"))]),
      ["caution kms-policy-loosened"],
    ],
    ["a key for everybody", key([root], [root, to("*", allow("kms:Decrypt", "*"))]), ["danger iam-public"]],
    [
      "a key, condition gone",
      key(
        [to("*", allow("kms:Decrypt", "*", { StringEquals: { "kms:CallerAccount": own, "kms:ViaService": "s3" } }))],
        [to("*", allow("kms:Decrypt", "*", { StringEquals: { "kms:CallerAccount": own } }))],
      ),
      ["caution kms-policy-loosened", "danger iam-condition-removed"],
    ],
    ["a key, as it was", key([root], [{ Sid: "root", ...root }]), []],
    ["a new key", created("aws_kms_key.k", { policy: policy(root) }), []],
    ["a new queue without a policy", created("aws_sqs_queue.q", { name: "q", policy: afterApply }), []],
    [
      "an endpoint opened",
      updated("aws_vpc_endpoint.e", endpoint(inside), endpoint(to("*", allow("*", "*")))),
      ["danger network-endpoint-policy-opened"],
    ],
    [
      "an endpoint without its condition",
      updated("aws_vpc_endpoint.e", endpoint(inside), endpoint(to("*", allow("s3:*", "*")))),
      ["danger network-endpoint-policy-opened"],
    ],
    [
      "an endpoint for one more bucket",
      updated("aws_vpc_endpoint.e", endpoint(inside), endpoint(inside, to("*", allow("s3:GetObject", "arn:aws:s3:::al2023/*")))),
      [],
    ],
    ["a new endpoint for our account", created("aws_vpc_endpoint.e", { policy: policy(inside) }), []],
    [
      "a queue",
      updated(
        "aws_sqs_queue_policy.q",
        { queue_url: "q", policy: policy() },
        { queue_url: "q", policy: policy(to("*", allow("sqs:SendMessage", "*"))) },
      ),
      ["danger iam-public"],
    ],
    [
      "a repository",
      created("aws_ecr_repository_policy.r", {
        repository: "r",
        policy: policy(to("*", { Effect: "Allow", Action: "ecr:BatchGetImage" })),
      }),
      ["danger iam-public"],
    ],
    [
      "log groups",
      created("aws_cloudwatch_log_resource_policy.r", {
        policy_name: "r",
        policy_document: policy(to("*", allow("logs:PutLogEvents", "*"))),
      }),
      ["danger iam-public"],
    ],
  ])("%s", (_, change, expected) => expect([...alarmsOf(change)].sort()).toEqual([...expected].sort()));

  test("a bucket that goes takes its policy's denies with it", () => {
    const gone = [
      deleted("aws_s3_bucket.b", { id: "mine", bucket: "mine" }),
      deleted("aws_s3_bucket_policy.p", { bucket: "mine", policy: policy(tls) }),
    ];
    expect(alarmsOf(...gone)).toEqual([]);
    expect(alarmsOf(...gone.slice(1))).toEqual(["danger iam-deny-removed"]);
  });
});

test("an object that goes takes its policy along, without a word about who loses what", () => {
  const endpoint: Values = { id: "vpce-1", policy: policy(to("*", allow("*", "*"))) };
  expect(told(iamDocuments, plan(of(deleted("aws_vpc_endpoint.e", endpoint))))).toEqual([]);
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

test("a policy that is only a boundary grants nothing, until somebody attaches it", () => {
  const everything = created("aws_iam_policy.b", { name: "b", arn: afterApply, policy: policy(allow("*", "*")) });
  const role = created("aws_iam_role.r", { name: "r", permissions_boundary: afterApply });
  const attachment = created("aws_iam_role_policy_attachment.a", { role: "r", policy_arn: afterApply });
  const references = { "aws_iam_role.r": ["aws_iam_policy.b"], "aws_iam_role_policy_attachment.a": ["aws_iam_policy.b"] };
  expect(alarms(iamDocuments, plan({ changes: [everything, role], references }))).toEqual([]);
  expect(alarms(iamDocuments, plan({ changes: [everything, role, attachment], references }))).toEqual(["danger iam-admin"]);
});
