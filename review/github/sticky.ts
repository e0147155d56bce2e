/**
 * Keeps the review in the same comments of a pull request: edited in place, one more where it grew, one less where it shrank. Which ones, is
 * decided by a marker at the very beginning, in comments of our own.
 */
import type { Comment, Comments } from "./comments.ts";

/** What has to be done; pure, so that it can be seen without a server. */
export interface Steps {
  readonly edit: readonly Comment[];
  /** Bodies, in order. */
  readonly add: readonly string[];
  /** Ids: parts that are no longer needed, and doubles of runs that crossed. */
  readonly remove: readonly string[];
  readonly unchanged: number;
}

/** @param key tells several reviews of one pull request apart, for example `rehearsal`; letters, digits and hyphens. */
export function stepsFor(parts: readonly string[], own: readonly Comment[], key: string): Steps {
  const [edit, add, remove]: [Comment[], string[], string[]] = [[], [], []];
  const kept = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const body = `${markerOf(key, index + 1)}\n${part}`;
    const known = own.find((comment) => comment.body.startsWith(markerOf(key, index + 1)));
    if (known === undefined) add.push(body);
    else {
      kept.add(known.id);
      // GitHub gives line ends and the space around them back in its own way.
      if (plain(known.body) !== plain(body)) edit.push({ id: known.id, body });
    }
  }
  remove.push(...own.filter(({ id, body }) => body.startsWith(beginOf(key)) && !kept.has(id)).map(({ id }) => id));
  return { edit, add, remove, unchanged: kept.size - edit.length };
}

const beginOf = (key: string) => `<!-- mainline-review ${key} `;
const markerOf = (key: string, part: number) => `${beginOf(key)}${part} -->`;
const plain = (text: string) => text.replace(/\r\n/g, "\n").trim();

/** @returns what was done. Edits come first: what people look at is right before anything vanishes. */
export async function postSticky(comments: Comments, parts: readonly string[], key: string): Promise<Steps> {
  const { subject, comments: own } = await comments.own();
  const steps = stepsFor(parts, own, key);
  for (const { id, body } of steps.edit) await comments.edit(id, body);
  for (const body of steps.add) await comments.add(subject, body);
  for (const id of steps.remove) await comments.remove(id);
  return steps;
}
