/** Who reads a team's secrets: by simulation of the role's trust and rights, and by the objects that lead to it. */
import { expect, test } from "@jest/globals";
import { secretReader, secretStoreResources } from "../../../modules/tenancy/secrets.ts";
import { crdProblems } from "../../support/crd-schema.ts";
import { isAllowed } from "../../support/iam.ts";
import { isTrusted } from "../../support/iam-trust.ts";
import { missing } from "../../support/shared-charts.ts";

const environment = { project: "mainline", name: "dev", account: "111122223333", region: "ap-northeast-2" };
const issuer = { host: "oidc.eks.ap-northeast-2.amazonaws.com/id/ABCDEF", audience: "sts.amazonaws.com" };
const cluster = { oidcProviderArn: `arn:aws:iam::${environment.account}:oidc-provider/${issuer.host}`, oidcIssuer: issuer.host };
const key = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const { trust, statements } = secretReader({ team: "shop", namespaces: ["shop", "shop-jobs"], environment, cluster, keys: [key] });

const secret = (name: string) => `arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:${name}-AbCdEf`;
const parameter = (name: string) => `arn:aws:ssm:ap-northeast-2:111122223333:parameter/${name}`;
const ours = { sub: "system:serviceaccount:shop:external-secrets", aud: "sts.amazonaws.com" };

test.each([
  ["the stores of a namespace", ours, true],
  ["of its other namespace", { ...ours, sub: "system:serviceaccount:shop-jobs:external-secrets" }, true],
  ["another account of the namespace", { ...ours, sub: "system:serviceaccount:shop:shop-api" }, false],
  ["the same account of another team", { ...ours, sub: "system:serviceaccount:billing:external-secrets" }, false],
  ["a namespace that only begins alike", { ...ours, sub: "system:serviceaccount:shop-x:external-secrets" }, false],
  ["a token for somebody else", { ...ours, aud: "https://kubernetes.default.svc" }, false],
])("takes the role: %s, %j: %s", async (_, asking, allowed) => {
  expect(await isTrusted([trust], environment.account, { issuer, ...asking })).toBe(allowed);
});

test.each([
  ["read a secret of the team", "secretsmanager:GetSecretValue", secret("mainline/dev/shop/api"), true],
  ["read a parameter of the team", "ssm:GetParameter", parameter("mainline/dev/shop/url"), true],
  ["read another team's secret", "secretsmanager:GetSecretValue", secret("mainline/dev/billing/api"), false],
  ["read one of a team whose name begins alike", "secretsmanager:GetSecretValue", secret("mainline/dev/shop2/api"), false],
  ["read an add-on's secret", "secretsmanager:GetSecretValue", secret("mainline/dev/argocd"), false],
  ["read its own of another environment", "secretsmanager:GetSecretValue", secret("mainline/prod/shop/api"), false],
  ["read another team's parameter", "ssm:GetParameter", parameter("mainline/dev/billing/url"), false],
  ["see the names of all secrets", "secretsmanager:ListSecrets", "*", false],
  ["see the names of all parameters", "ssm:DescribeParameters", "*", false],
  ["write a secret", "secretsmanager:PutSecretValue", secret("mainline/dev/shop/api"), false],
  ["decrypt by itself", "kms:Decrypt", key, false],
])("may %s: %s on %s: %s", async (_, action, resource, allowed) => {
  expect(await isAllowed(statements, { action, resource })).toBe(allowed);
});

const objects = secretStoreResources("shop", ["shop", "shop-jobs"], environment);

test("every store names an account of its namespace: without one it would read as external-secrets itself", () => {
  const stores = objects.filter(({ kind }) => kind === "SecretStore");
  expect(stores.map(({ metadata: { name, namespace } }) => `${namespace}/${name}`)).toEqual([
    "shop/secrets-manager",
    "shop/parameter-store",
    "shop-jobs/secrets-manager",
    "shop-jobs/parameter-store",
  ]);
  for (const { spec } of stores) {
    expect(spec).toMatchObject({ provider: { aws: { auth: { jwt: { serviceAccountRef: { name: "external-secrets" } } } } } });
  }
  const accounts = objects.filter(({ kind }) => kind === "ServiceAccount");
  expect(accounts.map(({ metadata: { namespace, annotations } }) => [namespace, annotations?.["eks.amazonaws.com/role-arn"]])).toEqual([
    ["shop", "arn:aws:iam::111122223333:role/mainline-dev-team-shop-secrets"],
    ["shop-jobs", "arn:aws:iam::111122223333:role/mainline-dev-team-shop-secrets"],
  ]);
});

(missing ? test.skip : test)(`they satisfy their definitions${missing && ` (skipped: ${missing})`}`, () => {
  expect(objects.flatMap(crdProblems)).toEqual([]);
});
