/**
 * Recording and alert rules of the platform, beside those of the chart; each as PrometheusRule. What they replace of the chart's is in
 * `replaced`, so that nothing is told twice. Tested with promtool (test/live/alert-rules.test.ts). Metrics: node exporter, kubelet,
 * kube-state-metrics, blackbox exporter, cert-manager.
 */
import type { CustomResource } from "../../addon.ts";
import { nodeRules } from "./rules/nodes.ts";
import { serviceRules } from "./rules/services.ts";
import { workloadRules } from "./rules/workloads.ts";

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for: string;
  readonly labels: { readonly severity: "critical" | "warning"; readonly team?: "platform" };
  /** One line for people, with what it is about. */
  readonly annotations: { readonly summary: string };
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (RecordingRule | AlertRule)[];
}

export const ruleGroups: readonly RuleGroup[] = [nodeRules, workloadRules, serviceRules];

/** Alerts of the chart that ours say, too. */
export const replaced = [
  "KubeNodeNotReady",
  "KubeNodeUnreachable",
  "KubePodCrashLooping",
  "KubePodNotReady",
  "KubeJobFailed",
  "KubePersistentVolumeFillingUp",
  "NodeCPUHighUsage",
  "NodeMemoryHighUtilization",
  "NodeFilesystemAlmostOutOfSpace",
  "NodeFilesystemSpaceFillingUp",
  "TargetDown",
] as const;

/** One object per group: a mistake in one does not keep the others out. */
export function ruleResources(): CustomResource[] {
  return ruleGroups.map(({ name, rules }) => ({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name },
    spec: { groups: [{ name, rules }] },
  }));
}
