import { describe, expect, test } from "@jest/globals";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { surroundingsOf } from "../../support/addons.ts";

const sso = (secret: string) => ({ organisation: "example", secret, teams: { devops: ["platform"] } });
const planned = (input: object, others: object = {}) =>
  plannedAddon("argo-cd", surroundingsOf({ "argo-cd": { host: "argocd.example.com", ...input }, ...others }));
const text = (value: unknown) => JSON.stringify(value);

describe("secrets of Argo CD", () => {
  test("with external-secrets the option names a secret of Secrets Manager", () => {
    const { values, resources } = planned({ sso: sso("mainline/test/github") }, { "external-secrets": {} });
    expect(text(values)).toContain("$argocd-github:clientSecret");
    const made = resources.filter(({ kind }) => kind === "ExternalSecret");
    expect(made.map(({ metadata }) => metadata.name)).toEqual(["argocd-github"]);
    expect(text(made)).toContain('"key":"mainline/test/github","property":"clientSecret"');
  });

  test("without, it names a Kubernetes secret", () => {
    const { values, resources } = planned({ sso: sso("our-github") });
    expect(text(values)).toContain("$our-github:clientSecret");
    expect(resources.filter(({ kind }) => kind === "ExternalSecret")).toEqual([]);
  });

  test.each([
    ["sso", { sso: sso("mainline/test/github") }],
    ["webhook", { webhook: { secret: "mainline/test/webhook" } }],
    ["slack", { slack: { channel: "deployments", secret: "mainline/test/slack" } }],
    ["repositories.shop", { repositories: { shop: { url: "https://github.com/example/shop.git", secret: "mainline/test/read" } } }],
  ])("%s: a name of Secrets Manager that nothing reads is told, with what to do", (option, input) => {
    expect(() => planned(input)).toThrow(`addons.argo-cd.${option}.secret: "mainline/test/`);
    expect(() => planned(input)).toThrow('Add `"external-secrets": {}`');
    expect(() => planned(input, { "external-secrets": {} })).not.toThrow();
  });

  test.each([
    ["https://github.com/example/shop.git", ["username", "password"]],
    ["git@github.com:example/shop.git", ["sshPrivateKey"]],
    ["ssh://git@github.com/example/shop.git", ["sshPrivateKey"]],
  ])("%s is read with %j", (url, keys) => {
    const { resources } = planned({ repositories: { shop: { url, secret: "mainline/test/read" } } }, { "external-secrets": {} });
    const spec = resources.find(({ metadata }) => metadata.name === "argocd-repo-shop")?.spec;
    expect(spec).toMatchObject({ data: keys.map((secretKey) => ({ secretKey })), target: { template: { data: { url } } } });
  });
});
