/** A run has a folder of its own below `.cache/runs/`: JSON, logs, local state. The last few stay, for looking into a failure. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../terraform/init-lock.ts";

export interface RunFolder {
  readonly id: string;
  readonly path: string;
}

/** Finished runs that stay. */
const kept = 5;
const pidFile = "pid";

/**
 * Makes a new folder and removes the oldest ones of runs that are over. `now` and the process id make the name unique and sortable;
 * parallel runs of one process do not happen.
 */
export async function openRun(cache: string, now: Date, pid: number): Promise<RunFolder> {
  const runs = join(cache, "runs");
  const id = `${now.toISOString().replaceAll(/[-:]/g, "").replace(/\..*/, "")}-${pid}`;
  const path = join(runs, id);
  await mkdir(path, { recursive: true });
  await occupy(path, pid);
  await prune(runs);
  return { id, path };
}

/** Says which process a folder belongs to; a kept rehearsal hands it over to the process that stays. */
export async function occupy(path: string, pid: number): Promise<void> {
  await writeFile(join(path, pidFile), String(pid));
}

async function prune(runs: string): Promise<void> {
  const names = (await readdir(runs)).sort().reverse();
  const over = [];
  for (const name of names) {
    const pid = Number(await readFile(join(runs, name, pidFile), "utf8").catch(() => ""));
    if (!(pid > 0 && isAlive(pid))) over.push(name);
  }
  for (const name of over.slice(kept)) await rm(join(runs, name), { recursive: true, force: true });
}
