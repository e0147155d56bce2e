/** Default alerts of add-ons, with the labels by which Alertmanager routes: severity, and the team that runs the platform. */
import type { CustomResource, Values } from "./addon.ts";

export interface Alert {
  readonly name: string;
  /** PromQL; each series that it has is an alert. */
  readonly when: string;
  /** How long it must hold, as Prometheus writes durations. */
  readonly lasting: string;
  /** `critical` wakes somebody up. */
  readonly severity: "warning" | "critical";
  /** One sentence with what is wrong and where; templates of Prometheus. */
  readonly summary: string;
}

function alertRule({ name, when, lasting, severity, summary }: Alert): Values {
  return { alert: name, expr: when, for: lasting, labels: { severity, team: "platform" }, annotations: { summary } };
}

export function alertResource(name: string, alerts: readonly Alert[]): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name },
    spec: { groups: [{ name, rules: alerts.map(alertRule) }] },
  };
}

/** For charts that have no monitor: scrapes a named port of pods. Their `job` is `<namespace>/<name>`. */
export function podMonitor(name: string, labels: Readonly<Record<string, string>>, port: string): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [{ port, path: "/metrics" }] },
  };
}
