import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { chartVersions } from "../../environments/chart-versions.ts";

const text = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}

test("Renovate finds every chart: each stands in one line of the layout that its expressions match", () => {
  const managers: readonly Manager[] = JSON.parse(text("renovate.json")).customManagers;
  const ours = managers.filter(({ managerFilePatterns }) => managerFilePatterns.some((pattern) => pattern.includes("chart-versions")));
  const source = text("environments/chart-versions.ts");
  const found = ours.flatMap(({ matchStrings }) =>
    matchStrings.flatMap((pattern) =>
      [...source.matchAll(new RegExp(pattern, "g"))].map(({ groups }) => [groups?.depName, groups?.currentValue]),
    ),
  );
  expect(found.sort()).toEqual(
    Object.entries(chartVersions)
      .map(([name, { version }]) => [name, version])
      .sort(),
  );
});
