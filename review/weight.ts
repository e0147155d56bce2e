/** How much of a reviewer's time a change is worth. Pure noise is counted, not listed. */
import type { AttributeChange, ResourceChange } from "./model.ts";

/** `tags`: only labels. `computed`: only what is known after apply, or counters that AWS keeps. */
export type Weight = "change" | "tags" | "computed";

const tagAttributes = ["tags", "tags_all"];

/** Counters and stamps that follow from other changes. Not a node group's launch template version: that replaces nodes. */
const counters: Readonly<Record<string, readonly string[]>> = {
  aws_launch_template: ["latest_version", "default_version"],
  aws_lambda_function: ["last_modified", "qualified_arn", "qualified_invoke_arn", "version"],
  aws_iam_policy: ["policy_id"],
  helm_release: ["metadata", "manifest"],
  aws_s3_object: ["version_id", "etag"],
  aws_ecs_task_definition: ["revision"],
};

export function weightOf(change: ResourceChange): Weight {
  if (change.action !== "update") return "change";
  const rest = change.attributes.filter((attribute) => !isCounter(change.type, attribute));
  if (rest.some((attribute) => !isTag(attribute) && !attribute.unknown)) return "change";
  // An attribute that someone set and that becomes unknown is a change; a computed one is not. The plan does not say which it is, but
  // where nothing but unknown values differ, what caused them is in another resource, which is listed.
  return rest.some(isTag) ? "tags" : "computed";
}

/** What is worth showing of a change: tags once, without counters. */
export function tellingAttributes(change: ResourceChange): readonly AttributeChange[] {
  return change.attributes.filter((attribute) => !isCounter(change.type, attribute) && attribute.path[0] !== "tags_all");
}

function isTag({ path }: AttributeChange): boolean {
  return tagAttributes.includes(String(path[0]));
}

function isCounter(type: string, { path }: AttributeChange): boolean {
  return counters[type]?.includes(String(path[0])) ?? false;
}
