/** Runs a command in a process of its own and measures it from outside. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

export interface Measured {
  readonly seconds: number;
  /** Largest resident memory of one Node process among those that ran, MiB; 0 where none was Node. */
  readonly mebibytes: number;
  readonly ok: boolean;
}

/**
 * Each Node process writes its own maximum at its end (peak-memory.mjs, through NODE_OPTIONS). Never rejects.
 * @param fine exit codes of a command that worked.
 */
export async function measure(command: string, args: readonly string[], cwd: string, fine: readonly number[] = [0]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "mainline-bench-"));
  const env = { BENCH_PEAK_FOLDER: folder, NODE_OPTIONS: `--import ${new URL("peak-memory.mjs", import.meta.url).href}` };
  const began = performance.now();
  const { exitCode } = await execa(command, args, { cwd, env, reject: false, stdout: "ignore", stderr: "ignore" });
  const seconds = (performance.now() - began) / 1000;
  const peaks = readdirSync(folder).map((name) => Number(readFileSync(join(folder, name), "utf8")));
  rmSync(folder, { recursive: true });
  return { seconds, mebibytes: Math.max(0, ...peaks) / 1024, ok: exitCode !== undefined && fine.includes(exitCode) };
}
