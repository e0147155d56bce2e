/** Findings of the core: destroys, protection, the state store, contracts, versions, numbers, the plan itself. */
import { describe, expect, test } from "@jest/globals";
import { statefulTypes } from "../../modules/guardrails/stateful.ts";
import { findingsOf } from "../../review/index.ts";
import { emptyPlan } from "../../review/plan-json.ts";
import { lossOf } from "../../review/stateful.ts";
import {
  afterApply,
  type Change,
  created,
  deleted,
  metaOf,
  type PlanParts,
  plan,
  replaced,
  unchanged,
  updated,
  type Values,
} from "./plans.ts";

const of = (parts: PlanParts) => findingsOf([plan(parts)]);
const rules = (...changes: readonly Change[]) => of({ changes }).map(({ danger, rule }) => `${danger} ${rule}`);
const many = (count: number, make: (index: number) => Change) => Array.from({ length: count }, (_, index) => make(index));

describe("destroys and replacements", () => {
  test.each<[string, Change, string[]]>([
    ["a key", deleted("aws_kms_key.a", {}), ["danger destroy-stateful"]],
    ["a node group", replaced("aws_eks_node_group.a", { t: "a" }, { t: "b" }, "t"), ["danger destroy-stateful"]],
    ["a NAT address", deleted("aws_eip.a", {}), ["danger destroy-stateful"]],
    ["a table of routes: no database, whatever its name begins with", deleted("aws_route_table.a", {}), ["caution destroy"]],
    ["an alarm", deleted("aws_cloudwatch_metric_alarm.a", {}), []],
    ["a successor that is made first", { ...replaced("aws_x.a", { t: "a" }, { t: "b" }, "t"), actions: ["create", "delete"] }, []],
    [
      "a stateful one, made first",
      { ...replaced("aws_vpc.a", { t: "a" }, { t: "b" }, "t"), actions: ["create", "delete"] },
      ["danger destroy-stateful"],
    ],
    ["what an interrupted replacement left", { ...deleted("aws_kms_key.a", {}), deposed: "00ff" }, []],
    ["what is forgotten", { ...deleted("aws_x.a", {}), actions: ["forget"] }, ["caution forget"]],
    ["what is moved", { ...unchanged("aws_kms_key.b", {}), movedFrom: "aws_kms_key.a" }, []],
    ["what is imported", { ...unchanged("aws_vpc.a", {}), importing: "vpc-1" }, []],
    ["what is imported and changed", { ...updated("aws_x.a", { a: 1 }, { a: 2 }), importing: "x-1" }, ["caution import-changes"]],
  ])("%s", (_, change, expected) => expect(rules(change)).toEqual(expected));

  test.each<[string, Partial<Change>, string]>([
    ["the attribute", {}, 'forced by type: "a" → "b"'],
    [
      "what follows something",
      { reason: "replace_by_triggers", replacePaths: [] },
      "because replace_triggered_by: something that it follows changes",
    ],
    [
      "a taint",
      { reason: "replace_because_tainted", replacePaths: [] },
      "because its last apply failed half way, so Terraform marked it as tainted",
    ],
    ["a wish", { reason: "replace_by_request", replacePaths: [] }, "because asked for by -replace"],
    ["a reason of the future", { reason: "replace_because_full_moon", replacePaths: [] }, "because of replace because full moon"],
    ["no reason at all", { reason: undefined, replacePaths: [] }, "because Terraform gives no reason"],
  ])("the cause is told: %s", (_, parts, expected) => {
    const change = { ...replaced("aws_vpc.a", { type: "a" }, { type: "b" }, "type"), ...parts };
    expect(of({ changes: [change] })[0]?.details).toEqual([expected, "lost: the network with everything in it"]);
  });

  test("a plan of -destroy says so", () => {
    const { reason: _, ...change } = deleted("aws_vpc.a", {});
    expect(of({ changes: [change] })[0]?.details[0]).toBe("asked for by -destroy");
  });

  test("elements of a list that force it share a line", () => {
    const change = { ...replaced("aws_eks_node_group.a", { types: ["a", "b"] }, { types: ["c"] }, "types"), replacePaths: [["types"]] };
    expect(of({ changes: [change] })[0]?.details[0]).toBe('forced by types: "a", "b" → "c"');
  });

  test("all that guardrails guard is stateful here as well", () =>
    expect(statefulTypes.filter((type) => lossOf(type) === undefined)).toEqual([]));
});

describe("protection", () => {
  test.each<[string, string, Values, Values, string[]]>([
    ["off", "aws_eks_cluster.a", { deletion_protection: true }, { deletion_protection: false }, ["danger deletion-protection-off"]],
    ["gone", "aws_lb.a", { enable_deletion_protection: true }, {}, ["danger deletion-protection-off"]],
    [
      "perhaps off",
      "aws_lb.a",
      { enable_deletion_protection: true },
      { enable_deletion_protection: afterApply },
      ["caution deletion-protection-off"],
    ],
    ["on", "aws_lb.a", { enable_deletion_protection: false }, { enable_deletion_protection: true }, []],
    ["contents go along", "aws_s3_bucket.a", { force_destroy: false }, { force_destroy: true }, ["danger destroys-contents"]],
    ["contents no longer go along", "aws_s3_bucket.a", { force_destroy: true }, { force_destroy: false }, []],
    ["no last copy", "aws_db_instance.a", { skip_final_snapshot: false }, { skip_final_snapshot: true }, ["danger destroys-contents"]],
    [
      "logs kept shorter",
      "aws_cloudwatch_log_group.a",
      { retention_in_days: 90 },
      { retention_in_days: 7 },
      ["caution retention-shortened"],
    ],
    [
      "logs no longer kept for ever",
      "aws_cloudwatch_log_group.a",
      { retention_in_days: 0 },
      { retention_in_days: 365 },
      ["caution retention-shortened"],
    ],
    ["logs kept for ever", "aws_cloudwatch_log_group.a", { retention_in_days: 90 }, { retention_in_days: 0 }, []],
    ["logs kept longer", "aws_cloudwatch_log_group.a", { retention_in_days: 7 }, { retention_in_days: 90 }, []],
    ["backups off", "aws_db_instance.a", { backup_retention_period: 7 }, { backup_retention_period: 0 }, ["caution retention-shortened"]],
    ["encryption off", "aws_db_instance.a", { storage_encrypted: true }, { storage_encrypted: false }, ["danger encryption-off"]],
    [
      "encryption off, as a text in a block",
      "aws_launch_template.a",
      { block: [{ ebs: [{ encrypted: "true" }] }] },
      { block: [{ ebs: [{ encrypted: "false" }] }] },
      ["danger encryption-off"],
    ],
    ["the key removed", "aws_cloudwatch_log_group.a", { kms_key_id: "arn:a" }, { kms_key_id: "" }, ["caution key-removed"]],
    ["another key", "aws_cloudwatch_log_group.a", { kms_key_id: "arn:a" }, { kms_key_id: "arn:b" }, []],
    [
      "the switch of a block",
      "aws_dynamodb_table.a",
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [{ enabled: false }] },
      ["caution safety-net-off"],
    ],
    ["items that expire", "aws_dynamodb_table.a", { ttl: [{ enabled: false }] }, { ttl: [{ enabled: true }] }, ["caution expiry-on"]],
    [
      "a status instead of a switch",
      "aws_efs_backup_policy.a",
      { backup_policy: [{ status: "ENABLED" }] },
      { backup_policy: [{ status: "DISABLED" }] },
      ["caution safety-net-off"],
    ],
    ["a database renamed", "aws_db_instance.a", { identifier: "a" }, { identifier: "b" }, ["caution renamed"]],
    ["a word in a tag", "aws_vpc.a", { tags: { deletion_protection: "true" } }, { tags: { deletion_protection: "no" } }, []],
  ])("%s", (_, address, before, after, expected) => expect(rules(updated(address, before, after))).toEqual(expected));
});

describe("where states are", () => {
  const bucket = (change: Change, stack = "dev-state") => of({ stack, changes: [change] }).map(({ rule }) => rule);
  const lifecycle = updated("aws_s3_bucket_lifecycle_configuration.a", { rule: 1 }, { rule: 2 });
  test("every change of it", () => expect(bucket(lifecycle)).toContain("state-store-touched"));
  test("not of another bucket", () => expect(bucket(lifecycle, "dev-network")).not.toContain("state-store-touched"));
  test("not its tags", () => expect(bucket(updated("aws_s3_bucket.a", { tags: { a: "1" } }, { tags: { a: "2" } }))).toEqual([]));
  test("not its making", () => expect(bucket(created("aws_s3_bucket.a", {}))).not.toContain("state-store-touched"));
});

describe("Kubernetes versions", () => {
  const cluster = (from: string, to: string) => updated("aws_eks_cluster.a", { name: "c", version: from }, { name: "c", version: to });
  const nodes = (from: string, to: string) =>
    updated("aws_eks_node_group.a", { cluster_name: "c", version: from }, { cluster_name: "c", version: to });
  const still = (version: string) => unchanged("aws_eks_cluster.a", { name: "c", version });
  test.each<[string, Change[], string[]]>([
    ["one minor", [cluster("1.34", "1.35")], ["caution kubernetes-upgrade"]],
    ["two at once", [cluster("1.33", "1.35")], ["danger kubernetes-jump"]],
    ["back", [cluster("1.35", "1.34")], ["danger kubernetes-downgrade"]],
    ["nodes follow", [still("1.35"), nodes("1.34", "1.35")], ["caution nodes-upgrade"]],
    ["nodes ahead", [still("1.34"), nodes("1.34", "1.35")], ["caution nodes-upgrade", "danger nodes-skew"]],
    ["nodes four behind", [still("1.35"), nodes("1.30", "1.31")], ["caution nodes-upgrade", "danger nodes-skew"]],
    ["something else", [updated("aws_x.a", { version: "1.34" }, { version: "1.35" })], []],
  ])("%s", (_, changes, expected) => expect(rules(...changes).filter((line) => /kubernetes|nodes/.test(line))).toEqual(expected));
});

describe("numbers", () => {
  const routes = (count: number) => many(count, (index) => deleted(`aws_route_table_association.r${index}`, {}));
  const stays = many(60, (index) => unchanged(`aws_y.s${index}`, {}));
  const edits = (count: number) => many(count, (index) => updated(`aws_y.u${index}`, { a: 1 }, { a: 2 }));
  test.each<[string, Change[], string[]]>([
    ["a few of many go", [...routes(4), ...stays], []],
    ["ten go", [...routes(10), ...stays], ["danger mass-destroy"]],
    ["four of a few go", routes(4), ["danger mass-destroy"]],
    ["forty change", [...edits(40), ...stays], ["caution mass-change"]],
    ["thirty-nine change", [...edits(39), ...stays], []],
    ["all get a tag", many(100, (index) => updated(`aws_y.u${index}`, { tags: { a: "1" } }, { tags: { a: "2" } })), []],
    ["all are made", many(100, (index) => created(`aws_y.c${index}`, {})), []],
  ])("%s", (_, changes, expected) => expect(rules(...changes)).toEqual(expected));
});

describe("contracts", () => {
  const producer = (outputs: PlanParts["outputs"]) => plan({ stack: "dev-network", outputs });
  const reader = (stack: string) =>
    plan({
      stack,
      extra: {
        configuration: {
          root_module: { outputs: { a: { expression: { references: ["data.terraform_remote_state.network.outputs.vpcId"] } } } },
        },
      },
    });
  const told = (...plans: readonly ReturnType<typeof plan>[]) =>
    findingsOf(plans).map(({ danger, rule, details }) => [danger, rule, details]);
  const removed = { vpcId: { actions: ["delete"], before: "vpc-1" } };

  test("removed, and read", () =>
    expect(told(producer(removed), reader("dev-cluster"))).toEqual([["danger", "contract-broken", ["read by dev-cluster"]]]));
  test("removed, and read in another environment only", () =>
    expect(told(producer(removed), reader("prod-cluster"))).toEqual([["caution", "contract-removed", []]]));
  test("another type", () =>
    expect(told(producer({ vpcId: { actions: ["update"], before: "a", after: ["a"] } }))).toEqual([["caution", "contract-retyped", []]]));
  test("a map that loses a key: a reader's lookup of it would fail", () => {
    const zones = { subnets: { actions: ["update"], before: { a: "1", b: "2" }, after: { a: "1" } } };
    expect(told(producer(zones), reader("dev-cluster"))).toEqual([["caution", "contract-narrowed", ["no more: b"]]]);
    expect(told(producer({ subnets: { ...zones.subnets, after: { a: "1", b: "3", c: "4" } } }))).toEqual([]);
  });
  test("another value", () =>
    expect(told(producer({ vpcId: { actions: ["update"], before: "a", after: "b" } }), reader("dev-cluster"))).toEqual([]));
  test("another object", () => {
    const moved = producer({ vpcId: { actions: ["update"], before: "vpc-0a1b2c3d", after: "vpc-4e5f6071" } });
    expect(told(moved)).toEqual([["caution", "contract-moved", ["vpc-0a1b2c3d → vpc-4e5f6071"]]]);
  });
  test("not known yet", () =>
    expect(told(producer({ vpcId: { actions: ["update"], before: "a", after: afterApply } }), reader("dev-cluster"))).toEqual([]));
  test("new", () => expect(told(producer({ vpcId: { actions: ["create"], after: "a" } }))).toEqual([]));
});

describe("the plan itself", () => {
  test.each([
    ["failed", "danger plan-failed"],
    ["deferred", "info plan-deferred"],
  ] as const)("%s", (outcome, expected) => {
    const [finding] = findingsOf([emptyPlan(metaOf("dev-network"), outcome, "why\nin two lines")]);
    expect(`${finding?.danger} ${finding?.rule}`).toBe(expected);
    expect(finding?.details).toEqual(["why", "in two lines"]);
  });

  test("not complete", () => expect(of({ extra: { complete: false } }).map(({ rule }) => rule)).toEqual(["plan-incomplete"]));

  test("a check that fails", () => {
    const checks = [{ address: { to_display: "check.a" }, status: "fail", instances: [] }];
    expect(of({ extra: { checks } }).map(({ rule, title }) => [rule, title])).toEqual([["check-failed", "check.a does not hold"]]);
  });
});

test("drift is looked at by the same eyes as a plan", () => {
  const edit = updated("aws_lb.a", { enable_deletion_protection: true }, { enable_deletion_protection: false });
  const configuration = { root_module: { resources: [{ address: "aws_lb.a", expressions: { enable_deletion_protection: {} } }] } };
  const found = of({ drift: [edit], extra: { configuration } });
  expect(found.map(({ rule }) => rule)).toEqual(["drift", "deletion-protection-off"]);
  expect(found[1]?.title).toBe("behind Terraform's back: aws_lb.a: enable_deletion_protection is turned off");
});
