/** Synthesized stacks as the work of a run: which of them are the environment's, what is cut of each, and in which folder Terraform works. */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unsupported } from "../unsupported.ts";
import { chartsOverride, chartsOverrideFile, plainHosts } from "./charts.ts";
import { cutUnsupported } from "./cut.ts";
import { readStacks, type SynthesizedStack } from "./stacks.ts";
import { resourcesOf, type TerraformJson } from "./terraform-resources.ts";
import type { StackWork } from "./work.ts";

/** Of one environment and of whoever has its state bucket, in the order in which they are applied. */
export async function ownStacks(outdir: string, environment: string, stateStack: string): Promise<SynthesizedStack[]> {
  return (await readStacks(outdir, stateStack)).filter(({ id }) => id === stateStack || id.startsWith(`${environment}-`));
}

/** @param run folder of the run; @param charts where charts come from instead of their repositories, see charts.ts */
export async function toWork(stack: SynthesizedStack, stateStack: string, run: string, charts: string | undefined): Promise<StackWork> {
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
