/** Synthesizes what a run needs into its own folder and decides what of it is applied. */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closest } from "fastest-levenshtein";
import type { Environment } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import { stackId } from "../../stacks/contract.ts";
import { synthesize } from "../../stacks/synth.ts";
import { unsupported } from "../unsupported.ts";
import { chartsOverride, chartsOverrideFile, plainHosts } from "./charts.ts";
import { cutUnsupported } from "./cut.ts";
import type { Base } from "./spec.ts";
import { readStacks, type SynthesizedStack, withNeeds } from "./stacks.ts";
import { resourcesOf, type TerraformJson } from "./terraform-resources.ts";
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
  readonly from?: Base;
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

/**
 * The stacks of another ref that this run begins with, in a folder of their own: those that the run applies afterwards, what these need there,
 * and those that the working tree has no more.
 */
export async function prepareBase(
  { environment, from, charts }: Wanted,
  { stateStack, stacks, known }: Prepared,
  folder: string,
): Promise<readonly StackWork[]> {
  if (from === undefined) return [];
  const place = join(folder, "base");
  const outdir = join(place, "cdktf.out");
  await cp(from.outdir, outdir, { recursive: true });
  const own = await ownStacks(outdir, environment.name, stateStack);
  const ids = own.map(({ id }) => id).filter((id) => !known.includes(id) || stacks.some((stack) => stack.id === id));
  const wanted = own.filter(({ id }) => ids.some((one) => withNeeds(own, one).some((needed) => needed.id === id)));
  return Promise.all(wanted.map((stack) => toWork(stack, stateStack, place, charts)));
}

/** Of one environment and of whoever has its state bucket, in the order in which they are applied. */
async function ownStacks(outdir: string, environment: string, stateStack: string): Promise<SynthesizedStack[]> {
  return (await readStacks(outdir, stateStack)).filter(({ id }) => id === stateStack || id.startsWith(`${environment}-`));
}

function named(only: string, environment: string, stacks: readonly SynthesizedStack[]): string {
  const ids = stacks.map(({ id }) => id);
  const found = ids.find((id) => id === only || id === `${environment}-${only}`);
  if (found) return found;
  throw new UserError(`${environment} has no stack "${only}". Did you mean "${closest(only, ids)}"? It has ${ids.join(", ")}.`);
}

async function toWork(stack: SynthesizedStack, stateStack: string, run: string, charts: string | undefined): Promise<StackWork> {
  const json = JSON.parse(await readFile(stack.json, "utf8")) as TerraformJson;
  const { json: content, cut } = cutUnsupported(json, unsupported);
  const { warnings } = stack;
  const result = { stack: stack.id, resources: resourcesOf(json).length, cut, warnings, outcome: "not reached" as const };
  const override = charts === undefined ? undefined : chartsOverride(content, charts);
  const work = { ...stack, content, result, plainHosts: plainHosts(content, override) };
  // The state stack is a copy in any case: it begins with local state, which needs an override file beside it.
  if (stack.id === stateStack) return { ...work, folder: join(run, "bootstrap") };
  const synthesized = join(stack.json, "..");
  const folder = cut.length === 0 ? synthesized : join(run, "cut", stack.id);
  if (cut.length > 0) {
    await cp(synthesized, folder, { recursive: true });
    await writeFile(join(folder, "cdk.tf.json"), JSON.stringify(content));
  }
  if (override) await writeFile(join(folder, chartsOverrideFile), JSON.stringify(override));
  return { ...work, folder };
}
