import { describe, expect, test } from "@jest/globals";
import type { EnvironmentInput } from "../../../environments/schema.ts";
import { type CheckedStack, check } from "../../../modules/guardrails/check.ts";
import { GuardrailError } from "../../../modules/guardrails/error.ts";
import type { Rule } from "../../../modules/guardrails/rule.ts";
import type { Blocks } from "../../../modules/terraform-json.ts";
import { environmentOf } from "../../support/environment.ts";

const named: Rule = {
  id: "has-name",
  title: "Buckets have a name",
  why: "Nobody finds them otherwise",
  applies: ["aws_s3_bucket"],
  holds: ({ bucket }) => bucket !== undefined,
  remedy: "set bucket",
};
const tagged: Rule = {
  ...named,
  id: "has-tags",
  title: "Everything has tags",
  applies: ["*"],
  holds: ({ tags }) => tags !== undefined,
  remedy: "set tags",
};

function stack(name: string, resource: Blocks, waivers: EnvironmentInput["waivers"] = []): CheckedStack {
  const environment = environmentOf({ waivers });
  return {
    id: `test-${name}`,
    stack: name,
    environment,
    json: { terraform: {}, provider: {}, resource },
  };
}

const waiver = {
  rule: "has-name",
  stack: "network",
  resource: "aws_s3_bucket.logs",
  reason: "made by the auditors, who name it",
  until: "2027-03-31",
};

describe("check", () => {
  test("lists every violation of every stack", () => {
    const stacks = [stack("network", { aws_s3_bucket: { logs: {}, results: {} } }), stack("cluster", { aws_s3_bucket: { velero: {} } })];
    expect(check(stacks, [named]).violations.map(({ stack: id, address }) => `${id} ${address}`)).toEqual([
      "test-network aws_s3_bucket.logs",
      "test-network aws_s3_bucket.results",
      "test-cluster aws_s3_bucket.velero",
    ]);
  });

  test.each([
    ["the same rule, stack and resource", waiver, 0, 0],
    ["another resource", { ...waiver, resource: "aws_s3_bucket.log" }, 1, 1],
    ["another stack", { ...waiver, stack: "cluster" }, 1, 1],
    ["another rule", { ...waiver, rule: "has-tags" }, 1, 1],
    ["the same, expired: no clock decides here", { ...waiver, until: "2020-01-01" }, 0, 0],
  ])("a waiver of %s", (_, given, violations, unused) => {
    const findings = check([stack("network", { aws_s3_bucket: { logs: {} } }, [given])], [named]);
    expect([findings.violations.length, findings.unusedWaivers.length]).toEqual([violations, unused]);
  });
});

test("the error is written for the person who gets it", () => {
  const stacks = [
    stack("network", { aws_s3_bucket: { logs: {}, results: { bucket: "results" } } }, [
      { ...waiver, rule: "has-nam", stack: "network" },
      { ...waiver, resource: "aws_s3_bucket.gone" },
    ]),
  ];
  const rules = [named, tagged];
  expect(new GuardrailError(check(stacks, rules), rules).message).toMatchInlineSnapshot(`
    "3 violations of 2 guardrails:

    Buckets have a name  [has-name]
      test-network  aws_s3_bucket.logs
      why     Nobody finds them otherwise
      remedy  set bucket

    Everything has tags  [has-tags]
      test-network  aws_s3_bucket.logs
      test-network  aws_s3_bucket.results
      why     Nobody finds them otherwise
      remedy  set tags

    To accept one for a time, add to \`waivers\` of the environment: { rule: "has-name", stack: "...", resource: "aws_s3_bucket.logs", reason: "...", until: "..." }

    2 waivers without effect:

      environments/test.ts  has-nam for network aws_s3_bucket.logs: there is no such rule; the nearest is has-name.
      environments/test.ts  has-name for network aws_s3_bucket.gone: the rule holds, or the address is another. Remove the waiver or correct it.

    Nothing was written."
  `);
});
