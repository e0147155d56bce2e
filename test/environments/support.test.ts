import { expect, test } from "@jest/globals";
import { parseEnvironments } from "../../environments/parse.ts";
import { endingSupport } from "../../environments/support.ts";
import { kubernetesVersions } from "../../environments/versions.ts";
import { filesWith } from "./mistakes.ts";

const environments = parseEnvironments(filesWith({ "dev.cluster.version": "1.35", "prod.cluster.version": "1.34" }));
const ends = kubernetesVersions["1.34"]?.standardSupportEnds ?? "";

test.each([
  ["a quarter and a day before", "2026-09-02", []],
  ["a quarter before", "2026-09-03", [{ environment: "prod", version: "1.34", ends, daysLeft: 90 }]],
  ["a day after", "2026-12-03", [{ environment: "prod", version: "1.34", ends, daysLeft: -1 }]],
])("support of 1.34, %s its end", (_, today, expected) => expect(endingSupport(environments, today)).toEqual(expected));

test("the soonest end comes first", () => {
  expect(endingSupport(environments, "2027-03-01").map(({ environment }) => environment)).toEqual(["prod", "dev"]);
});
