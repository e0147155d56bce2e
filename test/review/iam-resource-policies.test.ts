/** Who may become a role, and who may use a resource: policies that name a principal. */
import { describe, expect, test } from "@jest/globals";
import { iamDocuments } from "../../review/findings/iam-documents.ts";
import { alarmsOf, allow, bucket, foreign, get, of, own, policy, to } from "./iam-policies.ts";
import { afterApply, type Change, created, deleted, plan, updated, type Values } from "./plans.ts";
import { told } from "./told.ts";

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
