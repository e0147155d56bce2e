/** What kube-prometheus-stack runs. Sizes: those of the fact base for production, halved in development, where one replica is enough. */
import type { Workload } from "../../workload.ts";

const release = "kube-prometheus-stack";
/** What tells that nodes are full must not be the first that finds no room. Grafana only shows it. */
const priority = "system-cluster-critical";

export interface StackWorkloads {
  readonly prometheus: Workload;
  readonly alertmanager: Workload;
  readonly grafana: Workload;
  readonly operator: Workload;
  readonly stateMetrics: Workload;
  readonly nodeExporter: Workload;
  /** Beside each Prometheus and Alertmanager, two containers each: at the start, and for as long as it runs. */
  readonly reloader: Workload;
  /** Beside Grafana: one reads dashboards, one data sources. */
  readonly sidecar: Workload;
}

export function stackWorkloads(production: boolean): StackWorkloads {
  const prometheus: Workload = {
    name: "prometheus",
    kind: "StatefulSet",
    // Two scrape and evaluate the same; Alertmanager tells a double alert once.
    replicas: production ? 2 : 1,
    milliCpu: production ? 500 : 250,
    memoryMiB: production ? 2048 : 1024,
    memoryLimitMiB: production ? 4096 : 2048,
    maxUnavailable: 1,
    priority,
    labels: { "app.kubernetes.io/name": "prometheus", "operator.prometheus.io/name": `${release}-prometheus` },
    nodes: "any",
  };
  const alertmanager: Workload = {
    name: "alertmanager",
    kind: "StatefulSet",
    // Three gossip: with one node or zone lost, two still agree on what was sent.
    replicas: production ? 3 : 1,
    milliCpu: 50,
    memoryMiB: 64,
    memoryLimitMiB: 128,
    maxUnavailable: 1,
    priority,
    labels: { "app.kubernetes.io/name": "alertmanager", alertmanager: `${release}-alertmanager` },
    nodes: "any",
  };
  const both = (prometheus.replicas ?? 0) + (alertmanager.replicas ?? 0);
  return {
    prometheus,
    alertmanager,
    // One: a second would need a database. Everything in it is code, so that a new pod is as good as the old one.
    grafana: { name: "grafana", kind: "Deployment", replicas: 1, milliCpu: 100, memoryMiB: 256, memoryLimitMiB: 1024, nodes: "any" },
    // One: the chart runs no second one. While it is away, changes of rules and monitors wait.
    operator: {
      name: "operator",
      kind: "Deployment",
      replicas: 1,
      milliCpu: 50,
      memoryMiB: 128,
      memoryLimitMiB: 256,
      priority,
      nodes: "system",
    },
    stateMetrics: {
      name: "kube-state-metrics",
      kind: "Deployment",
      replicas: 1,
      milliCpu: 50,
      memoryMiB: 128,
      memoryLimitMiB: 256,
      priority,
      nodes: "system",
    },
    nodeExporter: {
      name: "node-exporter",
      kind: "DaemonSet",
      milliCpu: 20,
      memoryMiB: 32,
      memoryLimitMiB: 64,
      priority: "system-node-critical",
      nodes: "every",
    },
    reloader: {
      name: "config reloader (container)",
      kind: "StatefulSet",
      replicas: both,
      milliCpu: 10,
      memoryMiB: 32,
      memoryLimitMiB: 64,
      nodes: "any",
    },
    sidecar: {
      name: "grafana sidecar (container)",
      kind: "Deployment",
      replicas: 2,
      milliCpu: 10,
      memoryMiB: 96,
      memoryLimitMiB: 192,
      nodes: "any",
    },
  };
}
