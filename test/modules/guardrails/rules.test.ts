import { describe, expect, test } from "@jest/globals";
import { guardrails } from "../../../modules/guardrails/catalogue.ts";
import { check } from "../../../modules/guardrails/check.ts";
import { environmentOf } from "../../support/environment.ts";
import { buckets } from "./cases/buckets.ts";
import type { Case, Cases } from "./cases/case.ts";
import { clusters } from "./cases/cluster.ts";
import { deliveryCases } from "./cases/delivery.ts";
import { encryption } from "./cases/encryption.ts";
import { exposure } from "./cases/exposure.ts";
import { identities } from "./cases/identity.ts";
import { network } from "./cases/network.ts";
import { nodeCases } from "./cases/nodes.ts";
import { platform } from "./cases/platform.ts";
import { releaseCases } from "./cases/releases.ts";

const cases: Cases = {
  ...platform,
  ...encryption,
  ...buckets,
  ...exposure,
  ...network,
  ...identities,
  ...clusters,
  ...nodeCases,
  ...releaseCases,
  ...deliveryCases,
};

function broken(id: string, { json, profile }: Case): string[] {
  const rules = guardrails.filter((rule) => rule.id === id);
  const stack = {
    id: "test-network",
    stack: "network",
    environment: environmentOf({ profile }),
    json: { terraform: {}, provider: {}, ...json },
  };
  return check([stack], rules).violations.map(({ address }) => address);
}

describe.each(guardrails.map((rule) => [rule.id, rule] as const))("%s", (id) => {
  const { holds = [], fails = [] } = cases[id] ?? {};

  test("has a case that holds and one that fails", () => {
    expect(holds.length * fails.length).toBeGreaterThan(0);
  });
  test.each(holds)("holds: %j", (given) => expect(broken(id, given)).toEqual([]));
  test.each(fails)("fails: %j", (given) => expect(broken(id, given)).toHaveLength(1));
});

test("cases are about rules that exist, and no id is used twice", () => {
  const ids = guardrails.map(({ id }) => id);
  expect(Object.keys(cases).sort()).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
