/** Dashboards as files beside this one, for Grafana's sidecar, which reads every ConfigMap with its label. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CustomResource } from "../../addon.ts";

/** File names without ending. `logs` needs the data source Elasticsearch. */
export const dashboardNames = ["cluster-capacity", "workloads", "ingress", "argo-cd", "logs"] as const;

export type DashboardName = (typeof dashboardNames)[number];

export function dashboardText(name: DashboardName): string {
  return readFileSync(join(import.meta.dirname, "dashboards", `${name}.json`), "utf8");
}

export function dashboardResources(names: readonly DashboardName[]): CustomResource[] {
  return names.map((name) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: `dashboard-${name}`,
      namespace: "monitoring",
      labels: { grafana_dashboard: "1" },
      annotations: { grafana_folder: "Platform" },
    },
    data: { [`${name}.json`]: dashboardText(name) },
  }));
}
