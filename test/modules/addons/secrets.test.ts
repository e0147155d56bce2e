/** Secrets that options name: where they are looked for, that the cluster may read them, and what Argo CD gets of them. */
import { describe, expect, test } from "@jest/globals";
import { plannedAddon, plannedAddons } from "../../../modules/addons/plan.ts";
import { surroundingsOf } from "../../support/addons.ts";

/** Names in Secrets Manager that the runners' secret is read from. */
function namesOf(secret: string, externalSecrets: object = {}) {
  const runners = { secret, image: "ghcr.io/actions/actions-runner:2.330.0" };
  const planned = plannedAddons(
    surroundingsOf({ "external-secrets": externalSecrets, "gha-runner-scale-set-controller": {}, "gha-runner-scale-set": runners }),
  );
  const specs = planned.flatMap(({ resources }) => resources.filter(({ kind }) => kind === "ExternalSecret").map(({ spec }) => spec));
  const keys = specs.flatMap((spec) => (spec as { data: { remoteRef: { key: string } }[] }).data.map(({ remoteRef }) => remoteRef.key));
  return [...new Set(keys)];
}

describe("a secret of an option", () => {
  test.each([
    ["without a slash is one of the environment's own", "runners", {}, ["mainline/test/runners"]],
    ["with one is a whole name", "mainline/test/ci/runners", {}, ["mainline/test/ci/runners"]],
    ["may be anywhere that the cluster may read", "shared/runners", { secrets: ["mainline/test/", "shared/"] }, ["shared/runners"]],
  ])("%s", (_, secret, externalSecrets, expected) => expect(namesOf(secret, externalSecrets)).toEqual(expected));

  test.each([
    ["of another environment", "mainline/prod/runners", {}],
    ["beside the prefixes that are named", "runners", { secrets: ["shared/"] }],
    ["that only begins alike", "mainline/testing/runners", {}],
  ])("%s is told, since AWS would refuse it only once everything is applied", (_, secret, externalSecrets) => {
    expect(() => namesOf(secret, externalSecrets)).toThrow(/gha-runner-scale-set reads "[a-z/]+" .*\n.*addons\.external-secrets\.secrets/);
  });
});

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
