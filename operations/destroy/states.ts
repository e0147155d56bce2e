/** States of stacks, as Terraform reads them. */
import { join } from "node:path";
import { init } from "../../rehearsal/terraform/commands.ts";
import { type Runner, runTerraform } from "../../rehearsal/terraform/runner.ts";
import type { Machinery } from "../terraform.ts";
import { refreshFolder, type Source } from "../work-folder.ts";
import type { State } from "./losses.ts";

/** Prepares the stack's folder and reads its state; undefined where nobody has written one. */
export async function stateOf({ work, runnerFor }: Machinery, id: string, source: Source): Promise<State | undefined> {
  const folder = join(work, id);
  const runner = runnerFor(id);
  await refreshFolder(folder, source);
  await init(runner, folder, ["-reconfigure"]);
  return pull(runner, folder);
}

async function pull(runner: Runner, folder: string): Promise<State | undefined> {
  const { text } = await runTerraform(runner, folder, ["state", "pull"]);
  const state = text.trim() === "" ? undefined : (JSON.parse(text) as State);
  return state?.lineage === "" ? undefined : state;
}

/** How many objects a state has. */
export function managed(state: State | undefined): number {
  const resources = state?.resources?.filter(({ mode }) => mode === "managed") ?? [];
  return resources.reduce((total, { instances }) => total + instances.length, 0);
}

/** Every text of a state's objects: ids and ARNs of its own, and of what comes and goes with them, such as a NAT gateway's interface. */
export function namedIn(state: State | undefined): ReadonlySet<string> {
  const attributes = (state?.resources ?? []).flatMap(({ instances }) => instances.map((instance) => instance.attributes ?? {}));
  return new Set(attributes.flatMap((values) => Object.values(values).filter((value) => typeof value === "string")));
}
