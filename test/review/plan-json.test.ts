/** What is read from Terraform's plan JSON, and what is refused. */
import { describe, expect, test } from "@jest/globals";
import { readPlan } from "../../review/plan-json.ts";
import {
  afterApply,
  created,
  deleted,
  metaOf,
  type PlanParts,
  plan,
  planJson,
  planText,
  replaced,
  Sensitive,
  unchanged,
  updated,
} from "./plans.ts";

const read = (text: string) => readPlan(text, { ...metaOf("dev-network"), source: "plans/dev-network.json" });
const whole = planText({ changes: [updated("aws_vpc.main", { cidr: "a" }, { cidr: "b" })] });
const json = planJson({ changes: [updated("aws_vpc.main", { cidr: "a" }, { cidr: "b" })] });
const withKeys = (keys: object) => JSON.stringify({ ...json, ...keys });

describe("what is not surely a whole plan is an error, never `no changes`", () => {
  test.each([
    ["nothing", "", "is empty"],
    ["blanks", "\n \n", "is empty"],
    ["words", "Error: no plan", "is not JSON"],
    ["a plan that was cut", whole.slice(0, -40), "is cut short"],
    ["a saved plan", "PK\u0003\u0004binary", "saved plan in Terraform's own form"],
    ["the log of plan -json", '{"@level":"info"}\n{"@level":"info"}', "is the log of `plan -json`"],
    ["a list", "[]", "is JSON, but not a plan"],
    ["null", "null", "is JSON, but not a plan"],
    ["another object", "{}", "it has no format_version"],
    ["a state", JSON.stringify({ format_version: "1.0", values: {} }), "is a state, not a plan"],
    ["a provider schema", JSON.stringify({ format_version: "1.0", provider_schemas: {} }), "is JSON, but not a plan"],
    ["a future version", withKeys({ format_version: "2.0" }), 'is of plan format "2.0"; 1.x is understood'],
    ["an old version", withKeys({ format_version: "0.2" }), 'is of plan format "0.2"; 1.x is understood'],
    ["a version that is none", withKeys({ format_version: "latest" }), 'is of plan format "latest"'],
    ["a version that is a number", withKeys({ format_version: 1 }), "it has no format_version"],
    ["a plan that ended with an error", withKeys({ errored: true }), "ended with an error"],
    ["changes that are no list", withKeys({ resource_changes: {} }), "is not a whole plan: resource_changes"],
    [
      "a change without an address",
      withKeys({ resource_changes: [{ type: "t", name: "n", change: { actions: ["create"] } }] }),
      "resource_changes.0.address",
    ],
    [
      "a change without actions",
      withKeys({ resource_changes: [{ address: "t.n", type: "t", name: "n", change: { actions: [] } }] }),
      "change.actions",
    ],
    [
      "an action of the future",
      planText({ changes: [{ address: "aws_vpc.main", actions: ["teleport"] }] }),
      "aws_vpc.main has the action teleport",
    ],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow("plans/dev-network.json");
    expect(() => read(text)).toThrow(expect.objectContaining({ name: "UserError" }));
  });

  test("newer minor versions are read, as Terraform promises", () =>
    expect(read(withKeys({ format_version: "1.99", novelty: {} })).changes).toHaveLength(1));

  test("a byte order mark is no mistake", () => expect(read(`\uFEFF${whole}`).changes).toHaveLength(1));
});

describe("an action", () => {
  test.each([
    [["create"], "create", false],
    [["update"], "update", false],
    [["delete"], "delete", false],
    [["delete", "create"], "replace", false],
    [["create", "delete"], "replace", true],
    [["create", "forget"], "replace", true],
    [["forget"], "forget", false],
    [["read"], "read", false],
  ])("%j is %s", (actions, action, createBeforeDestroy) => {
    const [change] = plan({ changes: [{ address: "aws_vpc.main", actions, before: { a: 1 }, after: { a: 2 } }] }).changes;
    expect(change).toMatchObject({ action, createBeforeDestroy });
  });

  test("of nothing is left out, but for moves and imports", () => {
    const same = unchanged("aws_vpc.a", { id: "vpc-1" });
    const { changes, present, planned } = plan({
      changes: [same, { ...unchanged("aws_vpc.b", {}), movedFrom: "aws_vpc.old" }, { ...unchanged("aws_vpc.c", {}), importing: "vpc-3" }],
    });
    expect(changes.map(({ address, movedFrom, importing }) => [address, movedFrom, importing])).toEqual([
      ["aws_vpc.b", "aws_vpc.old", undefined],
      ["aws_vpc.c", undefined, "vpc-3"],
    ]);
    expect(present.map(({ address }) => address)).toEqual(["aws_vpc.a", "aws_vpc.b", "aws_vpc.c"]);
    expect(planned).toEqual(present);
  });
});

test("both sides of the plan are whole: destroyed objects are in one, new ones in the other", () => {
  const { present, planned } = plan({
    changes: [
      created("aws_a.new", { id: afterApply, size: 1 }),
      deleted("aws_a.old", { size: 2 }),
      { ...deleted("aws_a.left", {}), deposed: "00aa" },
    ],
  });
  expect(present).toEqual([{ address: "aws_a.old", type: "aws_a", values: { size: 2 } }]);
  expect(planned).toEqual([{ address: "aws_a.new", type: "aws_a", values: { size: 1 } }]);
});

test("who refers to whom comes from the configuration, in modules as well; constants are not read", () => {
  const configuration = {
    root_module: {
      resources: [
        {
          address: "aws_route.out",
          expressions: {
            table: { references: ["aws_route_table.a[0].id", "aws_route_table.a[0]", "var.x", "local.y"] },
            block: [{ key: { references: ["data.aws_region.now.name"] } }],
          },
          depends_on: ["aws_nat_gateway.one"],
        },
        { address: "aws_db_instance.db", expressions: { password: { constant_value: { references: ["aws_secret.value"] } } } },
      ],
      outputs: {
        id: { expression: { references: ["data.terraform_remote_state.network.outputs.vpcId", "data.terraform_remote_state.network"] } },
      },
      module_calls: {
        inner: { module: { resources: [{ address: "aws_eip.a", expressions: { vpc: { references: ["aws_vpc.main.id"] } } }] } },
      },
    },
  };
  const { references, reads } = plan({ extra: { configuration } });
  expect(references).toEqual({
    "aws_route.out": ["aws_nat_gateway.one", "aws_route_table.a", "data.aws_region.now"],
    "module.inner.aws_eip.a": ["module.inner.aws_vpc.main"],
  });
  expect(reads).toEqual({ network: ["vpcId"] });
});

test("deferred changes, a part of a plan and failed checks are kept", () => {
  const extra = {
    complete: false,
    deferred_changes: [{ reason: "provider_config_unknown", resource_change: { address: "helm_release.a" } }],
    checks: [
      { address: { to_display: "check.health" }, status: "fail", instances: [{ problems: [{ message: "it is down" }] }] },
      { address: { to_display: "check.later" }, status: "unknown" },
      { address: { to_display: "check.fine" }, status: "pass" },
    ],
  };
  expect(plan({ extra })).toMatchObject({
    complete: false,
    putOff: ["helm_release.a: provider_config_unknown"],
    failedChecks: [{ address: "check.health", status: "fail", messages: ["it is down"] }],
  });
});

test("outputs that change, without secrets", () => {
  const outputs: PlanParts["outputs"] = {
    gone: { actions: ["delete"], before: "vpc-1" },
    same: { actions: ["no-op"], before: "a", after: "a" },
    later: { actions: ["create"], after: afterApply },
    key: { actions: ["update"], before: new Sensitive("old"), after: new Sensitive("new") },
  };
  expect(plan({ outputs }).outputs).toEqual([
    { name: "gone", action: "delete", before: "vpc-1", after: null, unknown: false },
    { name: "key", action: "update", before: "(sensitive)", after: "(sensitive, changed)", unknown: false },
    { name: "later", action: "create", before: null, after: null, unknown: true },
  ]);
});

test("a replacement says which attributes force it, also beneath a set and for values that are not known yet", () => {
  const before = { subnet: "subnet-1", size: 1, rule: [{ port: 1 }] };
  const { changes } = plan({
    changes: [replaced("aws_x.y", before, { subnet: afterApply, size: 2, rule: [{ port: 2 }] }, "subnet", "rule")],
  });
  expect(changes[0]?.attributes.map(({ path, unknown, forcesReplacement }) => [path.join("."), unknown, forcesReplacement])).toEqual([
    ["rule.0.port", false, true],
    ["size", false, false],
    ["subnet", true, true],
  ]);
});
