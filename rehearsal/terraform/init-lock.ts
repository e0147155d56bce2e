/**
 * One `terraform init` at a time per plugin cache: Terraform says of TF_PLUGIN_CACHE_DIR that it is not safe to share at once
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache), and runs may be parallel.
 */
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Runs `work` while holding the lock file. A lock whose process is gone counts as free. `onWait` is called once, if somebody else holds it. */
export async function withLock<T>(file: string, signal: AbortSignal, work: () => Promise<T>, onWait = () => {}): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  for (let tries = 0; !(await take(file)); tries++) {
    if (tries === 0) onWait();
    await wait(25, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  // Stacks of one run wait side by side, so the process id alone would make them take each other's file away.
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file); // with its content, or not at all
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(own, { force: true });
  }
  const holder = Number(await readFile(file, "utf8").catch(() => ""));
  if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
  return false;
}

/** Whether a process exists, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
