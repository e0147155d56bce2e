/** Alerts that an add-on brings about itself, for whatever Prometheus there is. */
import type { CustomResource, Values } from "./addon.ts";

export interface Alert {
  readonly alert: string;
  /** PromQL. */
  readonly expr: string;
  /** How long it must hold. */
  readonly for: string;
  readonly severity: "warning" | "critical";
  /** One sentence with what is wrong and where; templates of Prometheus. */
  readonly summary: string;
}

/** As rules of a group, for charts that make the PrometheusRule. Whoever runs the cluster is told, since add-ons are the platform's. */
export function alertGroup(alerts: readonly Alert[]): readonly Values[] {
  return alerts.map(({ alert, expr, for: duration, severity, summary }) => ({
    alert,
    expr,
    for: duration,
    labels: { severity, team: "platform" },
    annotations: { summary },
  }));
}

/** As an object, for charts that make none. */
export function alertRules(name: string, alerts: readonly Alert[]): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name },
    spec: { groups: [{ name, rules: alertGroup(alerts) }] },
  };
}
