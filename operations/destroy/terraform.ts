/** The destroy itself, as Terraform plans and applies it. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import { Interrupted, type Progress, runTerraform, TerraformFailure } from "../../rehearsal/terraform/runner.ts";
import type { SynthStack } from "../affected/model.ts";
import type { SynthFolder } from "../affected/synth-ref.ts";
import { afterKill } from "../interruptible.ts";
import { countsOf } from "../plan/counts.ts";
import type { Counts } from "../plan/model.ts";
import { asked } from "../plan/one.ts";
import type { Subject as Told } from "../problems.ts";
import { type Machinery, showPlan } from "../terraform.ts";

/** The stack that is to go. */
export interface Subject {
  readonly synth: SynthFolder;
  readonly stack: SynthStack;
  readonly environment: Environment;
  readonly machinery: Machinery;
}

const planFile = "destroy.tfplan";

/** Also finds what Terraform refuses to destroy, before anybody is asked. The folder must be initialized. */
export async function planDestroy({ machinery, stack, environment }: Subject, told: Told, report: (step: string) => void): Promise<Counts> {
  report("planning the destroy");
  const { runnerFor, work } = machinery;
  const [runner, folder] = [runnerFor(stack.id), join(work, stack.id)];
  try {
    await asked({ subject: told }, () => runTerraform(runner, folder, ["plan", "-destroy", "-json", "-input=false", `-out=${planFile}`]));
  } catch (error) {
    throw isProtected(error) ? protectedError(error, environment) : error;
  }
  const json = join(folder, "destroy.json");
  await showPlan(runner, folder, planFile, json);
  const text = await readFile(json, "utf8");
  await rm(json); // it holds the values of secrets
  return countsOf(text, stack.id);
}

function isProtected(error: unknown): error is TerraformFailure {
  return error instanceof TerraformFailure && error.diagnostics.some(({ summary }) => summary === "Instance cannot be destroyed");
}

function protectedError({ diagnostics }: TerraformFailure, { name }: Environment): UserError {
  const addresses = diagnostics.flatMap(
    ({ detail }) => /Resource (\S+) has lifecycle\.prevent_destroy/.exec(detail.replaceAll("\n", " "))?.[1] ?? [],
  );
  return new UserError(
    `${name} protects ${addresses.join(", ")} from being destroyed. Set \`protection: { deletion: false }\` in environments/${name}.ts, have it reviewed and applied, and run this again.`,
  );
}

/** Progress is told this often, in objects. */
const step = 10;

/** Applies exactly what was planned and answered for: Terraform refuses where the state is another one since. */
export async function applyDestroy(
  { machinery, stack }: Subject,
  { report, signal, hard }: { readonly report: (step: string) => void; readonly signal: AbortSignal; readonly hard: AbortSignal },
): Promise<void> {
  const { runnerFor, work } = machinery;
  const runner = runnerFor(stack.id);
  let told = 0;
  const onProgress = ({ done, total }: Progress) => {
    if (done < told + step) return;
    told = done;
    report(`destroying ${stack.id}: ${done}${total > 0 ? ` of ${total}` : ""}`);
  };
  report(`destroying ${stack.id}`);
  try {
    await runTerraform(
      runner,
      join(work, stack.id),
      ["apply", "-json", "-input=false", `-parallelism=${runner.parallelism}`, planFile],
      [0],
      onProgress,
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    const state = hard.aborted ? `the state may not say all of it.${afterKill(hard)}` : "the state says so.";
    throw new Interrupted(`Interrupted. What was destroyed is gone, and ${state} Run it again to go on: mainline destroy ${stack.id}`);
  }
}
