/** Runs `mainline` as its users do: a process of its own, and the means to see what it leaves behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { RehearsalResult } from "../../rehearsal/report.ts";

export const root = join(import.meta.dirname, "../..");
export const cache = join(root, ".cache");
/** Milliseconds that a whole rehearsal may take in a test; a slow machine is no failure. */
export const patience = 900_000;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Folder of its run, once there is one. */
  folder(): Promise<string>;
}

/** Starts a command; `ended` never rejects. */
export function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env, detached = false): Running {
  const child = spawn(command, args, { cwd: root, env, detached, stdio: ["ignore", "pipe", "pipe"] });
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    text.out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    text.err += chunk;
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, ...text })));
  const folder = async () => {
    const found = () => existsSync(join(cache, "runs")) && readdirSync(join(cache, "runs")).find((name) => name.endsWith(`-${child.pid}`));
    await until(() => Boolean(found()));
    return join(cache, "runs", String(found()));
  };
  return { child, ended, folder };
}

export function mainline(...args: readonly string[]): Running {
  return start(process.execPath, ["cli/mainline.js", ...args]);
}

export interface InTerminal extends Running {
  /** Reaches every process of the group, as in a terminal, and not only the command. */
  press(signal: NodeJS.Signals): void;
}

/** In a process group of its own, and for the first time: no source was translated before. */
export function inTerminal(...args: readonly string[]): InTerminal {
  const TMPDIR = mkdtempSync(join(tmpdir(), "mainline-first-"));
  const running = start(process.execPath, ["cli/mainline.js", ...args], { ...process.env, TMPDIR }, true);
  void running.ended.then(() => rmSync(TMPDIR, { recursive: true, force: true }));
  return { ...running, press: (signal) => process.kill(-(running.child.pid ?? 0), signal) };
}

export async function rehearsed(...args: readonly string[]): Promise<RehearsalResult & { readonly code: number | null }> {
  const { code, out, err } = await mainline("rehearse", ...args, "--json").ended;
  if (out === "") throw new Error(err);
  return { code, ...(JSON.parse(out) as RehearsalResult) };
}

/** Waits for something that another process does. */
export async function until(condition: () => boolean, ms = 120_000): Promise<void> {
  for (const end = Date.now() + ms; !condition(); ) {
    if (Date.now() > end) throw new Error(`Did not happen within ${ms / 1000} s: ${condition}`);
    await wait(25);
  }
}

export function contains(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8").includes(text);
}

/** Whether this system shows what processes have open; without it, leftovers cannot be seen. */
export const seesProcesses = existsSync("/proc/self/environ");

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** All processes that work in a folder, write to it or were pointed to it. */
export function processesOf(folder: string): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => traces(pid).some((trace) => trace.includes(folder)))
    .map((pid) => ({ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll("\0", " ") }));
}

function traces(pid: string): string[] {
  const descriptors = attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  const links = [`/proc/${pid}/cwd`, ...descriptors.map((fd) => `/proc/${pid}/fd/${fd}`)];
  return [read(`/proc/${pid}/environ`), ...links.map((link) => attempt(() => readlinkSync(link)) ?? "")];
}

/** Text of a file; empty where it is gone. */
export const read = (file: string): string => attempt(() => readFileSync(file, "utf8")) ?? "";

/** Processes come and go while they are looked at. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
