/** All stacks of environments, in memory. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RootConstruct } from "constructs";
import { loadEnvironments } from "../../environments/index.ts";
import type { Environment } from "../../environments/schema.ts";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import { stackNames } from "../../stacks/contract.ts";
import { addStacks } from "../../stacks/index.ts";
import { stackId } from "../../stacks/platform-stack.ts";

export function synthAll(environments: readonly Environment[]): CheckedStack[] {
  const root = new RootConstruct();
  const stacks = environments.flatMap((environment) => addStacks(root, environment));
  return stacks.map((stack) => ({ id: stack.node.id, stack: stack.stack, environment: stack.environment, json: stack.toTerraform() }));
}

/** Those of this workspace, as reviewed: test/golden holds that they are what the synth writes, so no other test has to synthesize all. */
export function workspace(): CheckedStack[] {
  const golden = join(import.meta.dirname, "../golden");
  return loadEnvironments().flatMap((environment) =>
    stackNames.flatMap((stack) => {
      const id = stackId(environment, stack);
      const file = join(golden, `${id}.json`);
      return existsSync(file) ? [{ id, stack, environment, json: JSON.parse(readFileSync(file, "utf8")) }] : [];
    }),
  );
}
