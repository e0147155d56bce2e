/** Whether a process that is no child of ours still runs. */
import { readFileSync } from "node:fs";

/** A zombie does not run, but can be signalled for as long as nobody collects it; only /proc tells. */
export function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // No /proc on macOS, where init collects.
    return process.platform !== "linux";
  }
}
