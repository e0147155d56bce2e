/** Default alerts of the golden path by promtool: what raises them, and what does not. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import { example, helm, manifests, releases } from "./golden-path.ts";

jest.setTimeout(120_000);

const missing = helm.missing || (spawnSync("promtool", ["--version"]).error ? "promtool is not on the PATH" : "");
const folder = mkdtempSync(join(tmpdir(), "mainline-golden-alerts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rulesOf(release: string, files: readonly string[]): object | undefined {
  return manifests(release, files).find(({ kind }) => kind === "PrometheusRule")?.spec as object | undefined;
}

function promtool(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

const at = 'namespace="shop"';
const web = {
  available: `kube_deployment_status_replicas_available{${at}, deployment="shop-web"}`,
  wanted: `kube_deployment_spec_replicas{${at}, deployment="shop-web"}`,
  pods: `kube_horizontalpodautoscaler_status_current_replicas{${at}, horizontalpodautoscaler="shop-web"}`,
  most: `kube_horizontalpodautoscaler_spec_max_replicas{${at}, horizontalpodautoscaler="shop-web"}`,
};
const keda = (metric: string) => `kube_horizontalpodautoscaler_${metric}{${at}, horizontalpodautoscaler="keda-hpa-shop-worker"}`;
const next = `kube_cronjob_next_schedule_time{${at}, cronjob="shop-cron"}`;
const rollout = (what: string) => `rollout_info_replicas_${what}{namespace="argo-rollouts", exported_${at}, name="shop-canary"}`;
const other = 'kube_deployment_status_replicas_available{namespace="billing", deployment="shop-web"}';

(missing ? describe.skip : describe)(`promtool${missing && ` (skipped: ${missing})`}`, () => {
  test.each(releases)("%s: %s has rules that Prometheus takes", (release, _, files) => {
    const rules = rulesOf(release, files);
    writeFileSync(join(folder, "checked.yaml"), stringify(rules ?? { groups: [] }));
    expect(promtool("check", "rules", "checked.yaml")).toBe("");
  });

  test.each([
    ["no pod serves", "web", "ServiceDown", { [web.available]: "0x40", [web.wanted]: "2x40" }, "critical"],
    ["it was scaled to nothing on purpose", "web", "ServiceDown", { [web.available]: "0x40", [web.wanted]: "0x40" }, undefined],
    ["another namespace's is down", "web", "ServiceDown", { [other]: "0x40", [web.available]: "2x40", [web.wanted]: "2x40" }, undefined],
    ["one of two serves", "web", "ServiceShort", { [web.available]: "1x40", [web.wanted]: "2x40" }, "warning"],
    ["a release takes five minutes", "web", "ServiceShort", { [web.available]: "1x5 2x35", [web.wanted]: "2x40" }, undefined],
    ["as many as may be", "web", "ServiceAtMaximum", { [web.pods]: "10x40", [web.most]: "10x40" }, "warning"],
    ["one less", "web", "ServiceAtMaximum", { [web.pods]: "9x40", [web.most]: "10x40" }, undefined],
    [
      "as many as may be, by KEDA",
      "worker",
      "ServiceAtMaximum",
      { [keda("status_current_replicas")]: "20x40", [keda("spec_max_replicas")]: "20x40" },
      "warning",
    ],
    ["a run that should have begun at the start", "cron", "CronJobLate", { [next]: "0x60" }, "warning"],
    ["a run that is due later", "cron", "CronJobLate", { [next]: "36000x60" }, undefined],
    ["a canary without a pod", "canary", "ServiceDown", { [rollout("available")]: "0x40", [rollout("desired")]: "4x40" }, "critical"],
  ])("%s (%s): %s", (_, name, alertname, series, severity) => {
    writeFileSync(join(folder, "rules.yaml"), stringify(rulesOf(`shop-${name}`, [example(name)])));
    const labels = { severity, team: "shop", service: `shop-${name}` };
    const rule = JSON.stringify(rulesOf(`shop-${name}`, [example(name)]));
    const summary = new RegExp(`"alert":"${alertname}".*?"summary":"(.*?)"`).exec(rule)?.[1];
    const exp_alerts = severity ? [{ exp_labels: labels, exp_annotations: { summary } }] : [];
    const input_series = Object.entries(series).map(([each, values]) => ({ series: each, values }));
    const tests = [{ interval: "1m", input_series, alert_rule_test: [{ eval_time: "38m", alertname, exp_alerts }] }];
    writeFileSync(join(folder, "test.yaml"), stringify({ rule_files: ["rules.yaml"], evaluation_interval: "1m", tests }));
    expect(summary).toBeDefined();
    expect(promtool("test", "rules", "test.yaml")).toBe("");
  });
});
