import { expect, test } from "@jest/globals";
import { loadEnvironments } from "../../../environments/index.ts";
import { describeExpired, expiredWaivers } from "../../../modules/guardrails/waivers.ts";

const waiver = {
  rule: "log-retention",
  stack: "network",
  resource: "aws_cloudwatch_log_group.flow",
  reason: "kept by the SIEM instead",
  until: "2027-03-31",
};

test.each([
  ["2027-03-30", 0],
  ["2027-03-31", 0],
  ["2027-04-01", 1],
])("a waiver until 2027-03-31 is expired on %s: %i", (today, expired) => {
  expect(expiredWaivers([{ name: "prod", waivers: [waiver] }], today)).toHaveLength(expired);
});

test("what to do about an expired one", () => {
  expect(describeExpired({ environment: "prod", waiver })).toBe(
    "environments/prod.ts: the waiver of log-retention for network aws_cloudwatch_log_group.flow ended on 2027-03-31. " +
      "Make the rule hold, or agree on a new date with whoever accepted the risk.",
  );
});

test("no waiver of this workspace has expired today", () => {
  const today = new Date().toISOString().slice(0, 10);
  expect(expiredWaivers(loadEnvironments(), today).map(describeExpired)).toEqual([]);
});
