/** Anything that is done to where states live: a mistake there takes every other stack with it. */
import type { Detector, ResourceChange } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { causeOf, changeText } from "../text/cause.ts";
import { weightOf } from "../weight.ts";

const touched: Kind = {
  rule: "state-store-touched",
  danger: "danger",
  because:
    "All states of the account are in this bucket, under this key, and their locks beside them. Without them Terraform knows nothing of what it made.",
  remedy: "Apply it alone, with nobody else at work, after a copy of the bucket.",
};

/** What makes up the store, exact types. */
const parts: ReadonlySet<string> = new Set([
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_kms_alias",
  "aws_dynamodb_table",
]);

const losing = ["delete", "replace", "update", "forget"];

export const stateStore: Detector = (plan) =>
  plan.stack !== "state"
    ? []
    : plan.changes
        .filter((change) => parts.has(change.type) && losing.includes(change.action) && weightOf(change) === "change")
        .map((change) =>
          findingAt(plan, change.address, touched, `${change.address}, where all states are, ${wordOf(change)}`, detailsOf(change)),
        );

function wordOf({ action }: ResourceChange): string {
  return { delete: "is destroyed", replace: "is replaced", forget: "is forgotten" }[action as string] ?? "changes";
}

function detailsOf(change: ResourceChange): string[] {
  return change.action === "update" ? change.attributes.map(changeText) : causeOf(change);
}
