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

test("where one situation is told twice it is a warning first, then critical by the same name: Alertmanager keeps the warning back", () => {
  const severities = new Map<string, string[]>();
  for (const { alert, labels } of alerts) severities.set(alert, [...(severities.get(alert) ?? []), labels.severity]);
  const twice = [...severities].filter(([, each]) => each.length > 1);
  expect(twice.map(([alert]) => alert)).toContain("NodeMemoryAlmostFull");
  expect(twice.filter(([, each]) => each.join() !== "warning,critical")).toEqual([]);
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
