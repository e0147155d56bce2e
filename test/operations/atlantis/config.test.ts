import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { lockFile } from "../../../operations/affected/read-synth.ts";
import { type AffectedStack, atlantisConfig, configText, emptyConfig, sources } from "../../../operations/atlantis/config.ts";
import { documented } from "./documented.ts";

const environments = ["shared", "dev", "staging", "prod"];
const stack = (id: string, depth: number, change: AffectedStack["change"] = "changed"): AffectedStack => ({
  id,
  environment: id.split("-")[0] ?? "",
  change,
  depth,
});
const configOf = (stacks: readonly AffectedStack[]) =>
  atlantisConfig({ stacks, environments, folderOf: ({ id }) => `cdktf.out/stacks/${id}`, terraform: "1.11.4" });
const groupsOf = (stacks: readonly AffectedStack[]) =>
  configOf(stacks).projects.map(({ name, execution_order_group }) => [name, execution_order_group]);

describe("a pull request over several environments", () => {
  const shuffled = [
    stack("prod-cluster", 2, "replan"),
    stack("dev-cluster", 2, "replan"),
    stack("staging-network", 1),
    stack("prod-network", 1),
    stack("dev-network", 1),
    stack("dev-ci", 1, "added"),
  ];

  test("goes through one environment after the other, and there through one level after the other", () => {
    expect(groupsOf(shuffled)).toEqual([
      ["dev-ci", 101],
      ["dev-network", 101],
      ["dev-cluster", 102],
      ["staging-network", 201],
      ["prod-network", 301],
      ["prod-cluster", 302],
    ]);
  });

  test("the text is the same for the same stacks, in any order", () => {
    expect(configText(configOf(shuffled.toReversed()))).toBe(configText(configOf(shuffled)));
  });

  test("holds documented keys only, and none that a server must allow", () => {
    expect(documented.parse(parse(configText(configOf(shuffled))))).toEqual(configOf(shuffled));
  });

  test("a group has the same number when fewer stacks are affected", () => {
    expect(groupsOf([stack("prod-cluster", 2)])).toEqual([["prod-cluster", 302]]);
  });
});

test("no affected stack is an empty list, never discovery", () => {
  expect(configOf([])).toEqual(emptyConfig());
  expect(documented.parse(parse(configText(emptyConfig())))).toMatchObject({ autodiscover: { mode: "disabled" }, projects: [] });
});

test("a stack of an unknown environment is an error: its order would be invented", () => {
  expect(() => configOf([stack("qa-network", 1)])).toThrow('"qa"');
});

describe("a plan by itself and undiverged look at what stacks are made of", () => {
  const [project] = configOf([stack("dev-network", 1)]).projects;

  test("paths lead from the stack's folder to the repository", () => {
    expect(project?.autoplan.when_modified).toEqual(["cdk.tf.json", ...sources.map((source) => `../../../${source}`)]);
  });

  test("a lock file of providers alone is a change, where a workspace commits one", () => expect(sources).toContain(lockFile));

  test.each(sources.filter((source) => source !== lockFile))("%s exists", (source) =>
    expect(existsSync(join(import.meta.dirname, "../../..", source.replace("/**", "")))).toBe(true),
  );
});

test("300 stacks have 300 projects", () => {
  const many = Array.from({ length: 300 }, (_, index) => stack(`${environments[index % 4]}-s${index}`, index % 5));
  expect(documented.parse(parse(configText(configOf(many)))).projects).toHaveLength(300);
});
