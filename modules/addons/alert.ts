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
  readonly summary: string;
}

export function alertRule({ name, when, lasting, severity, summary }: Alert): Values {
  return { alert: name, expr: when, for: lasting, labels: { severity, team: "platform" }, annotations: { summary } };
}

/** For charts that have no place for rules. The add-on declares `after` prometheus-operator-crds and asks `has` for it. */
export function alertResource(name: string, alerts: readonly Alert[]): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name },
    spec: { groups: [{ name, rules: alerts.map(alertRule) }] },
  };
}
