/** Secrets that options name: where they are looked for, and that the cluster may read them. */
import { describe, expect, test } from "@jest/globals";
import { plannedAddons } from "../../../modules/addons/plan.ts";
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
