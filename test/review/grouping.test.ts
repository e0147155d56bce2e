/** The same in several environments is told once; what differs is told as such. */
import { describe, expect, test } from "@jest/globals";
import { review } from "../../review/index.ts";
import { afterApply, created, deleted, plan, unchanged, updated, type Values } from "./plans.ts";
import { policy } from "./scenes.ts";

const both = (of: (environment: string, octet: number) => Parameters<typeof plan>[0]) =>
  review(
    [
      ["prod", 30],
      ["dev", 10],
    ].map(([environment, octet]) => plan({ stack: `${environment}-network`, ...of(String(environment), Number(octet)) })),
    policy,
  );
const vpc = (octet: number) => unchanged("aws_vpc.main", { cidr_block: `10.${octet}.0.0/16` });

describe("one group", () => {
  test.each<[string, (environment: string, octet: number) => [Values, Values]]>([
    ["names of the environment", (environment) => [{ name: "a" }, { name: `mainline-${environment}-b` }]],
    [
      "account ids",
      (environment) => [{ role: "a" }, { role: `arn:aws:iam::${environment === "dev" ? "111122223333" : "333322221111"}:role/x` }],
    ],
    ["ids that AWS gave", (environment) => [{ sg: `sg-0${environment === "dev" ? "a" : "b"}12345678` }, { sg: "none" }]],
    ["addresses within the environment's own block", (_, octet) => [{ cidr: `10.${octet}.1.0/24` }, { cidr: `10.${octet}.2.0/24` }]],
    [
      "what is known after apply",
      (environment) => [
        { a: 1, arn: environment },
        { a: 2, arn: afterApply },
      ],
    ],
  ])("where only these differ: %s", (_, sides) => {
    const { changes, differences } = both((environment, octet) => ({
      changes: [vpc(octet), updated("aws_x.y", ...sides(environment, octet))],
    }));
    expect(changes.map(({ places }) => places.map(({ id }) => id))).toEqual([["dev-network", "prod-network"]]);
    expect(differences).toEqual([]);
  });

  test("of findings, too, with the worst verdict", () => {
    const { findings } = both((environment) => ({
      changes: [deleted("aws_eip.a", { tags: { Name: environment } }), unchanged("aws_vpc.a", {})],
    }));
    expect(
      findings.map(({ finding, places }) => [finding.rule, finding.verdict.kind, places.map(({ id, verdict }) => `${id} ${verdict.kind}`)]),
    ).toEqual([["destroy-stateful", "block", ["dev-network approval", "prod-network block"]]]);
  });
});

describe("told apart", () => {
  test.each<[string, (environment: string) => [Values, Values], string[]]>([
    [
      "another value",
      (environment) => [{ size: 1 }, { size: environment === "dev" ? 2 : 3 }],
      ["update; size: 1 → 2", "update; size: 1 → 3"],
    ],
    [
      "another address block",
      (environment) => [{ cidr: "a" }, { cidr: environment === "dev" ? "10.0.0.0/8" : "0.0.0.0/0" }],
      ['update; cidr: "a" → "10.0.0.0/8"', 'update; cidr: "a" → "0.0.0.0/0"'],
    ],
    [
      "a word that holds the environment's name",
      (environment) => [{ a: 1 }, { a: environment === "dev" ? "devices" : "products" }],
      ['update; a: 1 → "devices"', 'update; a: 1 → "products"'],
    ],
  ])("%s", (_, sides, texts) => {
    const { changes, differences } = both((environment, octet) => ({ changes: [vpc(octet), updated("aws_x.y", ...sides(environment))] }));
    expect(changes).toHaveLength(2);
    expect(differences).toEqual([
      { stack: "network", address: "aws_x.y", sides: texts.map((text, index) => ({ environments: [["dev"], ["prod"]][index], text })) },
    ]);
  });

  test("a change that only one environment has", () => {
    const { differences } = both((environment) => ({ changes: environment === "dev" ? [created("aws_x.dev", {})] : [] }));
    expect(differences[0]?.sides).toEqual([
      { environments: ["dev"], text: "create" },
      { environments: ["prod"], text: "no change" },
    ]);
  });
});

test("rows stand in the order in which changes travel, noise is counted and not listed", () => {
  const { rows, changes } = both(() => ({
    changes: [
      updated("aws_x.tags", { tags: { a: "1" } }, { tags: { a: "2" } }),
      updated("aws_x.computed", { arn: "a" }, { arn: afterApply }),
      updated("aws_launch_template.counter", { latest_version: 1 }, { latest_version: 2 }),
      updated("aws_x.real", { tags: { a: "1" }, size: 1 }, { tags: { a: "2" }, size: 2 }),
    ],
  }));
  expect(rows.map(({ id, counts: { update, tags, computed, unknown } }) => [id, update, tags, computed, unknown])).toEqual([
    ["dev-network", 1, 1, 2, 1],
    ["prod-network", 1, 1, 2, 1],
  ]);
  expect(changes.map(({ places }) => places[0]?.address)).toEqual(["aws_x.real"]);
});
