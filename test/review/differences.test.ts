/** What counts as a difference, and what does not. */
import { describe, expect, test } from "@jest/globals";
import { pathText } from "../../review/text/path.ts";
import { afterApply, plan, updated, type Values } from "./plans.ts";

const lines = (before: Values, after: Values) =>
  plan({ changes: [updated("aws_x.a", before, after)] }).changes[0]?.attributes.map(
    ({ path, before: old, after: next, unknown }) => `${pathText(path)}: ${JSON.stringify(old)} → ${unknown ? "?" : JSON.stringify(next)}`,
  );

const policy = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const readOne = { Sid: "read", Effect: "Allow", Action: ["s3:Get*"], Resource: "a" };
const write = { Sid: "write", Effect: "Allow", Action: "s3:Put*", Resource: "a" };

describe("no difference", () => {
  test.each<[string, Values, Values]>([
    ["the same", { a: [1, { b: "c" }] }, { a: [1, { b: "c" }] }],
    ["nothing written in two ways", { a: null, b: [], c: {} }, { a: [], c: null }],
    ["a zero that old resources keep", { a: "", b: 0, c: false }, { a: null, b: null, c: null }],
    ["JSON with other spaces and order of keys", { p: '{"a":1,"b":2}' }, { p: '{ "b": 2, "a": 1 }' }],
    ["statements in another order", { policy: policy(readOne, write) }, { policy: policy(write, readOne) }],
  ])("%s", (_, before, after) => expect(lines(before, after)).toEqual([]));
});

describe("differences, each once and where it is", () => {
  test.each<[string, Values, Values, string[]]>([
    ["a value", { a: { b: 1 } }, { a: { b: 2 } }, ["a.b: 1 → 2"]],
    ["protection that vanishes", { deletion_protection: true }, { deletion_protection: null }, ["deletion_protection: true → null"]],
    ["a zero that is set", { size: null }, { size: 0 }, ["size: null → 0"]],
    ["an element that shifts the others", { ids: ["a", "c", "d"] }, { ids: ["a", "b", "c", "d"] }, ['ids[1]: null → "b"']],
    ["an element that goes", { ids: ["a", "b", "c"] }, { ids: ["a", "c"] }, ['ids[1]: "b" → null']],
    ["one element for another", { cidrs: ["10.0.0.0/8", "x"] }, { cidrs: ["0.0.0.0/0", "x"] }, ['cidrs[0]: "10.0.0.0/8" → "0.0.0.0/0"']],
    ["another order where order counts", { steps: ["a", "b"] }, { steps: ["b", "a"] }, ['steps: ["a","b"] → ["b","a"]']],
    [
      "a block, found again by its name",
      {
        rule: [
          { name: "x", port: 1 },
          { name: "y", port: 2 },
        ],
      },
      {
        rule: [
          { name: "y", port: 3 },
          { name: "x", port: 1 },
          { name: "z", port: 9 },
        ],
      },
      ["rule[0].port: 2 → 3", 'rule[2]: null → {"name":"z","port":9}'],
    ],
    [
      "a block, found again by what it shares",
      {
        rule: [
          { from: 1, to: 2, cidr: "a" },
          { from: 5, to: 6, cidr: "a" },
        ],
      },
      {
        rule: [
          { from: 1, to: 2, cidr: "b" },
          { from: 7, to: 8, cidr: "q" },
        ],
      },
      ['rule[0].cidr: "a" → "b"', 'rule[1]: {"from":5,"to":6,"cidr":"a"} → null', 'rule[1]: null → {"from":7,"to":8,"cidr":"q"}'],
    ],
    [
      "a statement within a policy",
      { policy: policy(readOne, write) },
      { policy: policy(write, { ...readOne, Resource: "*" }) },
      ['policy.Statement[1].Resource: "a" → "*"'],
    ],
    ["a text that stops being JSON", { policy: "{}" }, { policy: "none" }, ['policy: "{}" → "none"']],
    [
      "what is not known yet",
      { arn: "a", list: ["x"] },
      { arn: afterApply, list: ["x", afterApply] },
      ['arn: "a" → ?', "list[1]: null → ?"],
    ],
    ["a block that is new and partly unknown", { block: [] }, { block: [{ id: afterApply, size: 1 }] }, ["block[0]: null → ?"]],
  ])("%s", (_, before, after, expected) => expect(lines(before, after)).toEqual(expected));
});
