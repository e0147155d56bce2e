/** Changes in Markdown: the address, where, and a diff. */
import type { ChangeGroup, Difference } from "../../review.ts";
import { diffLines } from "../../text/diff.ts";
import { code, fenced } from "../escape.ts";
import { stacksOf } from "../words.ts";

const mostPlaces = 30;

export function changeItem(group: ChangeGroup): string {
  const lines = diffLines(group);
  const title = `${code(addressOf(group))} in ${whereOf(group)}`;
  if (lines.length === 0) return `- ${title}`;
  // A reason alone needs no block of its own: what is destroyed has nothing to compare.
  const [only] = lines;
  if (lines.length === 1 && only?.sign === "!") return `- ${title}: ${code(only.text)}`;
  return [`- ${title}`, "  ```diff", ...lines.map(({ sign, text }) => `  ${fenced(sign, text)}`), "  ```"].join("\n");
}

export function differenceItem({ stack, address, sides }: Difference): string {
  return [
    `- ${code(address)} of ${code(stack)}`,
    ...sides.map(({ environments, text }) => `  - ${environments.map(code).join(", ")}: ${code(text)}`),
  ].join("\n");
}

function addressOf({ places }: ChangeGroup): string {
  return places[0]?.address ?? "";
}

function whereOf({ places }: ChangeGroup): string {
  if (places.length <= mostPlaces) return code(stacksOf(places));
  return `${code(stacksOf(places.slice(0, mostPlaces)))} and ${places.length - mostPlaces} more`;
}
