/** What holds for every stack of every environment, seen in the JSON that Terraform gets. */
import { describe, expect, test } from "@jest/globals";
import { loadEnvironments } from "../../environments/index.ts";
import type { Environment } from "../../environments/schema.ts";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import { isObject } from "../../modules/terraform-json.ts";
import { type StackName, stackId, stackNames, type Terms } from "../../stacks/contract.ts";
import * as contracts from "../../stacks/contracts.ts";
import { stateBackend } from "../../stacks/state-backend.ts";
import { workspace } from "../support/workspace.ts";

const stacks = workspace();
const table = stacks.map((stack) => [stack.id, stack] as const);
const termsOf = (stack: string): Terms => Object.values(contracts).find((contract) => contract.stack === stack)?.terms ?? {};

/** Outputs of other stacks that this one reads: [stack, output]. */
function reads({ json }: CheckedStack): [string, string][] {
  const found = JSON.stringify(json).matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g);
  return [...found].map(([, stack = "", output = ""]) => [stack, output]);
}

/** By what the data of an environment says; which stacks there are at all is told by their contracts. */
const asked: Readonly<Record<StackName, (environment: Environment) => boolean>> = {
  state: ({ state }) => state.sharedWith === undefined,
  network: ({ network }) => network !== undefined,
  cluster: ({ cluster }) => cluster !== undefined,
  addons: ({ addons }) => Object.keys(addons).length > 0,
  tenancy: ({ tenancy }) => tenancy !== undefined,
  ci: ({ ci }) => ci !== undefined,
};

test("there are the stacks that the environments ask for", () => {
  const ids = loadEnvironments().flatMap((environment) =>
    stackNames.filter((name) => asked[name](environment)).map((name) => stackId(environment, name)),
  );
  expect(stacks.map(({ id }) => id)).toEqual(ids);
});

describe("state", () => {
  test.each(table)("of %s is one encrypted, locked object in S3", (_, { json, environment, stack }) => {
    expect(json.terraform.backend).toEqual({
      s3: {
        bucket: expect.stringContaining(environment.account),
        key: `${environment.name}/${stack}.tfstate`,
        region: environment.region,
        encrypt: true,
        use_lockfile: true,
        kms_key_id: expect.stringContaining(`:${environment.account}:alias/`),
        allowed_account_ids: [environment.account],
      },
    });
  });

  test("of two stacks is never the same object", () => {
    const objects = stacks.map(({ json }) => JSON.stringify(json.terraform.backend));
    expect(new Set(objects).size).toBe(stacks.length);
  });
});

describe("contracts", () => {
  test.each(table)("%s publishes what it promises, in the promised form", (_, { json, stack, environment }) => {
    const forms = Object.entries(json.output ?? {}).map(([name, { value }]) => {
      if (typeof value === "string") return [name, "text"];
      const zones = isObject(value) ? Object.keys(value).sort() : [];
      return [name, JSON.stringify(zones) === JSON.stringify([...(environment.network?.zones ?? [])].sort()) ? "byZone" : "neither"];
    });
    const promised = Object.entries(termsOf(stack)).map(([name, { kind }]) => [name, kind]);
    expect(Object.fromEntries(forms)).toEqual(Object.fromEntries(promised));
  });

  test.each(table)("%s reads only what is promised", (_, checked) => {
    expect(reads(checked).filter(([stack, output]) => !(output in termsOf(stack)))).toEqual([]);
  });

  test.each(table)("%s reads from where the others write", (_, { json, environment }) => {
    for (const [stack, attributes] of Object.entries(json.data?.terraform_remote_state ?? {})) {
      const { bucket, key } = stateBackend(environment, stack as "network");
      expect(attributes).toMatchObject({ backend: "s3", config: { bucket, key } });
    }
  });

  test("are read by somebody: a cluster needs its network", () => {
    const clusters = stacks.filter(({ stack }) => stack === "cluster");
    expect(clusters.length).toBeGreaterThan(0);
    expect(clusters.filter((checked) => reads(checked).length === 0)).toEqual([]);
  });

  test("are the only links: no implicit output of a cross-stack reference", () => {
    expect(stacks.filter(({ json }) => JSON.stringify(json).includes("cross-stack-")).map(({ id }) => id)).toEqual([]);
  });
});
