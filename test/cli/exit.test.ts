/** Whose mistake an error is said to be, and its exit code. */
import { expect, test } from "@jest/globals";
import { createColors } from "picocolors";
import { tell, UsageError } from "../../cli/exit.ts";
import { UserError } from "../../environments/user-error.ts";

const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

test.each([
  ["what the user can mend", new UserError("No Python."), 1, ["error: No Python."]],
  ["what was asked wrongly", new UsageError("No such stack."), 64, ["error: No such stack."]],
  ["what the machine lacks", full, 1, ["error: ENOSPC: no space left on device, write"]],
  ["Ctrl-C while something is imported", new Error("The service is no longer running"), 1, ["error: Interrupted."]],
  ["anything else", new TypeError("x is undefined"), 1, ["error: x is undefined", expect.stringContaining("a mistake in mainline itself")]],
])("%s", (_, error, code, said) => {
  const err: string[] = [];
  const { signal } = new AbortController();
  const interrupts = { first: signal, second: signal };
  const io = { out: () => {}, err: (line: string) => err.push(line), env: {}, root: "/nowhere", colors: createColors(false), interrupts };
  expect([tell(error, io), err]).toEqual([code, said]);
});
