/** Rules and dashboards by promtool, the tool of Prometheus itself. `go install github.com/prometheus/prometheus/cmd/promtool@latest` */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { dashboardNames, dashboardText } from "../../modules/addons/catalogue/kube-prometheus-stack/dashboards.ts";
import { ruleGroups } from "../../modules/addons/catalogue/kube-prometheus-stack/rules.ts";
import { plannedAddon } from "../../modules/addons/plan.ts";
import { addonIds, companions, surroundingsOf } from "../support/addons.ts";
import { situations } from "./alert-rules/index.ts";

const missing = spawnSync("promtool", ["--version"]).error ? "promtool is not on the PATH" : "";
const folder = mkdtempSync(join(tmpdir(), "mainline-rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What promtool says of a file; empty where it finds nothing. */
function complaints(command: readonly string[], name: string, content: object): string {
  const file = join(folder, name);
  writeFileSync(file, stringify(content));
  const { status, stdout, stderr } = spawnSync("promtool", [...command, file], { encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

/** The objects of each add-on, with its smallest input. Chosen one by one, since not all go together. */
const addonGroups = addonIds
  .filter((id) => id !== "kube-prometheus-stack")
  .flatMap((id) => plannedAddon(id, surroundingsOf(companions(id))).resources)
  .filter(({ kind }) => kind === "PrometheusRule")
  .flatMap(({ spec }) => (spec as { groups: { name: string }[] }).groups);
const groups = [...ruleGroups, ...addonGroups];

const rules = () => writeFileSync(join(folder, "rules.yaml"), stringify({ groups }));

(missing ? describe.skip : describe)(`promtool${missing && ` (skipped: ${missing})`}`, () => {
  test("finds nothing wrong with the rules", () => expect(complaints(["check", "rules"], "checked.yaml", { groups })).toBe(""));

  test.each(situations.map((situation) => [`${situation.alert}: ${situation.title}`, situation] as const))("%s", (_, situation) => {
    rules();
    const { series, at, alert, raised } = situation;
    const input_series = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    const exp_alerts = raised.map(({ labels, summary }) => ({ exp_labels: labels, exp_annotations: { summary } }));
    const tests = [{ interval: "1m", input_series, alert_rule_test: [{ eval_time: at, alertname: alert, exp_alerts }] }];
    const content = { rule_files: ["rules.yaml"], evaluation_interval: "1m", tests };
    expect(complaints(["test", "rules"], "test.yaml", content)).toBe("");
  });

  test("every add-on that runs a controller of ours has alerts among them", () => {
    const named = [
      "external-dns",
      "cert-manager",
      "vertical-pod-autoscaler",
      "reloader",
      "atlantis",
      "jenkins",
      "velero",
      "keda",
      "kyverno",
    ];
    expect(addonGroups.map(({ name }) => name)).toEqual(expect.arrayContaining([...named, "gha-runner-scale-set-controller"]));
  });

  test("tells a situation that raises something else", () => {
    rules();
    const input_series = [{ series: 'kube_job_failed{namespace="apps", job_name="nightly", condition="true"}', values: "1x20" }];
    const tests = [{ interval: "1m", input_series, alert_rule_test: [{ eval_time: "10m", alertname: "JobFailed", exp_alerts: [] }] }];
    expect(complaints(["test", "rules"], "test.yaml", { rule_files: ["rules.yaml"], tests })).toContain("JobFailed");
  });

  test.each(dashboardNames)("understands the queries of the dashboard %s", (name) => {
    const { panels } = JSON.parse(dashboardText(name)) as { panels: { targets: { expr?: string }[] }[] };
    const queries = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => (expr === undefined ? [] : [expr])));
    // Variables stand in matchers only, where Grafana puts an expression.
    const asRules = queries.map((expr, place) => ({ record: `it:q${place}`, expr: expr.replaceAll(/\$\w+/g, ".*") }));
    expect(complaints(["check", "rules"], `${name}.yaml`, { groups: [{ name, rules: asRules }] })).toBe("");
  });
});
