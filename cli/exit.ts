/** Exit codes that scripts can use, and how an error is told. */
import { CommanderError } from "commander";
import { UsageError, UserError } from "../environments/user-error.ts";
import type { Io } from "./io.ts";

/** Nothing wrong; it failed; it worked and there are changes or findings; it was asked in a wrong way (sysexits.h EX_USAGE). */
export type ExitCode = 0 | 1 | 2 | 64;

/** How a command tells its exit code; one that does not ends with 0. */
export type Finish = (code: ExitCode) => void;

export { UsageError };

/** Tells the error and names the exit code for it. A stack trace is for those who ask for it with DEBUG=1. */
export function tell(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64; // commander has told it already
  const cutOff = isCutOff(error);
  const message = cutOff ? "Interrupted." : error instanceof Error ? error.message : String(error);
  io.err(`${io.colors.red("error:")} ${message}`);
  if (io.env.DEBUG && error instanceof Error) io.err(error.stack ?? "");
  else if (!cutOff && !(error instanceof UserError) && !ofMachine(error))
    io.err("This is a mistake in mainline itself. DEBUG=1 shows where; please report it.");
  return error instanceof UsageError ? 64 : 1;
}

/** Ctrl-C in a terminal also ends the process that translates TypeScript, esbuild's service: these are its words for what was to be imported. */
export function isCutOff(error: unknown): boolean {
  return error instanceof Error && /^The service (was stopped|is no longer running)/.test(error.message);
}

/** Nothing that a program could do better: no right to write, no room, a file where a folder should be. Node's message says where. */
function ofMachine(error: unknown): boolean {
  const codes: readonly unknown[] = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EMFILE", "ENOTDIR"];
  return error instanceof Error && "code" in error && codes.includes(error.code);
}
