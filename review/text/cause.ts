/** Why a resource is replaced or destroyed: the attributes that force it, or Terraform's reason in words. */
import type { AttributeChange, ResourceChange } from "../model.ts";
import { pathText, valueText } from "./path.ts";

/** Terraform's `action_reason`s (terraform.io, "JSON Output Format"). Those of replacements by attribute are told by the attribute. */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: "its last apply failed half way, so Terraform marked it as tainted",
  replace_by_request: "asked for by -replace",
  replace_by_triggers: "replace_triggered_by: something that it follows changes",
  delete_because_no_resource_config: "it is no longer in the configuration",
  delete_because_no_module: "its module is no longer in the configuration",
  delete_because_wrong_repetition: "its count or for_each came or went",
  delete_because_count_index: "its index is beyond count",
  delete_because_each_key: "its key is no longer in for_each",
  delete_because_no_move_target: "a `moved` block leads to nothing that is in the configuration",
};

/** One line per cause, never empty. */
export function causeOf({ action, reason, attributes, deposed }: ResourceChange): string[] {
  if (deposed !== undefined) return ["left over: an earlier replacement made its successor and was interrupted"];
  const forcing = attributes.filter(({ forcesReplacement }) => forcesReplacement);
  if (action === "replace" && forcing.length > 0) return forcingLines(forcing).map((line) => `forced by ${line}`);
  if (reason === "replace_because_cannot_update")
    return ["forced by an attribute that cannot be changed in place; Terraform does not say which"];
  // Terraform has a reason for every other delete.
  if (action === "delete" && reason === undefined) return ["asked for by -destroy"];
  return [`because ${reasons[reason ?? ""] ?? (reason === undefined ? "Terraform gives no reason" : `of ${reason.replaceAll("_", " ")}`)}`];
}

/** A line per attribute; elements of one list that came and went share a line. */
function forcingLines(forcing: readonly AttributeChange[]): string[] {
  const lists = new Map<string, AttributeChange[]>();
  for (const change of forcing) {
    const { path, before, after, unknown, sensitive } = change;
    const isElement = typeof path.at(-1) === "number" && !unknown && !sensitive && (before === null) !== (after === null);
    const name = isElement ? pathText(path.slice(0, -1)) : pathText(path);
    lists.set(name, [...(lists.get(name) ?? []), change]);
  }
  return [...lists].map(([name, changes]) => {
    const [first] = changes;
    if (first !== undefined && changes.length === 1) return changeText(first);
    const side = (of: "before" | "after") => changes.flatMap(({ [of]: value }) => (value === null ? [] : [valueText(value)])).join(", ");
    return `${name}: ${side("before") || "nothing"} → ${side("after") || "nothing"}`;
  });
}

/** `cidr_block: "10.0.0.0/19" → "10.0.0.0/20"`. */
export function changeText(change: AttributeChange): string {
  const { path, before, after, unknown, sensitive } = change;
  if (sensitive) return sensitiveText(change);
  return `${pathText(path)}: ${valueText(before)} → ${unknown ? "known after apply" : valueText(after)}`;
}

/** All that is said of a secret. */
export function sensitiveText({ path, before, after }: Pick<AttributeChange, "path" | "before" | "after">): string {
  return `${pathText(path)}: sensitive, ${after === null ? "removed or known after apply" : before === null ? "set" : "changed"}`;
}
