/** Whether CI may apply what this workspace is made of: every kind of resource in the reviewed JSON, by the role that applies its stack. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { applyRights, changesOf } from "../../../modules/ci/rights/apply.ts";
import type { TerraformJson } from "../../../modules/terraform-json.ts";
import { isAllowed } from "../../support/iam.ts";
import { calls } from "./calls.ts";

const golden = join(import.meta.dirname, "../../golden");
const state = { bucket: "states", folder: "dev", keyAlias: "alias/states", account: "111122223333", region: "ap-northeast-2" };
const always = applyRights({ state, prefix: "mainline-dev", assets: "arn:aws:s3:::artifacts/functions/*" });

/** Every stack's resources, over all environments. */
const reviewed = readdirSync(golden)
  .filter((name) => name.endsWith(".json") && name !== "ledger.json")
  .map((file) => {
    const { resource = {} } = JSON.parse(readFileSync(join(golden, file), "utf8")) as TerraformJson;
    return { stack: file.replace(/^[a-z0-9-]+-|\.json$/g, ""), resource };
  });

/** Types of AWS resources by stack. */
function typesByStack(): [string, string[]][] {
  const types = new Map<string, Set<string>>();
  for (const { stack, resource } of reviewed) {
    const known = types.get(stack) ?? new Set();
    for (const type of Object.keys(resource)) if (type.startsWith("aws_")) known.add(type);
    types.set(stack, known);
  }
  return [...types].map(([stack, found]) => [stack, [...found].sort()]);
}

/** Whether some statement allows the action; the beginning of one stands for all that begin so. */
function covered(stack: string, action: string): boolean {
  const actions = [...always, ...changesOf(stack, state.account)]
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => statement.actions);
  return actions.some((allowed) => allowed === action || (allowed.endsWith("*") && action.startsWith(allowed.slice(0, -1))));
}

test.each(typesByStack())("%s: every kind of resource has its calls in calls.ts, and CI may make them", (stack, types) => {
  expect(types.length).toBeGreaterThan(0);
  expect(types.filter((type) => !(type in calls))).toEqual([]);
  const missing = types.flatMap((type) =>
    (calls[type] ?? [])
      .filter((action) => !covered(stack, action))
      .map((action) => `${type} needs ${action}: add it to modules/ci/rights/verbs.ts`),
  );
  expect(missing).toEqual([]);
});

test.each(["organizations:LeaveOrganization", "s3:PutAccountPublicAccessBlock", "ecr:CreateRepository", "lambda:CreateFunction"])(
  "what the stack network does not make is not covered: %s",
  (action) => expect(covered("network", action)).toBe(false),
);

test("every service that takes a role of the platform may be given one", async () => {
  const trusted = reviewed.flatMap(({ resource }) =>
    Object.values(resource.aws_iam_role ?? {}).flatMap(({ assume_role_policy: trust }) => {
      const { Statement: statements } = JSON.parse(String(trust)) as { Statement: { Principal: { Service?: string | string[] } }[] };
      return statements.flatMap(({ Principal: principal }) => principal.Service ?? []);
    }),
  );
  const services = [...new Set(trusted)].sort();
  expect(services).toContain("ecr.amazonaws.com");
  const refused = await Promise.all(
    services.map(async (service) => {
      const context = { "iam:PassedToService": service };
      const request = { action: "iam:PassRole", resource: `arn:aws:iam::${state.account}:role/mainline-dev-x`, context };
      return (await isAllowed(always, request)) ? [] : [service];
    }),
  );
  expect(refused.flat()).toEqual([]);
});
