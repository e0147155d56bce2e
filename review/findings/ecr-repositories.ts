/** Registries: whether an image stays what it was, and is looked at. */
import type { Detector, Finding, Json, JsonObject, StackPlan } from "../model.ts";
import { documentOf, objectOf } from "../plan/json.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { type Switch, switched, turnsOff } from "../reading/switches.ts";
import { numberOf, objectsOf, valueAt } from "../reading/values.ts";

const repositories = ["aws_ecr_repository"];
const mutable: Kind = {
  rule: "ecr-tags-mutable",
  danger: "caution",
  because: "Whoever may push can put another image behind a tag that is deployed already (FSBP ECR.2)",
  remedy: "keep tags immutable; push a new tag",
};
const unscanned: Kind = { rule: "ecr-scan-off", danger: "caution", because: "Known holes in images are no longer found (FSBP ECR.1)" };

const moves: Switch["tells"] = (after, before) => String(after).startsWith("MUTABLE") && !String(before).startsWith("MUTABLE");

const rows: readonly Switch[] = [
  { types: repositories, path: ["image_tag_mutability"], tells: moves, onCreate: false, kind: mutable, what: "its tags may move" },
  {
    types: repositories,
    path: ["image_scanning_configuration", "scan_on_push"],
    tells: turnsOff,
    onCreate: false,
    kind: unscanned,
    what: "its images are not scanned any more",
  },
  {
    types: ["aws_ecr_registry_scanning_configuration"],
    path: ["scan_type"],
    tells: (after, before) => before === "ENHANCED" && after !== "ENHANCED",
    onCreate: false,
    kind: unscanned,
    what: "images are no longer watched after they are pushed",
  },
];

export const ecrRepositories: Detector = (plan) => [...switched(plan, rows), ...expiring(plan)];

const expiry: Kind = {
  rule: "ecr-images-expire",
  danger: "caution",
  because: "An image that is gone cannot be pulled by the next node, nor rolled back to",
  remedy: "keep more than are ever deployed at once, over all environments",
};

/** Rules that keep fewer images, or for a shorter time, and rules that are new; by their priority, which is their name. */
function expiring(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, action, address, before, after }) => {
    if (type !== "aws_ecr_lifecycle_policy" || action === "create") return [];
    const [old, next] = [rulesOf(before), rulesOf(after)];
    const lines = [...next].flatMap(([priority, count]) => {
      const was = old.get(priority);
      return was !== undefined && count >= was ? [] : [`rule ${priority}: ${was ?? "none"} → ${count}`];
    });
    return lines.length === 0 ? [] : [findingOn(plan, address, expiry, "fewer images are kept", lines)];
  });
}

function rulesOf(policy: JsonObject | null): ReadonlyMap<number, number> {
  const rules = objectsOf(objectOf(documentOf(policy?.policy)).rules as Json | undefined);
  return new Map(rules.map((rule) => [numberOf(rule.rulePriority) ?? 0, numberOf(valueAt(rule, ["selection", "countNumber"])) ?? 0]));
}
