/** States of stacks: read by Terraform, and what is in them. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { init } from "../../rehearsal/terraform/commands.ts";
import { withLock } from "../../rehearsal/terraform/init-lock.ts";
import type { SynthStack } from "../affected/model.ts";
import { type Machinery, pullState, type State } from "../terraform.ts";
import { refreshFolder, type Source } from "../work-folder.ts";

/** Prepares the stack's folder for a plan and reads its state; undefined where nobody has written one. */
export async function openState({ work, runnerFor }: Machinery, id: string, source: Source): Promise<State | undefined> {
  const folder = join(work, id);
  const runner = runnerFor(id);
  await refreshFolder(folder, source);
  await init(runner, folder, ["-reconfigure"]);
  return pullState(runner, folder);
}

/** Only reads: in a folder that names the backend and no provider, which takes a second. */
export async function peekState({ work, runnerFor }: Machinery, { id, json }: SynthStack): Promise<State | undefined> {
  const folder = join(work, `${id}.state`);
  const runner = runnerFor(id);
  return withLock(`${folder}.lock`, runner.signal, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend: json.terraform.backend } }));
    await init(runner, folder, ["-reconfigure"]);
    return pullState(runner, folder);
  });
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
