/** Reads values out of a plan. What is not there, or has another form than expected, is `undefined` or empty, never an error. */
import type { Json, JsonObject, Path, ResourceChange } from "../model.ts";
import { isList, isObject } from "../plan/json.ts";

/** A list, or a single value as a list of one: providers and policies write both. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

/** Texts of a list; other forms are written as Terraform shows them. */
export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value)
    .filter((item) => item !== null && typeof item !== "object")
    .map(String);
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number; providers write some as text. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

/** The value at a path. A block that occurs at most once is a list of one in a plan: its index is left out of the path. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const single = isList(value) && typeof step === "string" ? value[0] : value;
  if (isList(single)) return typeof step === "number" ? valueAt(single[step], rest) : undefined;
  return isObject(single) ? valueAt(single[String(step)], rest) : undefined;
}

/** Whether something at this path, or all that it is part of, is known only after the apply. */
export function isUnknownAt({ unknown }: Pick<ResourceChange, "unknown">, path: Path): boolean {
  return leadsToUnknown(unknown, path);
}

function leadsToUnknown(marks: Json | undefined, path: Path): boolean {
  if (marks === true) return true;
  const [step, ...rest] = path;
  if (step === undefined) return holdsUnknown(marks);
  const single = isList(marks) && typeof step === "string" ? marks[0] : marks;
  if (single === true) return true;
  if (isList(single)) return typeof step === "number" && leadsToUnknown(single[step], rest);
  return isObject(single) && leadsToUnknown(single[String(step)], rest);
}

/** Whether any leaf below is unknown. */
export function holdsUnknown(marks: Json | undefined): boolean {
  if (marks === true) return true;
  if (isList(marks)) return marks.some(holdsUnknown);
  return isObject(marks) && Object.values(marks).some(holdsUnknown);
}
