/**
 * What differs between two sides of an object, by meaning: JSON texts are compared as data, an element that moved within a list is not a
 * change of all that follow it. Terraform writes sets as sorted lists, so a new element shifts the others.
 */
import type { AttributeChange, Json, JsonObject, Path } from "../model.ts";
import { documentOf, equal, isEmpty, isList, isObject } from "./json.ts";
import { matched } from "./lists.ts";
import { isHiddenMark } from "./redact.ts";

/** @param unknown Terraform's `after_unknown`. @param replacing its `replace_paths`. Both sides are redacted already. */
export function differences(before: JsonObject, after: JsonObject, unknown: Json, replacing: readonly Path[]): AttributeChange[] {
  const found: AttributeChange[] = [];
  const add = (path: Path, left: Json | undefined, right: Json | undefined, isUnknown: boolean) => {
    const sensitive = isHiddenMark(left) || isHiddenMark(right);
    const forces = replacing.some((cause) => overlaps(cause, path));
    found.push({ path, before: left ?? null, after: right ?? null, unknown: isUnknown, sensitive, forcesReplacement: forces });
  };
  const walk = (path: Path, left: Json | undefined, right: Json | undefined, mark: Json | undefined, ordered: boolean): void => {
    if (mark !== true && left === right) return;
    const [old, next] = [documentOf(left), documentOf(right)];
    if (mark === true) add(path, left, undefined, true);
    else if (isObject(left) && isObject(right)) {
      const marks = isObject(mark) ? mark : {};
      const keys = new Set([...Object.keys(left), ...Object.keys(right), ...Object.keys(marks)]);
      for (const key of [...keys].sort()) walk([...path, key], left[key], right[key], marks[key], ordered);
    } else if (isList(left) && isList(right)) list(path, left, right, isList(mark) ? mark : [], ordered);
    // Lists in policy documents have no order; in other documents a new order alone is never worth a reviewer's time.
    else if (old !== undefined && next !== undefined) walk(path, old, next, undefined, false);
    else if (hasTrue(mark)) add(path, left, right, true);
    else if (!isNothing(left, right) && !equal(left, right)) add(path, left, right, false);
  };
  const list = (path: Path, left: readonly Json[], right: readonly Json[], marks: readonly Json[], ordered: boolean) => {
    const { removed, added, pairs } = matched(left, right, (index) => hasTrue(marks[index]));
    if (removed.length + added.length + pairs.length === 0) {
      // A set never differs in order only, so this is a list in which the order counts.
      if (ordered && !equal(left, right)) add(path, left, right, false);
      return;
    }
    for (const { from, to } of pairs) walk([...path, to], left[from], right[to], marks[to], ordered);
    for (const index of removed) add([...path, index], left[index], undefined, false);
    for (const index of added) add([...path, index], undefined, right[index], hasTrue(marks[index]));
  };
  walk([], before, after, unknown, true);
  return found;
}

/** Older resources keep a zero where nothing is set; that it goes is no change. The other way round is a value that somebody set. */
function isNothing(before: Json | undefined, after: Json | undefined): boolean {
  return isEmpty(after) && (isEmpty(before) || before === "" || before === 0 || before === false);
}

/** Whether something in a map of unknowns is unknown. */
export function hasTrue(mark: Json | undefined): boolean {
  if (isList(mark)) return mark.some(hasTrue);
  return isObject(mark) ? Object.values(mark).some(hasTrue) : mark === true;
}

/** Terraform cuts the path at a set, and a whole new block is reported at its top: either may be the longer one. */
function overlaps(cause: Path, path: Path): boolean {
  return cause.every((segment, index) => index >= path.length || segment === path[index] || typeof segment === "number");
}
