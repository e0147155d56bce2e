/** Runs Terraform in one folder and turns its output into progress, changes and problems. */
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { UserError } from "../../environments/user-error.ts";
import { startChild } from "../processes.ts";
import type { Terraform } from "./binary.ts";
import { type Action, type Diagnostic, describe, type Message, parseMessage, providerMissing } from "./messages.ts";

export interface Runner {
  readonly terraform: Terraform;
  /** Whole environment of the process, see child-environment.ts. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends Terraform: gently (state is written, locks are released) when aborted; at once when `hard` is aborted, too. */
  readonly signal: AbortSignal;
  readonly hard: AbortSignal;
  /** Milliseconds that a gentle end may take. */
  readonly graceMs: number;
  /** Gets everything that Terraform prints. */
  readonly logFile: string;
  /** Resources at once; they mostly wait, so more than Terraform's 10. */
  readonly parallelism: number;
  /** Held during init, see init-lock.ts. */
  readonly initLock: string;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Addresses that are being worked on. */
  readonly current: readonly string[];
}

export interface Change {
  readonly address: string;
  readonly action: Action;
}

export interface Outcome {
  readonly code: number;
  /** What a plan, an apply or a destroy is about, no-ops left out. */
  readonly changes: readonly Change[];
  /** How many were done. */
  readonly done: number;
  /** What was printed beside messages: the answer of commands that have no `-json` lines. */
  readonly text: string;
}

/** Terraform said no. The message lists every problem with its address. */
export class TerraformFailure extends UserError {
  override readonly name = "TerraformFailure";
  readonly diagnostics: readonly Diagnostic[];
  /** Set where the reason is that a provider is not to be had. */
  readonly missingProvider: string | undefined;

  constructor(what: string, logFile: string, diagnostics: readonly Diagnostic[], last: readonly string[]) {
    const problems = diagnostics.map(describe);
    super([`${what} failed.`, ...(problems.length > 0 ? problems : last), `All output: ${logFile}`].join("\n"));
    this.diagnostics = diagnostics;
    this.missingProvider = providerMissing(diagnostics);
  }
}

/** The run was interrupted by its user. */
export class Interrupted extends UserError {
  override readonly name = "Interrupted";
}

export type OnProgress = (progress: Progress) => void;

/** Runs `terraform <args>` in `folder`. Rejects with `TerraformFailure` for every exit code that is not among `fine`. */
export async function runTerraform(
  runner: Runner,
  folder: string,
  args: readonly string[],
  fine: readonly number[] = [0],
  onProgress: OnProgress = () => {},
): Promise<Outcome> {
  const { terraform, env, signal, hard, graceMs, logFile } = runner;
  if (signal.aborted) throw new Interrupted("Interrupted.");
  const log = createWriteStream(logFile, { flags: "a" });
  log.write(`\n$ ${terraform.path} ${args.join(" ")}\n`);
  const child = startChild({ command: terraform.path, args, cwd: folder, env, stdout: "pipe", stderr: "pipe" });
  let timer: NodeJS.Timeout | undefined;
  const kill = () => child.signal("SIGKILL");
  const interrupt = () => {
    // Providers ignore SIGINT, so only Terraform itself acts on it: it waits for what is under way, writes the state, frees the lock.
    child.signal("SIGINT");
    timer = setTimeout(kill, graceMs);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  hard.addEventListener("abort", kill, { once: true });
  const record = new Transcript(onProgress);
  const streams = [child.stdout, child.stderr].map(async (stream) => {
    if (stream === null) return;
    for await (const line of createInterface({ input: stream })) {
      log.write(`${line}\n`);
      record.take(line);
    }
  });
  const [exit] = await Promise.all([child.exited, ...streams]);
  clearTimeout(timer);
  signal.removeEventListener("abort", interrupt);
  hard.removeEventListener("abort", kill);
  await new Promise<void>((resolve) => log.end(resolve));
  if (signal.aborted) throw new Interrupted("Interrupted.");
  if (exit.code === null || !fine.includes(exit.code)) {
    const what = `${terraform.product.toLowerCase()} ${args[0]}${exit.signal ? ` (ended by ${exit.signal})` : ""}`;
    throw new TerraformFailure(what, logFile, record.errors, record.text.slice(-10));
  }
  return { code: exit.code, changes: record.changes, done: record.done, text: record.text.join("\n") };
}

/** What is known so far from the lines of one command. */
class Transcript {
  readonly changes: Change[] = [];
  readonly errors: Diagnostic[] = [];
  readonly text: string[] = [];
  done = 0;
  private readonly current = new Set<string>();

  constructor(private readonly onProgress: OnProgress) {}

  take(line: string): void {
    const message = parseMessage(line);
    if (!message) return;
    this.note(message);
    if (message.kind !== "log") this.onProgress({ done: this.done, total: this.changes.length, current: [...this.current] });
  }

  private note(message: Message): void {
    if (message.kind === "diagnostic" && message.diagnostic.severity === "error") this.errors.push(message.diagnostic);
    if (message.kind === "log") this.text.push(message.text);
    if (message.kind === "planned" && message.action !== "noop" && message.action !== "read") {
      this.changes.push({ address: message.address, action: message.action });
    }
    if (message.kind === "started") this.current.add(message.address);
    if (message.kind === "finished" || message.kind === "failed") this.current.delete(message.address);
    if (message.kind === "finished" && message.action !== "read") this.done += 1;
  }
}
