/** No secret leaves the reader: in no field of a plan, whichever way it got in. */
import { describe, expect, test } from "@jest/globals";
import { readPlan } from "../../review/plan-json.ts";
import { created, metaOf, plan, planText, Sensitive, unchanged, updated, type Value, type Values } from "./plans.ts";

const secret = "hunter2-S3cr3t";
const later = "correct-horse-99";

const yaml = (value: string) => `grafana:\n  adminPassword: ${value}\n  replicas: 2\n`;
const github = (letter: string) => `ghp_${letter.repeat(36)}`;

describe("a secret is nowhere in what is read, and that it changed is told", () => {
  test.each<[string, string, (value: string) => Values]>([
    ["marked by the provider", "aws_db_instance.a", (value) => ({ password: new Sensitive(value), size: 1 })],
    ["marked within a block", "aws_x.a", (value) => ({ block: [{ inner: new Sensitive(value) }] })],
    ["a whole block", "aws_x.a", (value) => ({ block: new Sensitive([{ inner: value }]) })],
    ["known to be one", "aws_secretsmanager_secret_version.a", (value) => ({ secret_string: value })],
    ["a parameter", "aws_ssm_parameter.a", (value) => ({ insecure_value: value })],
    ["Kubernetes's own", "kubernetes_secret_v1.a", (value) => ({ data: { user: value } })],
    ["in user data", "aws_launch_template.a", (value) => ({ user_data: Buffer.from(value).toString("base64") })],
    ["by the name of its key", "aws_x.a", (value) => ({ config: { clientSecret: value } })],
    [
      "by the name of a variable",
      "aws_codebuild_project.a",
      (value) => ({ environment: [{ variable: [{ name: "DB_PASSWORD", value }] }] }),
    ],
    ["of a function", "aws_lambda_function.a", (value) => ({ environment: [{ variables: { API_TOKEN: value } }] })],
    ["in Helm values", "helm_release.a", (value) => ({ values: [yaml(value)] })],
    ["in Helm values as JSON", "helm_release.a", (value) => ({ values: [JSON.stringify({ auth: { password: value } })] })],
    [
      "in Helm's rendered manifest",
      "helm_release.a",
      (value) => ({ manifest: JSON.stringify({ data: value }), metadata: [{ values: value }] }),
    ],
    ["in what Helm sets", "helm_release.a", (value) => ({ set_sensitive: [{ name: "x", value }] })],
    ["in a manifest", "kubernetes_manifest.a", (value) => ({ manifest: { kind: "Secret", stringData: { x: value } } })],
    ["in a document", "aws_ssm_document.a", (value) => ({ content: JSON.stringify({ steps: [{ password: value }] }) })],
    ["in an address", "aws_x.a", (value) => ({ url: `postgres://admin:${value}@db.internal:5432/app` })],
  ])("%s", (_, address, values) => {
    const text = planText({
      changes: [
        updated(address, values(secret), values(later)),
        created(`${address}_new`, values(secret)),
        unchanged(`${address}_same`, values(secret)),
      ],
    });
    const result = readPlan(text, metaOf("dev-x"));
    const printed = JSON.stringify(result);
    for (const value of [secret, later]) {
      expect(printed).not.toContain(value);
      expect(printed).not.toContain(Buffer.from(value).toString("base64"));
    }
    const attributes = result.changes[0]?.attributes ?? [];
    expect(attributes.filter(({ sensitive }) => sensitive)).not.toEqual([]);
    expect(attributes.filter(({ sensitive }) => !sensitive)).toEqual([]);
  });
});

test.each([
  ["GitHub", github("a"), github("b")],
  ["AWS", "AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"],
  ["Slack", "xoxb-1234567890-abcdef", "xoxb-1234567890-abcdeg"],
  ["Slack's webhooks", "https://hooks.slack.com/services/T0/B0/aaaa", "https://hooks.slack.com/services/T0/B0/bbbb"],
  [
    "a private key",
    "-----BEGIN RSA PRIVATE KEY-----\naaaa\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----\nbbbb\n-----END RSA PRIVATE KEY-----",
  ],
  ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.aaaa", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.bbbb"],
])("a token of %s is known by its form, and that it changed is told", (_, before, after) => {
  const result = plan({ changes: [updated("aws_x.a", { text: `use ${before} here` }, { text: `use ${after} here` })] });
  expect(JSON.stringify(result)).not.toContain(before);
  expect(JSON.stringify(result)).not.toContain(after);
  expect(result.changes[0]?.attributes).toEqual([expect.objectContaining({ path: ["text"], sensitive: true })]);
});

test.each<[string, Values]>([
  [
    "where a secret is",
    { existingSecret: "grafana-admin", secretName: "tls", passwordKey: "password", kms_key_id: "alias/a", secret_arn: "arn:aws:x" },
  ],
  ["how tokens are asked for", { metadata_options: [{ http_tokens: "required" }], token_ttl: "1h" }],
  ["rules for passwords", { minimum_password_length: 14, require_symbols: true, allow_users_to_change_password: true }],
  ["an empty secret", { password: "", token: null }],
  ["a policy", { policy: JSON.stringify({ Statement: [{ Action: "secretsmanager:GetSecretValue", Resource: "*" }] }) }],
  ["an address", { issuer: "https://oidc.eks.ap-northeast-2.amazonaws.com/id/ABC" }],
])("what is none stays as it is: %s", (_, values: Values) => {
  expect(plan({ changes: [created("aws_x.a", values)] }).changes[0]?.after).toEqual(values as Value);
});

test("Helm values that cannot be read are hidden whole", () => {
  const [change] = plan({ changes: [created("helm_release.a", { values: ["password: [unclosed\n\t- x"] })] }).changes;
  expect(change?.after).toEqual({ values: ["(sensitive)"] });
});
