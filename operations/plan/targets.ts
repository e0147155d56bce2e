/** Stacks by what people type: an id, or an environment for all of its stacks. */
import { closest } from "fastest-levenshtein";
import { UserError } from "../../environments/user-error.ts";

interface Named {
  readonly id: string;
  readonly environment: string;
}

/** In the order of `stacks`, each once. @throws UserError naming every word that is neither, with the nearest one. */
export function stacksNamed<T extends Named>(stacks: readonly T[], words: readonly string[]): T[] {
  const known = new Set(stacks.flatMap(({ id, environment }) => [id, environment]));
  const unknown = words.filter((word) => !known.has(word));
  if (unknown.length > 0) {
    const problems = unknown.map((word) => `There is no stack or environment "${word}". Did you mean "${closest(word, [...known])}"?`);
    throw new UserError(`${problems.join("\n")}\nThere are ${stacks.map(({ id }) => id).join(", ")}.`);
  }
  return stacks.filter(({ id, environment }) => words.includes(id) || words.includes(environment));
}
