/** Conditions of a statement, and when one is at least as strict as another. Source: IAM user guide, "Condition operators". */
import type { Json } from "../model.ts";
import { cidrSet, covers as coversAddresses } from "../network/addresses.ts";
import { isObject } from "../plan/json.ts";
import { textsOf } from "../reading/values.ts";
import { covers } from "./glob.ts";

export interface Condition {
  /** Base name in lower case, without prefix and suffix: stringlike. */
  readonly operator: string;
  /** Also satisfied where the request has no such key. */
  readonly ifExists: boolean;
  /** "", "forallvalues" or "foranyvalue". */
  readonly set: string;
  /** In lower case: IAM ignores the case of keys. */
  readonly key: string;
  readonly values: readonly string[];
  /** As it is written, for people. */
  readonly text: string;
}

export function conditionsOf(value: Json | undefined): readonly Condition[] {
  if (!isObject(value)) return [];
  const conditions = Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys) ? Object.entries(keys).map(([key, values]) => conditionOf(operator, key, textsOf(values))) : [],
  );
  return conditions.sort((one, other) => (one.text < other.text ? -1 : 1));
}

function conditionOf(written: string, key: string, found: readonly string[]): Condition {
  const [, set = "", base = written, suffix = ""] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(written) ?? [];
  const values = [...new Set(found)].sort();
  return {
    operator: operatorOf(base.toLowerCase(), values),
    ifExists: suffix !== "",
    set: set.toLowerCase(),
    key: key.toLowerCase(),
    values,
    text: `${written} ${key} ${values.join(", ")}`,
  };
}

/** ArnEquals and ArnLike behave alike. */
const same: Readonly<Record<string, string>> = { arnequals: "arnlike", arnnotequals: "arnnotlike" };
/** A pattern without wildcards is equality. */
const exact: Readonly<Record<string, string>> = { stringlike: "stringequals", stringnotlike: "stringnotequals" };

function operatorOf(base: string, values: readonly string[]): string {
  const plain = values.every((value) => !/[*?]/.test(value)) ? exact[base] : undefined;
  return plain ?? same[base] ?? base;
}

/** Operators that a value passes which passes the key's: equality is a pattern without wildcards. */
const looser: Readonly<Record<string, string>> = { stringequals: "stringlike", stringnotlike: "stringnotequals" };

type Fits = (wide: string, narrow: string) => boolean;
const equal: Fits = (wide, narrow) => wide === narrow;
const fits: Readonly<Record<string, Fits>> = {
  stringlike: covers,
  arnlike: covers,
  stringnotlike: covers,
  arnnotlike: covers,
  ipaddress: (wide, narrow) => coversAddresses(cidrSet([wide]), cidrSet([narrow])),
  notipaddress: (wide, narrow) => coversAddresses(cidrSet([wide]), cidrSet([narrow])),
};
const negated = (operator: string) => operator.includes("not");

/** Whether every request that passes `strict` passes `loose`. Unknown operators count as equal only to themselves. */
export function implies(strict: readonly Condition[], loose: readonly Condition[]): boolean {
  return loose.every((wanted) => strict.some((has) => isAsStrict(has, wanted)));
}

function isAsStrict(has: Condition, wanted: Condition): boolean {
  if (has.key !== wanted.key || has.set !== wanted.set || (has.ifExists && !wanted.ifExists)) return false;
  if (has.operator !== wanted.operator && looser[has.operator] !== wanted.operator) return false;
  const matches = fits[wanted.operator] ?? equal;
  // Values are alternatives: a strict condition has fewer of them. A negated one excludes more.
  return negated(wanted.operator)
    ? wanted.values.every((value) => has.values.some((excluded) => (fits[has.operator] ?? equal)(excluded, value)))
    : has.values.every((value) => wanted.values.some((allowed) => matches(allowed, value)));
}
