import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { chartVersions, elasticStack } from "../../environments/chart-versions.ts";
import type { Addon } from "../../modules/addons/addon.ts";
import { catalogue } from "../../modules/addons/catalogue/index.ts";

const text = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
}

test("Renovate finds every chart and Elastic's stack: each stands in one line of the layout that its expressions match", () => {
  const managers: readonly Manager[] = JSON.parse(text("renovate.json")).customManagers;
  const ours = managers.filter(({ managerFilePatterns }) => managerFilePatterns.some((pattern) => pattern.includes("chart-versions")));
  const source = text("environments/chart-versions.ts");
  const found = ours.flatMap(({ matchStrings, depNameTemplate }) =>
    matchStrings.flatMap((pattern) =>
      [...source.matchAll(new RegExp(pattern, "g"))].map(({ groups }) => [groups?.depName ?? depNameTemplate, groups?.currentValue]),
    ),
  );
  expect(found.sort()).toEqual(
    [...Object.entries(chartVersions).map(([name, { version }]) => [name, version]), ["elastic-stack", elasticStack]].sort(),
  );
});

test("every chart is used", () => {
  const rows = Object.values(catalogue) as readonly Addon[];
  const used = rows.flatMap(({ chart, definitions }) => [chart, definitions?.kind === "chart" ? definitions.chart : undefined]);
  expect(Object.keys(chartVersions).filter((name) => !used.some((one) => one === name))).toEqual([]);
});
