/** What is told of drift, and in which order. */
import { describe, expect, test } from "@jest/globals";
import { protectedBecause } from "../../../operations/drift/protected.ts";
import { driftedOf } from "../../../operations/drift/rank.ts";
import { type DriftReport, driftLines, exitCodeOf, slackPayload } from "../../../operations/drift/tell.ts";
import type { PlanEntry } from "../../../operations/plan/model.ts";
import type { Action, Json, ResourceChange, StackPlan } from "../../../review/model.ts";
import { emptyPlan } from "../../../review/plan-json.ts";

/** A drifted resource: attributes with what they were and are. */
function drifted(address: string, attributes: Readonly<Record<string, readonly [Json, Json]>>, action: Action = "update"): ResourceChange {
  const [type = "", name = ""] = address.split(".");
  return {
    ...{
      address,
      type,
      name,
      action,
      provider: "",
      createBeforeDestroy: false,
      reason: undefined,
      movedFrom: undefined,
      importing: undefined,
      deposed: undefined,
    },
    ...{ before: {}, after: {}, unknown: {} },
    attributes: Object.entries(attributes).map(([path, [before, after]]) => ({
      path: path.split("."),
      before,
      after,
      unknown: false,
      sensitive: false,
      forcesReplacement: false,
    })),
  };
}

function stack(id: string, drift: readonly ResourceChange[]): StackPlan {
  return {
    ...emptyPlan({ id, environment: "dev", stack: id.slice(4) }, "planned", undefined),
    drift,
  };
}

const plans = [
  stack("dev-network", [
    drifted("aws_subnet.a", {
      "tags.Team": [null, "x"],
      "tags_all.Team": [null, "x"],
    }),
    drifted("aws_nat_gateway.a", { connectivity_type: ["public", "private"] }),
    drifted("aws_security_group.nodes", {
      ingress: [[], [{ cidr_blocks: ["0.0.0.0/0"] }]],
    }),
    drifted("aws_eip.a", {}, "delete"),
    drifted("aws_route_table_association.a", {}, "delete"),
  ]),
  stack("dev-cluster", [drifted("aws_iam_role_policy.nodes", {}, "delete"), drifted("aws_iam_role.nodes", { description: ["a", "b"] })]),
];

test("edits of what is protected come first, then what is gone, tags last", () => {
  expect(driftedOf(plans).map(({ rank, address, because = "" }) => `${rank} ${address} ${because}`)).toEqual([
    "0 aws_iam_role_policy.nodes who may do what",
    "0 aws_security_group.nodes what is reachable",
    expect.stringMatching(/^1 aws_eip\.a a public address/),
    "2 aws_route_table_association.a ",
    "3 aws_iam_role.nodes ",
    "3 aws_nat_gateway.a ",
    "4 aws_subnet.a ",
  ]);
});

test.each([
  ["aws_iam_role", "assume_role_policy", true],
  ["aws_iam_role", "description", false],
  ["aws_iam_role_policy", "policy", true],
  ["aws_iam_role_policy", undefined, true],
  ["aws_iam_role", undefined, false],
  ["aws_flow_log", "tags", false],
  ["aws_route_table", "route", true],
  ["aws_route_table_association", "route", false],
])("%s.%s is protected: %s", (type, attribute, expected) => expect(protectedBecause(type, attribute) !== undefined).toBe(expected));

const planned: PlanEntry = { id: "dev-network", outcome: "planned" };
const report = (stacks: readonly PlanEntry[], found = driftedOf(plans)): DriftReport => ({ set: { version: 1, stacks }, drifted: found });

describe("in words", () => {
  test("lines", () =>
    expect(
      driftLines(
        report([planned, { ...planned, id: "dev-cluster" }, { id: "dev-edge", outcome: "failed", because: "kim holds the lock" }]),
      ).join("\n"),
    ).toMatchInlineSnapshot(`
      "  dev-cluster  aws_iam_role_policy.nodes is gone (who may do what)
        dev-network  aws_security_group.nodes was edited (what is reachable)
            ingress: [] -> [{"cidr_blocks":["0.0.0.0/0"]}]
        dev-network  aws_eip.a is gone (a public address that others may have on their allow lists; AWS does not give it back)
        dev-network  aws_route_table_association.a is gone
        dev-cluster  aws_iam_role.nodes was edited
            description: "a" -> "b"
        dev-network  aws_nat_gateway.a was edited
            connectivity_type: "public" -> "private"
        dev-network  aws_subnet.a was edited
            tags.Team: nothing -> "x"
        dev-edge  failed: kim holds the lock

        7 changes behind Terraform's back in 2 of 2 stacks, 2 of them of what is protected; 1 stack could not be looked at"
    `));
  test("nothing", () => expect(driftLines(report([planned], []))).toEqual(["  No drift in 1 stack"]));

  test.each<[string, DriftReport, number]>([
    ["nothing differs", report([planned], []), 0],
    ["something does", report([planned]), 2],
    ["a stack was never applied", report([planned, { id: "b", outcome: "deferred" }], []), 0],
    ["a stack could not be looked at: nobody knows", report([{ id: "b", outcome: "failed" }], []), 1],
  ])("exit code: %s", (_, found, code) => expect(exitCodeOf(found)).toBe(code));
});

describe("a message for Slack", () => {
  const hostile = stack("dev-x", [
    drifted("aws_vpc.<!channel>`*<https://evil|x>", {
      "tags.a": ["<@U1>", "\u202e"],
    }),
  ]);
  const many = stack(
    "dev-x",
    Array.from({ length: 200 }, (_, index) => drifted(`aws_vpc.${index}`, { description: ["a", "b".repeat(5000)] })),
  );

  test("mentions nobody and links nowhere, whatever resources are called", () =>
    expect(JSON.stringify(slackPayload(report([planned], driftedOf([hostile]))))).not.toMatch(/<[!@h]|\u202e/));

  test("keeps Slack's limits and says what is left out", () => {
    const { blocks } = slackPayload(report([planned], driftedOf([many])));
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(Math.max(...blocks.map(({ text }) => text.text.length))).toBeLessThanOrEqual(3000);
    expect(blocks.at(-1)?.text.text).toBe("… and 153 more");
  });
});
