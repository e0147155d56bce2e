/** The lines in which two texts differ: what both begin and end with is left out. */

/** More are counted, not shown. */
const most = 12;

export interface LineDifference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Differing lines that are not shown. */
  readonly more: number;
}

export function lineDifference(before: string, after: string): LineDifference {
  const [old, next] = [before.split("\n"), after.split("\n")];
  const shorter = Math.min(old.length, next.length);
  let start = 0;
  while (start < shorter && old[start] === next[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  const [removed, added] = [old.slice(start, old.length - end), next.slice(start, next.length - end)];
  const more = Math.max(0, removed.length - most) + Math.max(0, added.length - most);
  return { removed: removed.slice(0, most), added: added.slice(0, most), more };
}
