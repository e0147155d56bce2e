/** Environments by the names that people type. */
import { closest } from "fastest-levenshtein";
import type { Environment } from "../environments/schema.ts";
import { UsageError } from "./exit.ts";

/** All environments. Loaded late: `--help` needs no zod. Throws with every problem of every file. */
export async function allEnvironments(): Promise<readonly Environment[]> {
  const { loadEnvironments } = await import("../environments/index.ts");
  return loadEnvironments();
}

/** Throws with the nearest name where there is no such environment. */
export function environmentNamed(environments: readonly Environment[], name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const names = environments.map((environment) => environment.name);
  throw new UsageError(
    `There is no environment "${name}". Did you mean "${closest(name, names)}"? There are ${names.join(", ")}; each is a file in environments/.`,
  );
}
