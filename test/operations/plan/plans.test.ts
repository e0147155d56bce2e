/** Plans counted, told, and asked for by name. */
import { describe, expect, test } from "@jest/globals";
import { UsageError } from "../../../environments/user-error.ts";
import { countsOf } from "../../../operations/plan/counts.ts";
import { exitCodeOf, type PlanEntry } from "../../../operations/plan/model.ts";
import { planLines } from "../../../operations/plan/table.ts";
import { stacksNamed } from "../../../operations/plan/targets.ts";
import { planSetOf } from "../../../review/plan-set.ts";

const change = (...actions: string[]) => ({
  address: "a.b",
  change: { actions },
});
const none = {
  create: 0,
  update: 0,
  replace: 0,
  delete: 0,
  other: 0,
  outputs: 0,
};
const planned = (id: string, counts: Partial<typeof none> = {}, more: Partial<PlanEntry> = {}): PlanEntry => ({
  id,
  outcome: "planned",
  file: `${id}.json`,
  counts: { ...none, ...counts },
  ...more,
});

describe("a plan's JSON", () => {
  test("is counted by what happens to objects", () => {
    const resource_changes = [
      ...[
        change("no-op"),
        change("read"),
        change("create"),
        change("update"),
        change("update"),
        change("delete"),
        change("delete", "create"),
        change("create", "delete"),
        change("forget"),
      ],
      { ...change("no-op"), previous_address: "a.c" },
    ];
    const output_changes = {
      a: { actions: ["update"] },
      b: { actions: ["no-op"] },
    };
    expect(
      countsOf(
        JSON.stringify({
          format_version: "1.2",
          resource_changes,
          output_changes,
        }),
        "dev-a",
      ),
    ).toEqual({
      ...{ create: 1, update: 2, delete: 1, replace: 2, other: 2, outputs: 1 },
    });
  });

  test.each([
    ["nothing", ""],
    ["a part", '{"format_version":"1.2",'],
    ["something else", "{}"],
    ["a plan that failed", '{"format_version":"1.2","errored":true}'],
  ])("is refused where it is %s: never no changes", (_, text) =>
    expect(() => countsOf(text, "dev-a")).toThrow("Terraform wrote no whole plan of dev-a. Plan it again."),
  );
});

const stacks: PlanEntry[] = [
  planned("dev-network", { replace: 1, create: 2, outputs: 1 }, { change: "changed" }),
  planned("dev-old", { delete: 4 }, { change: "removed" }),
  planned("dev-state"),
  { id: "dev-cluster", outcome: "deferred", because: "waits for dev-network" },
  {
    id: "dev-edge",
    outcome: "failed",
    because: "terraform plan failed.\nAll output: x.log",
  },
  { id: "prod-network", outcome: "not affected" },
];

test("plans are a table with a sum", () =>
  expect(planLines({ version: 1, stacks }).join("\n")).toMatchInlineSnapshot(`
    "  dev-network  planned   1 to replace, 2 to create, 1 output
      dev-old      planned   4 to delete (the stack is gone from the code: a destroy)
      dev-state    planned   no changes
      dev-cluster  deferred  waits for dev-network
      dev-edge     failed    terraform plan failed.
                             All output: x.log

      2 with changes, 1 without, 1 deferred, 1 failed, 1 not affected."
  `));

test("a review reads the list", () => {
  const { stacks: read } = planSetOf(JSON.stringify({ version: 1, stacks }), "plans.json");
  expect(read.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(stacks.map(({ id, outcome }) => `${id} ${outcome}`));
});

test.each<[string, PlanEntry[], number]>([
  ["no changes", [planned("a")], 0],
  ["a stack that waits is no change and no failure", [planned("a"), { id: "b", outcome: "deferred" }], 0],
  ["changes", [planned("a"), planned("b", { update: 1 })], 2],
  ["a changed output alone", [planned("a", { outputs: 1 })], 2],
  ["a failure beside changes", [planned("a", { update: 1 }), { id: "b", outcome: "failed" }], 1],
])("exit code: %s", (_, entries, code) => expect(exitCodeOf({ version: 1, stacks: entries })).toBe(code));

describe("stacks by name", () => {
  const known = ["dev-network", "dev-cluster", "prod-network"].map((id) => ({
    id,
    environment: id.split("-")[0] ?? "",
  }));
  test.each([
    [
      ["dev-cluster", "dev-network", "dev-network"],
      ["dev-network", "dev-cluster"],
    ],
    [["dev"], ["dev-network", "dev-cluster"]],
    [
      ["prod", "dev-cluster"],
      ["dev-cluster", "prod-network"],
    ],
  ])("%j", (words, ids) => expect(stacksNamed(known, words).map(({ id }) => id)).toEqual(ids));

  test("a name that is not there is wrong usage", () => expect(() => stacksNamed(known, ["prd"])).toThrow(UsageError));

  test("what is neither is named, with the nearest", () =>
    expect(() => stacksNamed(known, ["dev-netwrk", "prd", "dev"])).toThrow(
      /"dev-netwrk". Did you mean "dev-network"\?\n.*"prd". Did you mean "(prod|dev)"\?\nThere are dev-network/,
    ));
});
