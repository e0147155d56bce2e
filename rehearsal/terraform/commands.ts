/** The Terraform commands of a rehearsal and of bootstrap, each with the flags that it needs and why. */
import { withLock } from "./init-lock.ts";
import { type Change, type OnProgress, type Outcome, type Runner, runTerraform } from "./runner.ts";

/** `terraform init`, one at a time per plugin cache. */
export async function init(runner: Runner, folder: string, flags: readonly "-reconfigure"[] = []): Promise<void> {
  await initialize(runner, folder, ["-json", ...flags]);
}

/** Moves the state to the backend that the configuration now names. Terraform refuses `-json` here, so its words are plain text. */
export async function migrateState(runner: Runner, folder: string): Promise<void> {
  await initialize(runner, folder, ["-no-color", "-migrate-state", "-force-copy"]);
}

async function initialize(runner: Runner, folder: string, flags: readonly string[]): Promise<void> {
  await withLock(runner.initLock, runner.signal, () => runTerraform(runner, folder, ["init", "-input=false", ...flags]));
}

/** Plans and applies in one go: between the two nobody could change anything that a saved plan would protect. */
export async function apply(
  runner: Runner,
  folder: string,
  onProgress?: OnProgress,
  flags: readonly "-refresh=false"[] = [],
): Promise<Outcome> {
  const args = ["apply", "-json", "-input=false", "-auto-approve", `-parallelism=${runner.parallelism}`, ...flags];
  return runTerraform(runner, folder, args, [0], onProgress);
}

/** The same in two steps: `look` gets the plan as `terraform show -json` tells it, before that very plan is applied. */
export async function applyPlanned(
  runner: Runner,
  folder: string,
  look: (plan: string) => Promise<void>,
  onProgress?: OnProgress,
): Promise<Outcome> {
  const file = "upgrade.tfplan";
  const parallelism = `-parallelism=${runner.parallelism}`;
  const { changes } = await runTerraform(runner, folder, ["plan", "-json", "-input=false", `-out=${file}`, parallelism]);
  const { text } = await runTerraform(runner, folder, ["show", "-json", file]);
  await look(text);
  const applied = await runTerraform(runner, folder, ["apply", "-json", "-input=false", parallelism, file], [0], onProgress);
  return { ...applied, changes };
}

/** Destroys what the state holds. Without a refresh: it comes right after a plan that refreshed everything and found no change. */
export async function destroy(runner: Runner, folder: string, onProgress?: OnProgress): Promise<Outcome> {
  const args = ["destroy", "-json", "-input=false", "-auto-approve", "-refresh=false", `-parallelism=${runner.parallelism}`];
  return runTerraform(runner, folder, args, [0], onProgress);
}

export interface Plan {
  readonly changes: readonly Change[];
  /** Terraform's own text of the changes; empty where there are none. */
  readonly text: string;
}

/** What an apply would do now, outputs included. Changes nothing and takes no lock. */
export async function plan(runner: Runner, folder: string): Promise<Plan> {
  const args = [
    "plan",
    "-json",
    "-input=false",
    "-lock=false",
    "-detailed-exitcode",
    "-out=second.tfplan",
    `-parallelism=${runner.parallelism}`,
  ];
  const { code, changes } = await runTerraform(runner, folder, args, [0, 2]);
  if (code === 0) return { changes: [], text: "" };
  const { text } = await runTerraform(runner, folder, ["show", "-no-color", "second.tfplan"]);
  // Exit code 2 without a resource is a changed output.
  return { changes: changes.length > 0 ? changes : [{ address: "outputs", action: "update" }], text };
}

/** Addresses of the managed resources in a state; empty where there is none. Instances of `count` and `for_each` count once. */
export async function stateAddresses(runner: Runner, folder: string): Promise<string[]> {
  const { text } = await runTerraform(runner, folder, ["state", "pull"]);
  if (text.trim() === "") return [];
  const { resources } = JSON.parse(text) as { readonly resources: readonly { mode: string; type: string; name: string }[] };
  return resources.filter(({ mode }) => mode === "managed").map(({ type, name }) => `${type}.${name}`);
}
