/** Turns what zod finds into sentences: what was found, what is valid, what was probably meant. */
import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { type Problem, pathText } from "./problem.ts";
import { environmentFields, type Field, fieldAt, words } from "./schema/fields.ts";

/** The problems of one file, in the order of the schema. `input` is what was parsed. */
export function formProblems(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  const root = environmentFields();
  const problems = issues.flatMap((issue) => {
    const field = fieldAt(issue.path, root);
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...issue.path, key], field));
    const path = pathText(issue.path);
    const valid = field ? words(field) : issue.message;
    const meaning = field?.description ?? fieldAt(issue.path.slice(0, -1), root)?.description;
    if (issue.code === "invalid_key") return { path, wrong: `is not ${words(keyOf(issue.path, root))}`, remedy: "Rename it" };
    const found = valueAt(input, issue.path);
    if (found === undefined) return { path, wrong: "is missing", remedy: `Give ${valid}${meaning ? ` (${meaning})` : ""}` };
    return { path, found, wrong: `is not ${valid}`, remedy: didYouMean(found, field?.enum) ?? remedyOf(meaning) };
  });
  // A text in the place of a list is of a wrong type and too long: one mistake, two issues.
  return problems.filter(({ path, wrong }, i) => problems.findIndex((other) => other.path === path && other.wrong === wrong) === i);
}

function unknownKey(path: readonly PropertyKey[], parent: Field | undefined): Problem {
  const keys = Object.keys(parent?.properties ?? {});
  const near = didYouMean(path.at(-1), keys);
  return { path: pathText(path), wrong: "is not a setting", remedy: `${near ? `${near} ` : ""}Valid here: ${keys.join(", ")}` };
}

/** The form of a record's key; its path ends with the key. */
function keyOf(path: readonly PropertyKey[], root: Field): Field {
  return fieldAt(path.slice(0, -1), root)?.propertyNames ?? {};
}

function remedyOf(meaning: string | undefined): string {
  return meaning ? `Meaning: ${meaning}` : "docs/environments.md shows all settings";
}

/** The valid word that was probably meant: it differs in a third of its letters or two, or it is longer or shorter at its end. */
function didYouMean(found: unknown, valid: readonly (string | number)[] | undefined): string | undefined {
  if (typeof found !== "string" || !valid?.length) return undefined;
  const candidates = valid.map(String);
  const nearest = closest(found, candidates);
  const near = distance(found, nearest) <= Math.max(2, nearest.length / 3);
  const meant = near ? nearest : candidates.find((word) => found.length > 2 && (word.startsWith(found) || found.startsWith(word)));
  return meant && `Did you mean "${meant}"?`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, segment) => (value as Record<PropertyKey, unknown> | null | undefined)?.[segment], input);
}
