/** Stacks by what people type: an id, or an environment for all of its stacks. */
import { closest } from "fastest-levenshtein";
import { UsageError } from "../../environments/user-error.ts";

interface Named {
  readonly id: string;
  readonly environment: string;
}

/** In the order of `stacks`, each once. @throws UsageError naming every word that is neither, with the nearest one. */
export function stacksNamed<T extends Named>(stacks: readonly T[], words: readonly string[]): T[] {
  const known = new Set(stacks.flatMap(({ id, environment }) => [id, environment]));
  const unknown = words.filter((word) => !known.has(word));
  if (unknown.length > 0) {
    const problems = unknown.map((word) => `There is no stack or environment "${word}". Did you mean "${closest(word, [...known])}"?`);
    throw new UsageError(`${problems.join("\n")}\nThere are ${[...new Set(stacks.map(({ id }) => id))].join(", ")}.`);
  }
  return stacks.filter(({ id, environment }) => words.includes(id) || words.includes(environment));
}

/** The same, where no word means all of them. */
export function stacksWithin<T extends Named>(stacks: readonly T[], words: readonly string[]): readonly T[] {
  return words.length === 0 ? stacks : stacksNamed(stacks, words);
}
