/** The values of a release as one tree, as Helm merges them, and what differs between two. Source: Helm docs, "Values files". */
import type { Json, JsonObject, Path } from "../model.ts";
import { differences } from "../plan/differences.ts";
import { isList, isObject } from "../plan/json.ts";
import { yamlOf } from "../plan/yaml.ts";
import { listOf, objectsOf, textOf } from "../reading/values.ts";

/** `undefined` where a text is no YAML: it cannot be compared. */
export function valuesOf(release: JsonObject | null): JsonObject | undefined {
  let tree: Json = {};
  for (const text of listOf(release?.values)) {
    const part = typeof text === "string" ? read(text) : undefined;
    if (part === undefined) return undefined;
    tree = merge(tree, part);
  }
  for (const { name, value } of [...objectsOf(release?.set), ...objectsOf(release?.set_list)]) {
    if (typeof name === "string") tree = put(tree, steps(name), value ?? null);
  }
  return isObject(tree) ? tree : undefined;
}

/** The reader of plans has turned most into JSON, which is read much faster. */
function read(text: string): Json | undefined {
  const value = yamlOf(text);
  if (value !== undefined) return isObject(value) ? value : undefined;
  return text.split("\n").every((line) => /^\s*(#|$)/.test(line) || line.trim() === "null") ? {} : undefined;
}

/** Objects are merged, everything else is replaced; null removes a key. */
function merge(base: Json, over: Json): Json {
  if (!isObject(base) || !isObject(over)) return over;
  const merged = Object.entries(over).map(([key, value]): [string, Json] => [key, merge(base[key] ?? null, value)]);
  return { ...base, ...Object.fromEntries(merged) };
}

/** `a.b\.c[0].d` as Helm's --set reads it. */
function steps(name: string): Path {
  const parts = name.replace(/\[(\d+)\]/g, ".[$1]").split(/(?<!\\)\./);
  return parts
    .filter((part) => part !== "")
    .map((part) => (/^\[\d+\]$/.test(part) ? Number(part.slice(1, -1)) : part.replaceAll("\\.", ".")));
}

function put(tree: Json, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = isList(tree) ? [...tree] : [];
    list[step] = put(list[step] ?? null, rest, value);
    return list.map((item) => item ?? null);
  }
  const object = isObject(tree) ? tree : {};
  return { ...object, [step]: put(object[step] ?? null, rest, value) };
}

/** One leaf that differs. `path` is for matching: a.b.0.c. */
export interface ValueChange {
  readonly path: Path;
  readonly before: Json;
  readonly after: Json;
}

/** Differences down to the leaves, also of subtrees that only one side has. */
export function valueChanges(before: JsonObject, after: JsonObject): readonly ValueChange[] {
  return differences(before, after, {}, []).flatMap(({ path, before: was, after: is }) => leaves(path, was, is));
}

function leaves(path: Path, before: Json, after: Json): readonly ValueChange[] {
  const [left, right] = [children(before), children(after)];
  if (left.size === 0 && right.size === 0) return [{ path, before, after }];
  const own = [before, after].filter((value) => value !== null && typeof value !== "object");
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [
    ...(own.length > 0 ? [{ path, before: left.size > 0 ? null : before, after: right.size > 0 ? null : after }] : []),
    ...[...keys].flatMap((key) => leaves([...path, key], left.get(key) ?? null, right.get(key) ?? null)),
  ];
}

function children(value: Json): ReadonlyMap<string | number, Json> {
  if (isList(value)) return new Map(value.entries());
  return isObject(value) ? new Map(Object.entries(value)) : new Map();
}

/** A quantity of Kubernetes as a number: 50Gi, 500m. Undefined where it is none. */
export function quantityOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(textOf(value) ?? "") ?? [];
  const power = ["", "k", "M", "G", "T", "P"].indexOf(unit.replace("K", "k").replace("i", ""));
  return number === undefined
    ? undefined
    : unit === "m"
      ? Number(number) / 1000
      : Number(number) * (unit.endsWith("i") ? 1024 : 1000) ** Math.max(power, 0);
}

/** A time as Prometheus and others write it, in seconds: 15d, 72h. */
export function durationOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(s|m|h|d|w|y)?$/.exec(textOf(value) ?? "") ?? [];
  const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };
  return number === undefined ? undefined : Number(number) * (seconds[unit] ?? 1);
}
