/** Rehearsed worlds that stay after their run (`--keep`): a file per world says where it is, and `--stop` ends it. */
import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { Kept } from "../report.ts";
import type { AwsTarget } from "../terraform/child-environment.ts";
import { isAlive } from "../terraform/init-lock.ts";
import { leadsElsewhere } from "./kubeconfig.ts";

export interface KeptWorld extends Kept {
  readonly environment: string;
  /** Where its AWS is, without the credentials of the shell's session. */
  readonly target: Omit<AwsTarget, "credentials">;
  /** Process of world-process.ts. */
  readonly pid: number;
}

const stateFile = "kept.json";

/** A shell file that leads aws, kubectl, terraform and cdktf to a kept world. What could lead elsewhere is unset. */
export function environmentScript(variables: Readonly<Record<string, string>>): string {
  const unset = leadsElsewhere.filter((name) => !(name in variables));
  const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  return [`unset ${unset.join(" ")}`, ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`), ""].join(
    "\n",
  );
}

/** Notes a world in its run's folder. */
export async function noteKept(
  folder: string,
  world: Pick<KeptWorld, "id" | "environment" | "pid" | "target" | "variables">,
): Promise<KeptWorld> {
  const environmentFile = join(folder, "environment.sh");
  const kept = { ...world, environmentFile };
  await writeFile(environmentFile, environmentScript(world.variables));
  await writeFile(join(folder, stateFile), JSON.stringify(kept, undefined, 2));
  return kept;
}

/** Worlds that are still running, newest first. */
export async function listKept(cache: string): Promise<KeptWorld[]> {
  const runs = join(cache, "runs");
  const names = await readdir(runs).catch(() => []);
  const read = names.map(async (name) => {
    const text = await readFile(join(runs, name, stateFile), "utf8").catch(() => undefined);
    return text === undefined ? [] : [JSON.parse(text) as KeptWorld];
  });
  const noted = (await Promise.all(read)).flat().sort((a, b) => b.id.localeCompare(a.id));
  const running = await Promise.all(noted.map(({ pid }) => isWorld(pid)));
  return noted.filter((_, index) => running[index]);
}

/** Ends kept worlds, of one environment or all, and waits until they are gone; returns their ids. */
export async function stopKept(cache: string, wanted?: string): Promise<string[]> {
  const worlds = (await listKept(cache)).filter(({ environment }) => wanted === undefined || environment === wanted);
  for (const { id, pid } of worlds) {
    process.kill(pid, "SIGTERM");
    // Its children die with it, whatever happens (processes.ts).
    for (let tries = 0; isAlive(pid) && tries < 150; tries += 1) await wait(100);
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
    await rm(join(cache, "runs", id, stateFile), { force: true });
  }
  return worlds.map(({ id }) => id);
}

/** A process id may have been given to somebody else since. */
async function isWorld(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const { stdout } = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return stdout.includes("world-process");
}
