/** Settings as rows of a table: when a new value is worth telling. One row, one rule; the rows of an area read like its checklist. */
import type { Finding, Json, Path, ResourceChange, StackPlan } from "../model.ts";
import { equal } from "../plan/json.ts";
import { findingOn, type Kind, settings } from "./changes.ts";
import { isUnknownAt, textsOf, valueAt } from "./values.ts";

export interface Switch {
  readonly types: readonly string[];
  readonly path: Path;
  /** Whether to tell of the change from one value to the other; `before` is undefined for what is made new. */
  readonly tells: (after: Json | undefined, before: Json | undefined) => boolean;
  /** Also what is made new; otherwise only what was another way before. */
  readonly onCreate: boolean;
  readonly kind: Kind;
  readonly what: string;
}

/** Findings of all rows. An unknown value is told as a caution where there was a known one. */
export function switched(plan: StackPlan, rows: readonly Switch[]): readonly Finding[] {
  return settings(plan).flatMap((change) =>
    rows.filter(({ types }) => types.includes(change.type)).flatMap((row) => judge(plan, change, row)),
  );
}

function judge(plan: StackPlan, change: ResourceChange, row: Switch): readonly Finding[] {
  const isNew = change.action === "create";
  if (isNew && !row.onCreate) return [];
  const [before, after] = [change.before, change.after].map((values) => (values === null ? undefined : valueAt(values, row.path)));
  const name = row.path.join(".");
  const was = isNew ? "" : `${shown(before)} → `;
  if (isUnknownAt(change, row.path)) {
    if (isNew || before === undefined || before === null || wasToldBefore(row, before)) return [];
    const kind: Kind = { ...row.kind, danger: row.kind.danger === "info" ? "info" : "caution" };
    return [findingOn(plan, change.address, kind, `${name} is known only after apply`, [`${name}: ${was}(known after apply)`])];
  }
  if (!isNew && equal(before ?? null, after ?? null)) return [];
  return row.tells(after, isNew ? undefined : before)
    ? [findingOn(plan, change.address, row.kind, row.what, [`${name}: ${was}${shown(after)}`])]
    : [];
}

/** What already was the way that the row warns of is not lost by becoming unknown. */
const wasToldBefore = ({ tells }: Switch, before: Json) => tells !== changes && tells(before, undefined);

/** A value for people: lists with commas, nothing as "unset". */
export function shown(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "unset";
  const texts = textsOf(value);
  return texts.length > 0 ? texts.join(", ") : JSON.stringify(value);
}

const isOn = (value: Json | undefined) => value === true || value === "true";

/** Turned on; new ones that are on count. */
export const turnsOn: Switch["tells"] = (after, before) => isOn(after) && !isOn(before);
/** Turned off, or removed; new ones that are off count. */
export const turnsOff: Switch["tells"] = (after, before) => !isOn(after) && (before === undefined || isOn(before));
/** Any other value than before. */
export const changes: Switch["tells"] = () => true;
/** A number that gets smaller. */
export const shrinks: Switch["tells"] = (after, before) => typeof after === "number" && typeof before === "number" && after < before;
/** There was something, and now there is nothing. */
export const goes: Switch["tells"] = (after, before) => isEmpty(after) && !isEmpty(before);

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
