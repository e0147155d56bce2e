import { describe, expect, test } from "@jest/globals";
import { installOrder, type Ordered, predecessors } from "../../../modules/addons/order.ts";

const because = "of a reason";
const row = (id: string, rest: Partial<Ordered> = {}): Ordered => ({ id, ...rest });
const ids = (rows: readonly Ordered[], version = "1.35") => installOrder(rows, version).map(({ id }) => id);

describe("installOrder", () => {
  test.each([
    ["by id where nothing else is said", [row("b"), row("a")], ["a", "b"]],
    ["what comes after", [row("a", { after: ["z"] }), row("z")], ["z", "a"]],
    ["what needs", [row("a", { needs: [{ id: "z", because }] }), row("z")], ["z", "a"]],
    ["over several edges", [row("a", { after: ["b"] }), row("b", { after: ["c"] }), row("c")], ["c", "b", "a"]],
    ["an edge to what is not chosen is none", [row("a", { after: ["z"] })], ["a"]],
  ])("%s", (_, rows, expected) => expect(ids(rows)).toEqual(expected));

  test.each([
    ["a need", [row("a", { needs: [{ id: "z", because }] })], 'a needs z: of a reason. Add `"z": {}` to `addons`.'],
    ["a conflict", [row("a", { conflicts: [{ id: "b", because }] }), row("b")], "a and b exclude each other: of a reason. Choose one."],
    ["too old a cluster", [row("a", { kubernetes: { from: "1.36" } })], "a supports Kubernetes from 1.36; this cluster has 1.35."],
    ["too new a cluster", [row("a", { kubernetes: { from: "1.9", to: "1.34" } })], "a supports Kubernetes from 1.9 up to 1.34;"],
    ["a cycle, with its path", [row("a", { after: ["b"] }), row("b", { after: ["c"] }), row("c", { after: ["a"] })], "a -> b -> c -> a"],
  ])("tells %s", (_, rows, expected) => expect(() => ids(rows)).toThrow(expected));

  test("tells all problems at once", () => {
    const rows = [row("a", { needs: [{ id: "y", because }], kubernetes: { to: "1.30" } }), row("b", { needs: [{ id: "z", because }] })];
    expect(() => ids(rows)).toThrow(/a needs y.*\n.*up to 1\.30.*\n.*b needs z/);
  });

  test.each([
    ["1.9", "1.34"],
    ["1.35", "1.35"],
    ["1.35", undefined],
  ])("Kubernetes from %s to %s: minors are numbers, not text", (from, to) => {
    const version = to ?? "1.100";
    expect(ids([row("a", { kubernetes: { from, ...(to && { to }) } })], version)).toEqual(["a"]);
  });
});

test("predecessors are the chosen ones, each once", () => {
  const a = row("a", { needs: [{ id: "b", because }], after: ["b", "c", "d"] });
  expect(predecessors(a, new Set(["a", "b", "d"]))).toEqual(["b", "d"]);
});
