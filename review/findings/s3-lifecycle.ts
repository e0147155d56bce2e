/** Lifecycle rules that delete sooner: what is older than the new limit is gone within a day or two. */
import type { Detector, JsonObject } from "../model.ts";
import { canonical } from "../plan/json.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { isUnknownAt, numberOf, objectsOf, textOf, valueAt } from "../reading/values.ts";

const sooner: Kind = {
  rule: "s3-lifecycle-shorter",
  danger: "caution",
  because: "Objects that are older than the new limit are deleted within a day or two, and cannot be brought back",
  remedy: "check who still needs them; copy them elsewhere first",
};

export const s3Lifecycle: Detector = (plan) =>
  settings(plan).flatMap((change) => {
    const { type, address, before, after, action } = change;
    if (type !== "aws_s3_bucket_lifecycle_configuration") return [];
    // A bucket that is new, too, holds nothing that could be lost.
    const isNewBucket = !plan.present.some((object) => object.type === "aws_s3_bucket" && object.values.bucket === after?.bucket);
    if (action === "create" && (isNewBucket || textOf(after?.bucket) === undefined)) return [];
    if (isUnknownAt(change, ["rule"]) && after?.rule === undefined) {
      return [findingOn(plan, address, sooner, "when objects are deleted is known only after apply")];
    }
    const [was, is] = [limitsOf(before), limitsOf(after)];
    const lines = [...is].flatMap(([key, days]) => {
      const old = Math.min(was.get(key) ?? Number.POSITIVE_INFINITY, was.get(everyObject(key)) ?? Number.POSITIVE_INFINITY);
      return days < old ? [`${key}: ${Number.isFinite(old) ? `${old} days` : "never"} → ${days} days`] : [];
    });
    return lines.length === 0 ? [] : [findingOn(plan, address, sooner, "objects are deleted sooner", lines)];
  });

/** Days until deletion, by what is deleted of which objects. Rules that are off, and those that only move objects, delete nothing. */
function limitsOf(values: JsonObject | null): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const rule of objectsOf(values?.rule)) {
    if (rule.status !== "Enabled") continue;
    const objects = filterOf(rule);
    const add = (what: string, days: number | undefined) => {
      if (days !== undefined && days > 0) limits.set(`${what} of ${objects}`, Math.min(days, limits.get(`${what} of ${objects}`) ?? days));
    };
    add("objects", numberOf(valueAt(rule, ["expiration", "days"])) ?? (textOf(valueAt(rule, ["expiration", "date"])) ? 1 : undefined));
    add("old versions", numberOf(valueAt(rule, ["noncurrent_version_expiration", "noncurrent_days"])));
  }
  return limits;
}

const all = "the bucket";
const everyObject = (key: string) => `${key.split(" of ")[0]} of ${all}`;

/** A prefix, or whatever else the rule is limited to. */
function filterOf(rule: JsonObject): string {
  const [filter] = objectsOf(rule.filter);
  const prefix = textOf(filter?.prefix) ?? textOf(rule.prefix);
  const others = Object.entries(filter ?? {}).filter(
    ([key, value]) => key !== "prefix" && value !== null && value !== "" && canonical(value) !== "[]" && canonical(value) !== "{}",
  );
  const parts = [...(prefix ? [prefix] : []), ...(others.length > 0 ? [canonical(Object.fromEntries(others))] : [])];
  return parts.length > 0 ? parts.join(" ") : all;
}
