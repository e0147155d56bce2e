import { describe, expect, test } from "@jest/globals";
import { excess } from "../../review/iam/compare.ts";
import { conditionsOf, implies } from "../../review/iam/condition.ts";
import { readDocument } from "../../review/iam/document.ts";
import { covers, meet } from "../../review/iam/glob.ts";
import { statementText } from "../../review/iam/text.ts";
import type { Json } from "../../review/model.ts";

describe("patterns", () => {
  test.each([
    ["s3:*", "s3:Get*", true],
    ["s3:Get*", "s3:*", false],
    ["s3:Get*", "s3:GetObject", true],
    ["s3:Get*Object", "s3:GetBigObject", true],
    ["s3:Get*Object", "s3:GetObjectAcl", false],
    ["*", "anything", true],
    ["s3:?et", "s3:Get", true],
    ["s3:?et", "s3:*et", false],
    ["a*b*c", "a*c", false],
    ["a*c", "a*b*c", true],
    ["", "", true],
    ["a", "a*", false],
  ])("%s covers %s: %s", (outer, inner, expected) => expect(covers(outer, inner)).toBe(expected));

  test.each([
    ["s3:Get*", "s3:*Object", true],
    ["s3:Get*", "s3:Put*", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a*", "*a", true],
    ["a", "a*", true],
    ["iam:*", "*", true],
  ])("%s meets %s: %s", (one, other, expected) => {
    expect(meet(one, other)).toBe(expected);
    expect(meet(other, one)).toBe(expected);
  });
});

describe("conditions", () => {
  const is = (value: Json) => conditionsOf(value);
  test.each<[string, Json, Json, boolean]>([
    ["a condition is stricter than none", { Bool: { "aws:SecureTransport": "true" } }, {}, true],
    ["none is not stricter than a condition", {}, { Bool: { "aws:SecureTransport": "true" } }, false],
    [
      "keys have no case, single values are lists",
      { StringEquals: { "AWS:SourceAccount": "1" } },
      { StringEquals: { "aws:sourceaccount": ["1"] } },
      true,
    ],
    ["fewer values are stricter", { StringEquals: { k: ["a"] } }, { StringEquals: { k: ["a", "b"] } }, true],
    ["more values are looser", { StringEquals: { k: ["a", "b"] } }, { StringEquals: { k: ["a"] } }, false],
    ["equality is stricter than a pattern", { StringEquals: { k: "ab" } }, { StringLike: { k: "a*" } }, true],
    ["a pattern is looser than equality", { StringLike: { k: "a*" } }, { StringEquals: { k: "ab" } }, false],
    ["a pattern without wildcards is equality", { StringLike: { k: "ab" } }, { StringEquals: { k: "ab" } }, true],
    ["ArnEquals is ArnLike", { ArnEquals: { k: "arn:a" } }, { ArnLike: { k: "arn:*" } }, true],
    ["IfExists is looser", { StringEqualsIfExists: { k: "a" } }, { StringEquals: { k: "a" } }, false],
    ["without IfExists is stricter", { StringEquals: { k: "a" } }, { StringEqualsIfExists: { k: "a" } }, true],
    ["a negated one excludes more", { StringNotEquals: { k: ["a", "b"] } }, { StringNotEquals: { k: "a" } }, true],
    ["a negated one excludes less", { StringNotEquals: { k: "a" } }, { StringNotEquals: { k: ["a", "b"] } }, false],
    [
      "a smaller block is stricter",
      { IpAddress: { "aws:SourceIp": "203.0.113.0/25" } },
      { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      true,
    ],
    [
      "a larger block is looser",
      { IpAddress: { "aws:SourceIp": "203.0.112.0/23" } },
      { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      false,
    ],
    ["ForAllValues is another question", { "ForAllValues:StringEquals": { k: "a" } }, { StringEquals: { k: "a" } }, false],
    ["booleans and texts are the same", { Bool: { k: true } }, { Bool: { k: "true" } }, true],
  ])("%s", (_, strict, loose, expected) => expect(implies(is(strict), is(loose))).toBe(expected));
});

const allow = (Action: Json, Resource: Json, more: object = {}): Json => ({ Effect: "Allow", Action, Resource, ...more });
const read = (...statements: readonly Json[]) => {
  const document = readDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  return "statements" in document ? document.statements : [];
};
const new_ = (before: readonly Json[], after: readonly Json[]) =>
  excess(read(...after), read(...before)).map(({ statement, loosened }) => `${loosened ? "loosened " : ""}${statementText(statement)}`);

describe("what is new", () => {
  const getA = allow("s3:GetObject", "arn:aws:s3:::a/*");
  test.each<[string, readonly Json[], readonly Json[], readonly string[]]>([
    ["nothing: the same", [getA], [getA], []],
    ["nothing: single and list", [getA], [allow(["s3:GetObject"], ["arn:aws:s3:::a/*"])], []],
    ["nothing: another order, a Sid", [getA, allow("a:B", "*")], [allow("a:B", "*", { Sid: "X" }), getA], []],
    ["nothing: one statement split in two", [allow(["s3:Get*", "s3:List*"], "*")], [allow("s3:List*", "*"), allow("s3:Get*", "*")], []],
    ["nothing: two statements joined", [allow("a:B", "x"), allow("a:C", "x")], [allow(["a:C", "a:B"], "x")], []],
    ["nothing: narrower", [allow("s3:*", "*")], [getA], []],
    ["nothing: actions have no case", [allow("s3:getobject", "x")], [allow("S3:GetObject", "x")], []],
    ["an action", [getA], [allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::a/*")], ["allow s3:PutObject on arn:aws:s3:::a/*"]],
    ["a resource", [getA], [allow("s3:GetObject", ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"])], ["allow s3:GetObject on arn:aws:s3:::b/*"]],
    ["names of resources have case", [allow("a:B", "x")], [allow("a:B", "X")], ["allow a:B on X"]],
    ["a wildcard", [allow("s3:Get*", "*")], [allow("s3:*", "*")], ["allow s3:* on *"]],
    [
      "two statements do not cover their product",
      [allow("a:B", "x"), allow("a:C", "y")],
      [allow(["a:B", "a:C"], ["x", "y"])],
      ["allow a:B on y", "allow a:C on x"],
    ],
    ["a condition gone", [allow("a:B", "x", { Condition: { Bool: { k: "true" } } })], [allow("a:B", "x")], ["loosened allow a:B on x"]],
    ["all but", [allow("iam:Get*", "*")], [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], ["allow everything but iam:* on *"]],
    [
      "all but more",
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      [{ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }],
      [],
    ],
    [
      "all but less",
      [{ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }],
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      ["allow everything but iam:* on *"],
    ],
    [
      "inside all but",
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      [allow("s3:GetObject", "*"), allow("iam:GetRole", "*")],
      ["allow iam:GetRole on *"],
    ],
    [
      "outside all but",
      [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::a/*" }],
      [allow("s3:GetObject", "arn:aws:s3:::b/*")],
      [],
    ],
    [
      "an account is its root",
      [allow("a:B", "x", { Principal: { AWS: "111122223333" } })],
      [allow("a:B", "x", { Principal: { AWS: ["arn:aws:iam::111122223333:root"] } })],
      [],
    ],
    ["everyone, in both forms", [allow("a:B", "x", { Principal: "*" })], [allow("a:B", "x", { Principal: { AWS: "*" } })], []],
    [
      "a principal",
      [allow("a:B", "x", { Principal: { Service: "a.amazonaws.com" } })],
      [allow("a:B", "x", { Principal: { Service: ["b.amazonaws.com", "a.amazonaws.com"] } })],
      ["allow a:B on x to Service:b.amazonaws.com"],
    ],
    [
      "a kind of principal",
      [allow("a:B", "x", { Principal: { Service: "a" } })],
      [allow("a:B", "x", { Principal: { AWS: "a" } })],
      ["allow a:B on x to AWS:a"],
    ],
  ])("%s", (_, before, after, expected) => expect(new_(before, after)).toEqual(expected));

  test("an allow that a deny without conditions takes back is none", () => {
    const deny: Json = { Effect: "Deny", Action: "iam:*", Resource: "*" };
    expect(excess(read(allow("iam:PassRole", "*")), [], read(deny))).toEqual([]);
  });
});

test.each<[string, Json, string]>([
  ["not JSON", "{", "it is not JSON"],
  ["no statements", '{"a":1}', "it has no Statement"],
  ["another effect", '{"Statement":[{"Effect":"allow"}]}', 'a statement has the effect "allow"'],
])("a document that cannot be read: %s", (_, text, why) => expect(readDocument(text)).toEqual({ why }));
