/** Which stacks an environment has, in the order in which they are applied. */
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { AddonsStack } from "./addons.ts";
import { CiStack } from "./ci.ts";
import { ClusterStack } from "./cluster.ts";
import type { StackName } from "./contract.ts";
import { NetworkStack } from "./network.ts";
import type { PlatformStack } from "./platform-stack.ts";
import { StateStack } from "./state.ts";
import { TenancyStack } from "./tenancy.ts";

interface StackType {
  readonly name: StackName;
  readonly has: (environment: Environment) => boolean;
  readonly create: new (scope: Construct, environment: Environment) => PlatformStack;
}

const stackTypes: readonly StackType[] = [
  { name: "state", has: ({ state }) => state.sharedWith === undefined, create: StateStack },
  { name: "network", has: ({ network }) => network !== undefined, create: NetworkStack },
  { name: "cluster", has: ({ cluster }) => cluster !== undefined, create: ClusterStack },
  { name: "addons", has: ({ addons }) => Object.keys(addons).length > 0, create: AddonsStack },
  { name: "tenancy", has: ({ tenancy }) => tenancy !== undefined, create: TenancyStack },
  { name: "ci", has: ({ ci }) => ci !== undefined, create: CiStack },
];

/** Adds the stacks of one environment to an App, or to any root when nothing is to be written; up to and including `last`. */
export function addStacks(root: Construct, environment: Environment, last?: StackName): PlatformStack[] {
  const end = last === undefined ? stackTypes.length : stackTypes.findIndex(({ name }) => name === last) + 1;
  return stackTypes
    .slice(0, end)
    .filter(({ has }) => has(environment))
    .map(({ create: Create }) => new Create(root, environment));
}

/**
 * Adds the stacks of all these environments.
 * @throws UserError with what does not fit together in each of them, by its file.
 */
export function platform(root: Construct, environments: readonly Environment[]): PlatformStack[] {
  const wrong: string[] = [];
  const stacks = environments.flatMap((environment) => {
    try {
      return addStacks(root, environment);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      wrong.push(`environments/${environment.name}.ts: ${error.message}`);
      return [];
    }
  });
  if (wrong.length > 0) throw new UserError([...wrong, "Nothing was written."].join("\n"));
  return stacks;
}
