/** All stacks of environments, in memory. */
import { RootConstruct } from "constructs";
import { loadEnvironments } from "../../environments/index.ts";
import type { Environment } from "../../environments/schema.ts";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import { addStacks } from "../../stacks/index.ts";

export function synthAll(environments: readonly Environment[]): CheckedStack[] {
  const root = new RootConstruct();
  const stacks = environments.flatMap((environment) => addStacks(root, environment));
  for (const stack of stacks) stack.prepareStack();
  return stacks.map((stack) => ({ id: stack.node.id, stack: stack.stack, environment: stack.environment, json: stack.toTerraform() }));
}

/** Those of this workspace. */
export function synthWorkspace(): CheckedStack[] {
  return synthAll(loadEnvironments());
}
