/** Environments: all of them, and one by the name that somebody types. */
import { fileURLToPath } from "node:url";
import { closest } from "fastest-levenshtein";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { isCutOff, UsageError } from "./exit.ts";

/** All environments. Loaded late: `--help` needs no zod. Throws with every problem of every file. */
export async function allEnvironments(): Promise<readonly Environment[]> {
  const { loadEnvironments } = await import("../environments/index.ts").catch((error: unknown) => {
    throw isCutOff(error) ? error : new UserError(unreadable(error));
  });
  return loadEnvironments();
}

/**
 * What is said where the files are no TypeScript that runs: a bracket or a name that is missing, an import that leads nowhere. The error
 * has the place in its own text, or in its stack.
 */
export function unreadable(error: unknown): string {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const root = fileURLToPath(new URL("..", import.meta.url));
  const short = (text: string) => text.replaceAll(root, "");
  // esbuild's form: "<file>:<line>:<column>: ERROR: <what>".
  const syntax = [...short(message).matchAll(/^(.+:\d+:\d+): ERROR: (.+)$/gm)].map(([, place, what]) => `${place}  ${what}`);
  const [place] = /environments\/[\w/-]+\.ts:\d+(:\d+)?/.exec(short(stack)) ?? [];
  const told = syntax.length > 0 ? syntax : [[place, short(message)].filter(Boolean).join("  ")];
  return [
    "The environment files cannot be read:",
    ...told.map((line) => `  ${line}.`),
    "`npm run types` shows more of it. Nothing was written.",
  ].join("\n");
}

/** Throws with the nearest name where there is no such environment. */
export function environmentNamed(environments: readonly Environment[], name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const names = environments.map((environment) => environment.name);
  throw new UsageError(
    `There is no environment "${name}". Did you mean "${closest(name, names)}"? There are ${names.join(", ")}; each is a file in environments/ and a line in environments/index.ts.`,
  );
}
