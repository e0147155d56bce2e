/** Values and versions of releases as Helm itself reads them. */
import { expect, test } from "@jest/globals";
import { durationOf, quantityOf, valueChanges, valuesOf } from "../../review/helm/values.ts";
import { compareVersions, stepBetween } from "../../review/helm/version.ts";
import type { Json } from "../../review/model.ts";

test.each<[string, string, string]>([
  ["1.2.3", "1.2.4", "patch"],
  ["v1.2.3", "1.2.3", "same"],
  ["1.2.3", "1.2.3+build", "same"],
  ["1.2.3-rc.1", "1.2.3", "patch"],
  ["1.2.3", "1.2.3-rc.1", "downgrade"],
  ["1.9.0", "1.10.0", "minor"],
  ["main", "1.0.0", "other"],
])("%s to %s is %s", (from, next, step) => expect(stepBetween(from, next)).toBe(step));

test("versions of add-ons compare by number", () => {
  expect(compareVersions("v1.9.0-eksbuild.2", "v1.9.0-eksbuild.10")).toBeLessThan(0);
});

test("values are merged as Helm merges them", () => {
  const tree = valuesOf({
    values: ["a:\n  b: 1\n  c: [1]", "a:\n  b: 2\n  d: null"],
    set: [
      { name: "a.c[1]", value: 2 },
      { name: "e\\.f.g", value: "h" },
    ],
  });
  expect(tree).toEqual({ a: { b: 2, c: [1, 2], d: null }, "e.f": { g: "h" } });
});

test("a subtree that is new is told by its leaves", () => {
  expect(valueChanges({}, { a: { b: [1], c: {} } })).toEqual([
    { path: ["a", "b", 0], before: null, after: 1 },
    { path: ["a", "c"], before: null, after: {} },
  ]);
});

test.each<[Json, number | undefined]>([
  ["500m", 0.5],
  ["1Gi", 2 ** 30],
  ["2k", 2000],
  [3, 3],
  ["a", undefined],
])("%s is a quantity of %s", (text, number) => expect(quantityOf(text)).toBe(number));

test.each<[Json, number | undefined]>([
  ["15d", 1_296_000],
  ["72h", 259_200],
  ["10 apples", undefined],
])("%s lasts %s seconds", (text, number) => expect(durationOf(text)).toBe(number));
