/**
 * How good the review is, on plans that the real Terraform made (corpus/make.ts): every dangerous change is caught with the right reason, and
 * harmless ones are let through. The figures are printed, and are what the README may claim.
 */
import { readdirSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { findingsOf, readPlan } from "../../review/index.ts";
import type { Finding } from "../../review/model.ts";
import type { Case } from "./corpus/case.ts";
import { cases } from "./corpus/cases/index.ts";
import { plansFolder, unpack } from "./corpus/plans.ts";

/** What a reviewer would have to look at. */
const serious = ({ danger }: Finding) => danger !== "info";
const found = new Map<Case, readonly Finding[]>();

async function seriousOf(one: Case): Promise<readonly Finding[]> {
  const stack = one.base === "sample" ? "data" : one.base;
  const plan = readPlan(await unpack(one.id), { id: `prod-${stack}`, environment: "prod", stack });
  const findings = findingsOf([plan]).filter(serious);
  found.set(one, findings);
  return findings;
}

const isRight = ({ finds, at }: Case, { rule, address }: Finding) =>
  finds.some((wanted) => rule.startsWith(wanted)) && (at === undefined || address.includes(at));
const told = (findings: readonly Finding[]) => findings.map(({ rule, danger, address, title }) => `${danger} ${rule} ${address}: ${title}`);

const dangerous = cases.filter(({ finds }) => finds.length > 0);
const harmless = cases.filter(({ finds }) => finds.length === 0);

test("every case has a plan, and every plan a case", () => {
  const plans = readdirSync(plansFolder).map((name) => name.replace(".json.br", ""));
  expect(plans.sort()).toEqual(cases.map(({ id }) => id).sort());
  expect(cases.length).toBeGreaterThanOrEqual(60);
});

describe("dangerous, and caught with the right reason", () => {
  test.each(dangerous.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    const findings = await seriousOf(one);
    expect(findings.some((finding) => isRight(one, finding)) ? "caught" : told(findings)).toBe("caught");
  });
});

describe("harmless, and let through", () => {
  test.each(harmless.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    expect(told(await seriousOf(one))).toEqual([]);
  });
});

/** A case is one alarm or none, however many findings it has. */
afterAll(() => {
  const caught = dangerous.filter((one) => found.get(one)?.some((finding) => isRight(one, finding))).length;
  const alarms = harmless.filter((one) => (found.get(one) ?? []).length > 0).length;
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  process.stdout.write(
    `review corpus: ${cases.length} plans, recall ${percent(caught, dangerous.length)} (${caught} of ${dangerous.length} dangerous), ` +
      `precision ${percent(caught, caught + alarms)}, false alarms ${percent(alarms, harmless.length)} (${alarms} of ${harmless.length} harmless)\n`,
  );
});
