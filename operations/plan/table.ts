/** The plans of a run as a table for people. Pure. */
import { type Counts, hasChanges, type PlanEntry, type PlanSet } from "./model.ts";

/** One line per stack, and one that says what they come to. Stacks that are not affected are counted only. */
export function planLines({ stacks }: PlanSet): string[] {
  const shown = stacks.filter(({ outcome }) => outcome !== "not affected");
  const width = Math.max(0, ...shown.map(({ id }) => id.length));
  const lines = shown.flatMap((entry) => {
    const [first = "", ...more] = textOf(entry).split("\n");
    return [
      `  ${entry.id.padEnd(width)}  ${entry.outcome.padEnd(8)}  ${first}`,
      ...more.map((line) => `  ${" ".repeat(width)}            ${line}`),
    ];
  });
  return [...lines, ...(shown.length > 0 ? [""] : []), `  ${summary(stacks)}`];
}

function textOf({ outcome, because, counts, change }: PlanEntry): string {
  if (outcome !== "planned") return because ?? "";
  const text = counts ? countText(counts) : "";
  return change === "removed" ? `${text} (the stack is gone from the code: a destroy)` : text;
}

/** For example "2 to create, 1 to replace". */
export function countText({ create, update, replace, delete: gone, other, outputs }: Counts): string {
  const parts = [
    ...(gone > 0 ? [`${gone} to delete`] : []),
    ...(replace > 0 ? [`${replace} to replace`] : []),
    ...(create > 0 ? [`${create} to create`] : []),
    ...(update > 0 ? [`${update} to change`] : []),
    ...(other > 0 ? [`${other} to move, import or forget`] : []),
    ...(outputs > 0 ? [`${outputs} ${outputs === 1 ? "output" : "outputs"}`] : []),
  ];
  return parts.length === 0 ? "no changes" : parts.join(", ");
}

function summary(stacks: readonly PlanEntry[]): string {
  const number = (chosen: (entry: PlanEntry) => boolean) => stacks.filter(chosen).length;
  const parts: readonly (readonly [number, string])[] = [
    [number(hasChanges), "with changes"],
    [number((entry) => entry.outcome === "planned" && !hasChanges(entry)), "without"],
    [number(({ outcome }) => outcome === "deferred"), "deferred"],
    [number(({ outcome }) => outcome === "failed"), "failed"],
    [number(({ outcome }) => outcome === "not affected"), "not affected"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length === 0 ? "Nothing to plan." : `${told.join(", ")}.`;
}
