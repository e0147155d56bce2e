/** Rights in the sample: policies, trust, attachments, keys. */
import { add, all, at, type Case, policy, ref, remove, type Statement, set } from "../../case.ts";

const app = "aws_iam_policy.app";
const role = "aws_iam_role.app";
const allowing = (statement: Partial<Statement>) =>
  policy(app, "policy", ({ Statement }) => void Statement.push({ Effect: "Allow", Resource: "*", ...statement }));
const trusting = (statement: Partial<Statement>) =>
  policy(role, "assume_role_policy", ({ Statement }) => void Statement.push({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }));
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const toInline = (more: readonly object[]) => (draft: Parameters<Case["change"]>[0]) => {
  const { Statement } = JSON.parse(String(at(draft, app).policy)) as { Statement: object[] };
  remove("aws_iam_role_policy_attachment.app", app)(draft);
  add("aws_iam_role_policy.app-own", { role: ref("aws_iam_role.app.name"), policy: document(...Statement, ...more) })(draft);
};

export const rightsOfSample: readonly Case[] = [
  {
    id: "policy-not-resource",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: policy(app, "policy", ({ Statement: [first] }) => {
      if (!first) return;
      delete first.Resource;
      first.NotResource = "arn:aws:s3:::sample-logs/*";
    }),
  },
  {
    id: "policy-moved-and-widened",
    base: "sample",
    finds: ["iam-"],
    at: "app-own",
    change: toInline([{ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }]),
  },
  {
    id: "boundary-that-bounds-nothing",
    base: "sample",
    finds: ["iam-"],
    at: "aws_iam_role.deploy",
    change: set("aws_iam_role.deploy", { permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" }),
  },
  {
    id: "trust-other-account-by-external-id",
    base: "sample",
    finds: ["iam-trust-", "iam-other-account"],
    at: role,
    change: trusting({
      Principal: { AWS: "arn:aws:iam::999900001111:role/vendor" },
      Condition: { StringEquals: { "sts:ExternalId": "shop-1" } },
    }),
  },
  {
    id: "trust-everybody-but-one",
    base: "sample",
    finds: ["iam-trust-", "iam-public"],
    at: role,
    change: trusting({ NotPrincipal: { AWS: "arn:aws:iam::999900001111:root" } }),
  },
  {
    id: "policy-wildcards-in-disguise",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: allowing({ Action: ["iam:P?ssRole", "iam:*PolicyVersion"] }),
  },
  { id: "policy-becomes-others", base: "sample", finds: ["iam-"], at: app, change: allowing({ Action: "sts:AssumeRole" }) },
  {
    id: "policy-commands-instances",
    base: "sample",
    finds: ["iam-"],
    at: app,
    change: allowing({ Action: ["ssm:SendCommand", "ssm:StartSession"] }),
  },
  {
    id: "user-with-key",
    base: "sample",
    finds: ["iam-"],
    at: "aws_iam_access_key.robot",
    change: all(add("aws_iam_user.robot", { name: "robot" }), add("aws_iam_access_key.robot", { user: ref("aws_iam_user.robot.name") })),
  },
  {
    id: "administrator-by-exclusive-attachment",
    base: "sample",
    finds: ["iam-"],
    at: "aws_iam_policy_attachment.admins",
    change: add("aws_iam_policy_attachment.admins", {
      name: "admins",
      roles: [ref("aws_iam_role.app.name")],
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  },
  {
    id: "administrator-by-block-of-the-role",
    base: "sample",
    finds: ["iam-"],
    at: role,
    change: set(role, { inline_policy: [{ name: "all", policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) }] }),
  },
  {
    id: "policy-known-after-apply",
    base: "sample",
    finds: ["iam-policy-unknown", "iam-"],
    at: app,
    change: (draft) => {
      const statement = [{ effect: "Allow", actions: ["s3:*"], resources: ["*"] }];
      draft.data = { aws_iam_policy_document: { app: { statement, depends_on: ["aws_sns_topic.alerts"] } } };
      at(draft, "aws_sns_topic.alerts").display_name = "Alarms";
      at(draft, app).policy = ref("data.aws_iam_policy_document.app.json");
    },
  },
  {
    id: "key-grant-to-other-account",
    base: "sample",
    finds: ["kms-", "iam-"],
    at: "aws_kms_grant.partner",
    change: add("aws_kms_grant.partner", {
      key_id: ref("aws_kms_key.data.key_id"),
      grantee_principal: "arn:aws:iam::999900001111:role/partner",
      operations: ["Decrypt", "CreateGrant"],
    }),
  },
  {
    id: "key-locks-its-account-out",
    base: "sample",
    finds: ["kms-", "iam-lockout"],
    at: "aws_kms_key.data",
    change: policy("aws_kms_key.data", "policy", ({ Statement: [first] }) => {
      if (first) first.Principal = { AWS: "arn:aws:iam::777788889999:role/sample-app" };
    }),
  },
  { id: "policy-moved-inline", base: "sample", finds: [], change: toInline([]) },
  {
    id: "key-policy-account-by-number",
    base: "sample",
    finds: [],
    change: policy("aws_kms_key.data", "policy", ({ Statement: [first] }) => {
      if (first) first.Principal = { AWS: ["777788889999"] };
    }),
  },
];
