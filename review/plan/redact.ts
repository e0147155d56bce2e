/**
 * Takes secrets out of values before anything else sees them: by Terraform's `*_sensitive` maps, by what providers are known to forget, and
 * by how keys and texts look. Differences are computed on the result, so nothing later can print one.
 */
import type { Json, JsonObject } from "../model.ts";
import { documentOf, equal, isList, isObject, textOf } from "./json.ts";
import { isHidden, isSecretKey, withoutSecrets } from "./secrets.ts";
import { yamlOf } from "./yaml.ts";

/** Stands where a secret was. */
export const hidden = "(sensitive)";
/** The same on the new side, where it is not the secret of the old side. */
export const hiddenChanged = "(sensitive, changed)";

export function isHiddenMark(value: Json | undefined): boolean {
  return typeof value === "string" && (value.includes(hidden) || value.includes(hiddenChanged));
}

/**
 * The values of a resource without its secrets.
 *
 * @param sensitive Terraform's map of this side: true where all below is sensitive.
 * @param former the old side with its secrets, for the new side: a changed secret gets a mark that differs.
 */
export function redacted(type: string, values: JsonObject | null, sensitive: Json, former?: JsonObject | null): JsonObject | null {
  if (values === null || sensitive === true) return values === null ? null : {};
  const marks = isObject(sensitive) ? sensitive : {};
  const entries = Object.entries(values).map(([key, value]): [string, Json] => {
    const before = former?.[key];
    if (isHidden(type, key)) return [key, masked(value, before)];
    if (type === "helm_release" && key === "values") return [key, yamlTexts(value, marks[key] ?? false, before)];
    return [key, clean(key, value, marks[key] ?? false, before)];
  });
  return Object.fromEntries(entries);
}

/** The same for a value without a type: outputs, parts of values. */
export function clean(key: string, value: Json, sensitive: Json, former: Json | undefined): Json {
  if (sensitive === true) return masked(value, former);
  if (typeof value === "string") return isSecretKey(key) && value !== "" ? masked(value, former) : cleanText(value, textOf(former));
  if (isList(value)) return cleanList(key, value, isList(sensitive) ? sensitive : [], isList(former) ? former : []);
  if (!isObject(value)) return value;
  const marks = isObject(sensitive) ? sensitive : {};
  const before = isObject(former) ? former : {};
  const named = secretHolder(value);
  let changed = false;
  const entries = Object.entries(value).map(([inner, item]): [string, Json] => {
    const result = named(inner) ? masked(item, before[inner]) : clean(inner, item, marks[inner] ?? false, before[inner]);
    changed ||= result !== item;
    return [inner, result];
  });
  return changed ? Object.fromEntries(entries) : value;
}

function cleanList(key: string, list: readonly Json[], marks: readonly Json[], former: readonly Json[]): readonly Json[] {
  const result = list.map((item, index) => clean(key, item, marks[index] ?? false, former[index]));
  return result.some((item, index) => item !== list[index]) ? result : list;
}

/** Keys of an object whose value is a secret because of what stands beside them: `{ name: DB_PASSWORD, value }`, `kind: Secret`. */
function secretHolder(value: JsonObject): (key: string) => boolean {
  const name = textOf(value.name) ?? textOf(value.key);
  if (name !== undefined && isSecretKey(name)) return (key) => key === "value";
  if (value.kind === "Secret") return (key) => key === "data" || key === "stringData";
  return () => false;
}

/** Nothing of a secret: not even whether it was set before, unless both sides are known to differ. Empty values hide nothing. */
function masked(value: Json, former: Json | undefined): Json {
  if (value === null || (isList(value) && value.length === 0)) return value;
  return former === undefined || former === null || equal(value, former) ? hidden : hiddenChanged;
}

/** A text may be JSON (policies) or hold a secret somewhere. */
function cleanText(text: string, former: string | undefined): string {
  const document = documentOf(text);
  if (document !== undefined) {
    const result = clean("", document, false, documentOf(former));
    return result === document ? text : JSON.stringify(result);
  }
  const result = withoutSecrets(text, hidden);
  return result !== text && former !== undefined && former !== text ? withoutSecrets(text, hiddenChanged) : result;
}

/** Helm values: a list of YAML texts. One that cannot be read is hidden whole. */
function yamlTexts(value: Json, sensitive: Json, former: Json | undefined): Json {
  if (sensitive === true || !isList(value)) return masked(value, former);
  const marks = isList(sensitive) ? sensitive : [];
  return value.map((text, index) => {
    const before = isList(former) ? former[index] : undefined;
    if (marks[index] === true) return masked(text, before);
    return typeof text === "string" ? yamlText(text, textOf(before)) : text;
  });
}

/** What had to be read is given back as JSON, which is YAML, too. */
function yamlText(text: string, former: string | undefined): Json {
  if (documentOf(text) !== undefined) return cleanText(text, former);
  if (!/secret|passw|token|credential|key|phrase|webhook|hash|:\/\/|-----BEGIN|connection/i.test(text)) return text;
  const tree = yamlOf(text);
  if (tree === undefined) return masked(text, former);
  // Read only where there is something to hide: comparing is costly.
  const result = clean("", tree, false, undefined);
  return JSON.stringify(result === tree ? tree : clean("", tree, false, yamlOf(former)));
}
