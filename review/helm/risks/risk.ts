/** One risky change of a Helm value, and the ways to say which change counts. */
import type { Danger, Json } from "../../model.ts";

export interface ValueRisk {
  readonly rule: string;
  readonly path: RegExp;
  readonly tells: (after: Json, before: Json) => boolean;
  readonly danger: Danger;
  /** For a release that is new; undefined: not told. */
  readonly onCreate?: Danger;
  readonly what: string;
  readonly because: string;
}

export const isOn = (value: Json) => value === true || value === "true";
export const isOff = (value: Json) => value === false || value === "false";
export const turnsOn: ValueRisk["tells"] = (after, before) => isOn(after) && !isOn(before);
/** What was not set may have been on by the chart's default. */
export const turnsOff: ValueRisk["tells"] = (after, before) => isOff(after) && !isOff(before);
export const wasOn: ValueRisk["tells"] = (after, before) => isOn(before) && !isOn(after);
export const to =
  (...values: readonly Json[]): ValueRisk["tells"] =>
  (after, before) =>
    values.includes(after) && !values.includes(before);
export const contains =
  (pattern: RegExp): ValueRisk["tells"] =>
  (after, before) =>
    count(pattern, after) > count(pattern, before);
const count = (pattern: RegExp, value: Json) => (typeof value === "string" ? (value.match(new RegExp(pattern, "gi"))?.length ?? 0) : 0);
export const both =
  (read: (value: Json) => number | undefined, decide: (after: number, before: number) => boolean): ValueRisk["tells"] =>
  (after, before) => {
    const [is, was] = [read(after), read(before)];
    return is !== undefined && was !== undefined && decide(is, was);
  };
