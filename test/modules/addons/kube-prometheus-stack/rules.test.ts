/** What every rule must have; what rules compute is tested with promtool in test/live/alert-rules.test.ts. */
import { describe, expect, test } from "@jest/globals";
import { type AlertRule, replaced, ruleGroups, ruleResources } from "../../../../modules/addons/catalogue/kube-prometheus-stack/rules.ts";
import { plannedAddon } from "../../../../modules/addons/plan.ts";
import { companions, surroundingsOf } from "../../../support/addons.ts";

const alerts = ruleGroups.flatMap(({ rules }) => rules.filter((rule): rule is AlertRule => "alert" in rule));

test.each([
  ["node CPU", "NodeCpuBusy"],
  ["memory", "NodeMemoryAlmostFull"],
  ["disk", "NodeDiskAlmostFull"],
  ["pod restarts", "PodRestarting"],
  ["pending pods", "PodPending"],
  ["failed jobs", "JobFailed"],
  ["volumes", "VolumeAlmostFull"],
  ["certificates", "CertificateExpiring"],
  ["5xx rate", "HttpErrors"],
  ["scrape failures", "ScrapeFailing"],
])("there is an alert for %s", (_, name) => expect(alerts.map(({ alert }) => alert)).toContain(name));

describe.each(alerts.map((rule) => [`${rule.alert}, ${rule.labels.severity}`, rule] as const))("%s", (_, { expr, annotations }) => {
  test("says what it is about, by labels that its expression keeps", () => {
    const labels = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label);
    expect(labels.length).toBeGreaterThan(0);
    const recorded = ruleGroups.flatMap(({ rules }) =>
      rules.flatMap((rule) => ("record" in rule && expr.includes(rule.record) ? [rule.expr] : [])),
    );
    const kept = [expr, ...recorded].join(" ");
    expect(labels.filter((label) => !new RegExp(`\\b${label}\\b`).test(kept))).toEqual([]);
  });
});

test("an alert with two severities has the same name, so that the critical one keeps the warning back", () => {
  const twice = alerts.map(({ alert, labels }) => `${alert} ${labels.severity}`);
  expect(new Set(twice).size).toBe(twice.length);
});

test("one object per group, by names that do not meet the chart's", () => {
  const names = ruleResources().map(({ metadata }) => metadata.name);
  expect(new Set(names).size).toBe(ruleGroups.length);
  expect(names.filter((name) => name.startsWith("kube-prometheus-stack-"))).toEqual([]);
});

test("what ours replace is off in the chart", () => {
  const id = "kube-prometheus-stack";
  const { values } = plannedAddon(id, surroundingsOf(companions(id)));
  const { disabled } = values.defaultRules as unknown as { disabled: Record<string, boolean> };
  expect(Object.keys(disabled).sort()).toEqual([...replaced].sort());
});
