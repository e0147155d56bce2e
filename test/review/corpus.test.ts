/**
 * How good the review is, on plans that the real Terraform made (corpus/make.ts): every dangerous change is caught with the right reason, and
 * harmless ones are let through. The figures are printed, and are what docs/review.md may claim.
 */
import { afterAll, describe, expect, test } from "@jest/globals";
import { findingsOf, readPlan } from "../../review/index.ts";
import type { Finding } from "../../review/model.ts";
import type { PlanMeta } from "../../review/plan-json.ts";
import type { Base, Case } from "./corpus/case.ts";
import { cases, first, later, second } from "./corpus/cases/index.ts";
import { unpack } from "./corpus/plans.ts";

/** What a reviewer would have to look at. */
const serious = ({ danger }: Finding) => danger !== "info";
const found = new Map<Case, readonly Finding[]>();
const bases = [...new Set(cases.map(({ base }) => base))];
const archives = new Map(await Promise.all(bases.map(async (base) => [base, await unpack(base)] as const)));

function metaOf(base: Base): PlanMeta {
  if (base === "delivery") return { id: "shared-ci", environment: "shared", stack: "ci" };
  const stack = base === "sample" ? "data" : base;
  return { id: `prod-${stack}`, environment: "prod", stack };
}

function seriousOf(one: Case): readonly Finding[] {
  const text = archives.get(one.base)?.get(one.id)?.toString("utf8") ?? "";
  const findings = findingsOf([readPlan(text, metaOf(one.base))]).filter(serious);
  found.set(one, findings);
  return findings;
}

const isRight = ({ finds, at }: Case, { rule, address }: Finding) =>
  finds.some((wanted) => rule.startsWith(wanted)) && (at === undefined || address.includes(at));
const told = (findings: readonly Finding[]) => findings.map(({ rule, danger, address, title }) => `${danger} ${rule} ${address}: ${title}`);

const isDangerous = ({ finds }: Case) => finds.length > 0;

test("every case has a plan, and every plan a case", () => {
  const plans = [...archives.values()].flatMap((archive) => [...archive.keys()]);
  expect(plans.sort()).toEqual(cases.map(({ id }) => id).sort());
  expect(cases.length).toBeGreaterThanOrEqual(60);
});

describe("dangerous, and caught with the right reason", () => {
  test.each(cases.filter(isDangerous).map((one) => [one.id, one] as const))("%s", (_, one) => {
    const findings = seriousOf(one);
    expect(findings.some((finding) => isRight(one, finding)) ? "caught" : told(findings)).toBe("caught");
  });
});

describe("harmless, and let through", () => {
  test.each(cases.filter((one) => !isDangerous(one)).map((one) => [one.id, one] as const))("%s", (_, one) => {
    expect(told(seriousOf(one))).toEqual([]);
  });
});

/** A case is one alarm or none, however many findings it has. */
function figures(name: string, set: readonly Case[]): string {
  const dangerous = set.filter(isDangerous);
  const harmless = set.filter((one) => !isDangerous(one));
  const caught = dangerous.filter((one) => found.get(one)?.some((finding) => isRight(one, finding))).length;
  const alarms = harmless.filter((one) => (found.get(one) ?? []).length > 0).length;
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  return (
    `review corpus, ${name}: ${set.length} plans, recall ${percent(caught, dangerous.length)} (${caught} of ${dangerous.length} dangerous), ` +
    `precision ${percent(caught, caught + alarms)}, false alarms ${percent(alarms, harmless.length)} (${alarms} of ${harmless.length} harmless)\n`
  );
}

afterAll(() => {
  process.stdout.write(figures("first set", first) + figures("later set", later) + figures("second later set", second));
});
