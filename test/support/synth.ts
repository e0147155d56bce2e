/** Stacks in memory: no file, no process, no clock. */
import { RootConstruct } from "constructs";
import type { Environment } from "../../environments/schema.ts";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import type { TerraformJson } from "../../modules/terraform-json.ts";
import type { StackName } from "../../stacks/contract.ts";
import { addStacks } from "../../stacks/index.ts";

export { environmentOf, minimal } from "./environment.ts";

const synthesized = new Map<string, TerraformJson>();

/**
 * The resolved JSON of one stack, as `cdk.tf.json` will say it. Stacks after the named one are not built. The same environment is synthesized
 * once in a test file; nobody changes what it got.
 */
export function synthStack(environment: Environment, name: StackName): TerraformJson {
  const key = JSON.stringify([name, environment]);
  const json = synthesized.get(key) ?? freshStack(environment, name);
  synthesized.set(key, json);
  return json;
}

function freshStack(environment: Environment, name: StackName): TerraformJson {
  const stack = addStacks(new RootConstruct(), environment, name).find((candidate) => candidate.stack === name);
  if (!stack) throw new Error(`${environment.name} has no ${name} stack`);
  return stack.toTerraform();
}

/** Every stack of an environment, as the guardrails see them. */
export function synthAll(environment: Environment): CheckedStack[] {
  const stacks = addStacks(new RootConstruct(), environment);
  return stacks.map((stack) => ({ id: stack.node.id, stack: stack.stack, environment, json: stack.toTerraform() }));
}
