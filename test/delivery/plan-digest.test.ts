/** Two plans with one digest do the same; whatever they would do differently gives another. */
import { expect, test } from "@jest/globals";
import { digestOf } from "../../delivery/platform/plan-digest.mjs";

const bucket = {
  address: "aws_s3_bucket.a",
  change: { actions: ["update"], before: { tags: { a: "1" } }, after: { tags: { a: "2" } }, after_unknown: {} },
};
const topic = {
  address: "aws_sns_topic.b",
  change: { actions: ["create"], before: null, after: { name: "b" }, after_unknown: { arn: true } },
};
const plan = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  timestamp: "2026-11-21T06:00:00Z",
  complete: true,
  errored: false,
  resource_changes: [bucket, topic],
  output_changes: { name: { actions: ["create"], after: "b" } },
  prior_state: { serial: 7 },
};

test.each([
  [
    "another time and another version",
    { ...plan, timestamp: "2026-11-22T06:00:00Z", terraform_version: "1.12.0", prior_state: { serial: 8 } },
  ],
  ["resources in another order", { ...plan, resource_changes: [topic, bucket] }],
  ["keys in another order", { ...plan, resource_changes: [{ change: bucket.change, address: bucket.address }, topic] }],
  ["what stays as it is", { ...plan, resource_changes: [...plan.resource_changes, { address: "x.y", change: { actions: ["no-op"] } }] }],
  [
    "what is only read",
    { ...plan, resource_changes: [...plan.resource_changes, { address: "data.x.y", change: { actions: ["read"], after: 1 } }] },
  ],
  ["an output that stays", { ...plan, output_changes: { ...plan.output_changes, same: { actions: ["no-op"] } } }],
])("the same: %s", (_, other) => expect(digestOf(other)).toBe(digestOf(plan)));

const after = (tags: object) => ({ ...plan, resource_changes: [{ ...bucket, change: { ...bucket.change, after: { tags } } }, topic] });

test.each([
  ["a value", after({ a: "3" })],
  ["a key that goes", after({})],
  ["an action", { ...plan, resource_changes: [{ ...bucket, change: { ...bucket.change, actions: ["delete", "create"] } }, topic] }],
  ["a resource less", { ...plan, resource_changes: [bucket] }],
  ["an address", { ...plan, resource_changes: [{ ...bucket, address: "aws_s3_bucket.c" }, topic] }],
  ["what is not known yet", { ...plan, resource_changes: [bucket, { ...topic, change: { ...topic.change, after_unknown: {} } }] }],
  ["what it was before", { ...plan, resource_changes: [{ ...bucket, change: { ...bucket.change, before: { tags: { a: "0" } } } }, topic] }],
  ["an output", { ...plan, output_changes: {} }],
])("another: %s", (_, other) => expect(digestOf(other)).not.toBe(digestOf(plan)));

test.each([
  ["nothing", null],
  ["an empty object", {}],
  ["a plan that failed", { ...plan, errored: true }],
  ["half a plan", { ...plan, complete: false }],
])("%s has no digest", (_, wrong) => expect(() => digestOf(wrong)).toThrow("no whole plan"));
