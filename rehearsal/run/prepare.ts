/** Synthesizes what a run needs into its own folder and decides what of it is applied. */
import { join } from "node:path";
import { closest } from "fastest-levenshtein";
import type { Environment } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import { stackId } from "../../stacks/contract.ts";
import { synthesize } from "../../stacks/synth.ts";
import { ownStacks, toWork } from "./stack-work.ts";
import { type SynthesizedStack, withNeeds } from "./stacks.ts";
import type { StackWork } from "./work.ts";

export interface Prepared {
  /** In the order in which they are applied. */
  readonly stacks: readonly StackWork[];
  readonly stateStack: string;
  /** Ids that may not be skipped. */
  readonly required: readonly string[];
  /** Ids of all stacks of the environment, whether this run is about them or not. */
  readonly known: readonly string[];
}

interface Wanted {
  readonly environment: Environment;
  readonly environments: readonly Environment[];
  readonly only?: string;
  readonly require?: readonly string[];
  readonly charts?: string;
}

/** Rejects with every guardrail violation, where `only` or `require` names no stack of the environment, or where charts are not there. */
export async function prepareStacks({ environment, environments, only, require = [], charts }: Wanted, folder: string): Promise<Prepared> {
  const owner = environment.state.sharedWith ?? environment.name;
  const involved = environments.filter(({ name }) => name === environment.name || name === owner);
  const outdir = join(folder, "cdktf.out");
  synthesize(involved, { outdir });
  const stateStack = stackId({ name: owner }, "state");
  const own = await ownStacks(outdir, environment.name, stateStack);
  const stacks = only === undefined ? own : withNeeds(own, named(only, environment.name, own));
  const required = require.map((name) => named(name, environment.name, stacks));
  const work = await Promise.all(stacks.map((stack) => toWork(stack, stateStack, folder, charts)));
  return { stateStack, required, stacks: work, known: own.map(({ id }) => id) };
}

function named(only: string, environment: string, stacks: readonly SynthesizedStack[]): string {
  const ids = stacks.map(({ id }) => id);
  const found = ids.find((id) => id === only || id === `${environment}-${only}`);
  if (found) return found;
  throw new UserError(`${environment} has no stack "${only}". Did you mean "${closest(only, ids)}"? It has ${ids.join(", ")}.`);
}
