/** Who decides: the policy, its default data, overrides. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { defaultPolicy, policyOf, review } from "../../review/index.ts";
import type { Finding } from "../../review/model.ts";
import { overridesOf } from "../../review/overrides.ts";
import { verdictOf, worst } from "../../review/policy.ts";
import { created, deleted, plan } from "./plans.ts";

const environments = [
  { name: "dev", profile: "development" },
  { name: "prod", profile: "production" },
] as const;
const policy = policyOf(defaultPolicy, environments);

const finding = (rule: string, danger: Finding["danger"], environment: string): Finding => ({
  rule,
  danger,
  environment,
  stack: "network",
  address: "aws_vpc.main",
  title: "t",
  because: "b",
  details: [],
  remedy: undefined,
});

describe("the default policy", () => {
  test.each([
    ["destroy-stateful", "danger", "dev", "approval platform"],
    ["destroy-stateful", "danger", "prod", "block"],
    ["destroy", "caution", "dev", "allow"],
    ["destroy", "caution", "prod", "approval platform"],
    ["iam-trust-widened", "danger", "dev", "approval security"],
    ["iam-added", "caution", "prod", "approval security"],
    ["plan-failed", "danger", "dev", "block"],
    ["plan-deferred", "info", "prod", "allow"],
    ["something-new", "danger", "dev", "approval platform"],
    // Whatever nobody has described is treated as production.
    ["destroy-stateful", "danger", "lab", "block"],
  ] as const)("%s (%s) in %s: %s", (rule, danger, environment, expected) => {
    const verdict = verdictOf(finding(rule, danger, environment), policy);
    expect([verdict.kind, ...(verdict.kind === "approval" ? verdict.groups : [])].join(" ")).toBe(expected);
  });

  test("speaks only of rules that there are", () => {
    const folder = join(import.meta.dirname, "../../review");
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.startsWith("policy"),
    );
    const code = sources.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
    const named = defaultPolicy.entries.map(({ rule }) => rule.replace("*", ""));
    expect(named.filter((rule) => !code.includes(`"${rule}`))).toEqual([]);
  });

  test("names only groups that it has", () => {
    expect(() => policyOf({ ...defaultPolicy, overriders: ["nobody"] }, [])).toThrow("names groups that it does not have: nobody");
  });
});

test.each([
  [[], "allow"],
  [["allow", "a"], "approval a"],
  [["b", "a", "b"], "approval a b"],
  [["a", "block"], "block"],
])("the worst of %j is %s", (verdicts, expected) => {
  const found = worst(
    verdicts.map((text) => (text === "allow" || text === "block" ? { kind: text } : { kind: "approval", groups: [text] })),
  );
  expect([found.kind, ...(found.kind === "approval" ? found.groups : [])].join(" ")).toBe(expected);
});

describe("overrides", () => {
  const entry = {
    rule: "destroy-stateful",
    stack: "prod-network",
    address: "aws_eip.a",
    by: "kim@example.com",
    reason: "Partners have the new address already",
    until: "2030-01-31",
  };
  const plans = [plan({ stack: "prod-network", changes: [deleted("aws_eip.a", {})] })];

  test("turn a block into an approval, and stay in sight", () => {
    const { verdict, findings, unusedOverrides } = review(plans, policy, [entry]);
    expect(verdict).toEqual({ kind: "approval", groups: ["platform"] });
    expect(findings[0]?.places[0]?.override).toEqual({ by: entry.by, reason: entry.reason });
    expect(unusedOverrides).toEqual([]);
  });

  test.each([
    ["another stack", { stack: "dev-network" }],
    ["another address", { address: "aws_eip.b" }],
    ["a part of the address", { address: "aws_eip" }],
    ["another rule", { rule: "destroy" }],
  ])("of %s let nothing pass, and are told", (_, other) => {
    const unused = { ...entry, ...other };
    const { verdict, unusedOverrides } = review(plans, policy, [unused]);
    expect(verdict).toEqual({ kind: "block" });
    expect(unusedOverrides).toEqual([unused]);
  });

  test("of what is no block are without use", () => {
    const allowed = [plan({ stack: "prod-network", changes: [created("aws_eip.a", {})] })];
    expect(review(allowed, policy, [entry]).unusedOverrides).toEqual([entry]);
  });

  const yaml = (lines: string) => overridesOf(lines, "review-overrides.yaml", "2030-01-31");
  const text = Object.entries(entry)
    .map(([key, value], index) => `${index === 0 ? "- " : "  "}${key}: ${JSON.stringify(value)}`)
    .join("\n");

  test("end by themselves", () => {
    expect(yaml(text)).toEqual({ valid: [entry], ended: [] });
    expect(overridesOf(text, "x", "2030-02-01")).toEqual({ valid: [], ended: [entry] });
  });

  test("an empty file has none", () => expect(yaml("# none\n")).toEqual({ valid: [], ended: [] }));

  test.each([
    ["no YAML", "- [", "is not YAML"],
    ["no list", "rule: a", "has 1 problem"],
    ["no reason", text.replace(/reason: ".*"/, 'reason: "ok"'), "0.reason"],
    ["no end", text.replace(/\n.*until.*/, ""), "0.until"],
    ["an end that is no day", text.replace("2030-01-31", "soon"), "0.until"],
    ["a key too many", `${text}\n  always: true`, 'Unrecognized key: "always"'],
  ])("are refused with %s", (_, lines, message) => {
    expect(() => yaml(lines)).toThrow(message);
    expect(() => yaml(lines)).toThrow("review-overrides.yaml");
  });
});
