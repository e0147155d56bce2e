/** Asks a person at the terminal. */
import { createInterface } from "node:readline/promises";
import { Interrupted } from "../rehearsal/terraform/runner.ts";
import { UsageError } from "./exit.ts";
import type { Io } from "./io.ts";

/** What was typed. Ctrl-C ends it with nothing done. Rejects where nobody is there to answer; `instead` says what a script does. */
export async function ask(io: Io, question: string, instead: string): Promise<string> {
  if (process.stdin.isTTY !== true) throw new UsageError(`Nobody is at the terminal to answer. ${instead}`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new AbortController();
  // The terminal's own Ctrl-C: in this mode it is no signal to the process.
  lines.on("SIGINT", () => interrupted.abort());
  try {
    return (await lines.question(question, { signal: AbortSignal.any([io.interrupts.first, interrupted.signal]) })).trim();
  } catch {
    // Ctrl-C or Ctrl-D, or a signal from outside: there is no answer.
    throw new Interrupted("Interrupted. Nothing was changed.");
  } finally {
    lines.close();
  }
}
