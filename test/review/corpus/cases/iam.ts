/** Rights: who may do what, and who may become whom. */
import { add, at, type Case, policy, ref, type Statement } from "../case.ts";

const deploy = "aws_iam_role.deploy";
const app = "aws_iam_policy.app";
const account = "777788889999";
const trust = (edit: (statement: Statement) => void) =>
  policy(deploy, "assume_role_policy", ({ Statement: [first] }) => {
    if (first) edit(first);
  });
const sub = "token.actions.githubusercontent.com:sub";
const allowing = (statement: Partial<Statement>) =>
  policy(app, "policy", ({ Statement }) => void Statement.push({ Effect: "Allow", Resource: "*", ...statement }));
const bucketPolicy = "aws_s3_bucket_policy.data";
const keyPolicy = "aws_kms_key.data";
/** Gives the first statement of a resource policy to somebody else. */
const givenTo = (address: string, principal: unknown) =>
  policy(address, "policy", ({ Statement: [first] }) => {
    if (first) first.Principal = principal;
  });
const own = { AWS: `arn:aws:iam::${account}:role/sample-app` };

export const iam: readonly Case[] = [
  {
    id: "trust-anybody",
    base: "sample",
    finds: ["iam-trust-"],
    at: deploy,
    change: policy(
      deploy,
      "assume_role_policy",
      ({ Statement }) => void Statement.push({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
    ),
  },
  {
    id: "trust-other-account",
    base: "sample",
    finds: ["iam-trust-"],
    at: "aws_iam_role.app",
    change: policy(
      "aws_iam_role.app",
      "assume_role_policy",
      ({ Statement }) =>
        void Statement.push({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::999900001111:root" }, Action: "sts:AssumeRole" }),
    ),
  },
  {
    id: "trust-every-repository",
    base: "sample",
    finds: ["iam-trust-"],
    at: deploy,
    change: trust((statement) => {
      statement.Condition = {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { [sub]: "repo:example/*" },
      };
    }),
  },
  {
    id: "trust-pull-requests",
    base: "sample",
    finds: ["iam-trust-"],
    at: deploy,
    change: trust((statement) => {
      statement.Condition = {
        StringEquals: {
          ...statement.Condition?.StringEquals,
          [sub]: ["repo:example/shop:ref:refs/heads/main", "repo:example/shop:pull_request"],
        },
      };
    }),
  },
  {
    id: "trust-without-subject",
    base: "sample",
    finds: ["iam-trust-"],
    at: deploy,
    change: trust((statement) => {
      statement.Condition = { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } };
    }),
  },
  { id: "policy-everything", base: "sample", finds: ["iam-"], at: app, change: allowing({ Action: "*" }) },
  {
    id: "policy-all-actions-of-a-service",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: policy(app, "policy", ({ Statement: [first] }) => {
      if (first) first.Action = "s3:*";
    }),
  },
  {
    id: "policy-all-resources",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: policy(app, "policy", ({ Statement: [first] }) => {
      if (first) first.Resource = "*";
    }),
  },
  { id: "policy-not-action", base: "sample", finds: ["iam-"], at: app, change: allowing({ NotAction: "iam:*" }) },
  { id: "policy-pass-role", base: "sample", finds: ["iam-"], at: app, change: allowing({ Action: "iam:PassRole" }) },
  {
    id: "policy-new-version",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: allowing({ Action: ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"] }),
  },
  {
    id: "policy-deny-removed",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: policy(app, "policy", (document) => {
      document.Statement = document.Statement.filter(({ Effect }) => Effect === "Allow");
    }),
  },
  {
    id: "boundary-removed",
    base: "sample",
    finds: ["iam-"],
    at: deploy,
    change: (draft) => {
      delete at(draft, deploy).permissions_boundary;
    },
  },
  {
    id: "administrator-attached",
    base: "sample",
    finds: ["iam-"],
    at: "aws_iam_role_policy_attachment.admin",
    change: add("aws_iam_role_policy_attachment.admin", {
      role: ref("aws_iam_role.app.name"),
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  },
  {
    id: "inline-administrator",
    base: "sample",
    finds: ["iam-"],
    at: "aws_iam_role_policy.inline",
    change: add("aws_iam_role_policy.inline", {
      role: ref("aws_iam_role.app.name"),
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
    }),
  },
  {
    id: "bucket-tls-not-required",
    base: "sample",
    finds: ["iam-", "s3-"],
    at: bucketPolicy,
    change: policy(bucketPolicy, "policy", (document) => {
      document.Statement = [
        { Sid: "Read", Effect: "Allow", Principal: own, Action: "s3:GetObject", Resource: "arn:aws:s3:::sample-data/*" },
      ];
    }),
  },
  {
    id: "bucket-public-read",
    base: "sample",
    finds: ["iam-", "s3-"],
    at: bucketPolicy,
    change: policy(
      bucketPolicy,
      "policy",
      ({ Statement }) =>
        void Statement.push({
          Sid: "Read",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::sample-data/*",
        }),
    ),
  },
  {
    id: "key-policy-anybody",
    base: "sample",
    finds: ["iam-", "kms-"],
    at: keyPolicy,
    change: policy(
      keyPolicy,
      "policy",
      ({ Statement }) => void Statement.push({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" }),
    ),
  },
  {
    id: "key-grants-by-other-account",
    base: "sample",
    finds: ["iam-", "kms-"],
    at: keyPolicy,
    change: policy(
      keyPolicy,
      "policy",
      ({ Statement }) =>
        void Statement.push({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999900001111:root" },
          Action: ["kms:CreateGrant", "kms:Decrypt"],
          Resource: "*",
        }),
    ),
  },
  {
    id: "queue-anybody",
    base: "sample",
    finds: ["iam-"],
    at: "aws_sqs_queue_policy.orders",
    change: givenTo("aws_sqs_queue_policy.orders", "*"),
  },
  {
    id: "secret-other-account",
    base: "sample",
    finds: ["iam-"],
    at: "aws_secretsmanager_secret_policy.shop",
    change: givenTo("aws_secretsmanager_secret_policy.shop", { AWS: "arn:aws:iam::999900001111:root" }),
  },
  {
    id: "registry-anybody",
    base: "sample",
    finds: ["iam-"],
    at: "aws_ecr_repository_policy.shop",
    change: givenTo("aws_ecr_repository_policy.shop", "*"),
  },
  {
    id: "endpoint-policy-opened",
    base: "sample",
    finds: ["iam-", "network-", "endpoint-"],
    at: "aws_vpc_endpoint.s3",
    change: policy("aws_vpc_endpoint.s3", "policy", ({ Statement: [first] }) => {
      if (first) Object.assign(first, { Action: "*", Resource: "*" });
    }),
  },
];
