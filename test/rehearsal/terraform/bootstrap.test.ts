import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { adoption } from "../../../rehearsal/terraform/adoption.ts";
import { isNoBucket, isUsable, setTornStateAside } from "../../../rehearsal/terraform/bootstrap.ts";

const json = {
  terraform: { backend: { s3: { bucket: "states" } } },
  resource: {
    aws_s3_bucket: { logs: { bucket: "logs" }, states: { bucket: "states" } },
    aws_kms_key: { key: {} },
    aws_kms_alias: { alias: { name: "alias/states" } },
  },
};
const bucketLookup = "data.aws_s3_bucket.adopted";
const aliasLookup = "data.aws_kms_alias.adopted";

test.each([
  ["nothing is known", [], [], ["aws_s3_bucket.states", "aws_kms_alias.alias", "aws_kms_key.key"]],
  ["the key was written down, its alias was not", ["aws_kms_key.key"], [], ["aws_s3_bucket.states", "aws_kms_alias.alias"]],
  ["the bucket does not exist", [], [bucketLookup], ["aws_kms_alias.alias", "aws_kms_key.key"]],
  ["neither exists", [], [bucketLookup, aliasLookup], []],
  ["all is known", ["aws_s3_bucket.states", "aws_kms_alias.alias", "aws_kms_key.key"], [], []],
])("what is taken over when %s", (_, known, skipped, expected) => {
  expect(adoption(json, new Set(known), new Set(skipped)).addresses).toEqual(expected);
});

const diagnostic = (address: string, summary: string) => ({ severity: "error" as const, address, summary, detail: "" });

test.each([
  ["a missing bucket", diagnostic(bucketLookup, "Failed getting S3 bucket (states): NotFound: Not Found"), [bucketLookup]],
  ["a missing alias", diagnostic(aliasLookup, "reading KMS Alias (alias/states): empty result"), [aliasLookup]],
  ["a bucket of somebody else is a problem", diagnostic(bucketLookup, "StatusCode: 403, Forbidden"), []],
  ["another resource is a problem", diagnostic("aws_kms_key.key", "NotFound"), []],
])("reads from a plan: %s", (_, problem, expected) => {
  expect(adoption(json, new Set(), new Set()).absent([problem])).toEqual(expected);
});

const rules = "aws_s3_bucket_lifecycle_configuration.rules";

test.each([
  ["before the plan", { done: 0, total: 0, current: [] }, false],
  ["with others under way", { done: 7, total: 9, current: [rules, "aws_s3_bucket_policy.states"] }, false],
  ["with others to come", { done: 7, total: 9, current: [rules] }, false],
  ["with only lifecycle rules under way", { done: 8, total: 9, current: [rules] }, true],
  ["at the end", { done: 9, total: 9, current: [] }, true],
])("the bucket is usable %s", (_, progress, expected) => expect(isUsable(progress)).toBe(expected));

test.each([
  ['S3 bucket "states" does not exist.', true],
  ["api error NoSuchBucket: The specified bucket does not exist", true],
  ["api error AccessDenied: Access Denied", false],
])("%j says that there is no bucket: %j", (text, expected) => expect(isNoBucket(text)).toBe(expected));

test.each<readonly [string, string | undefined, readonly string[]]>([
  ["none at all", undefined, []],
  ["an empty one", "", ["bootstrap.tfstate"]],
  ["a whole one", '{"resources":[]}', ["bootstrap.tfstate"]],
  ["half of one", '{"resources":[', ["bootstrap.tfstate.torn"]],
])("of local states, %s", async (_, text, left) => {
  const folder = mkdtempSync(join(tmpdir(), "mainline-"));
  if (text !== undefined) writeFileSync(join(folder, "bootstrap.tfstate"), text);
  expect(await setTornStateAside(folder)).toBe(left.includes("bootstrap.tfstate.torn"));
  expect(readdirSync(folder)).toEqual(left);
  rmSync(folder, { recursive: true });
});
