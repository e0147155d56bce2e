/** metrics-server: CPU and memory of pods and nodes, for `kubectl top` and the horizontal pod autoscaler. */
import { addon } from "../addon.ts";
import { podValues, type Workload } from "../workload.ts";

const server: Workload = {
  name: "metrics-server",
  kind: "Deployment",
  // Two everywhere: while the only one is away, every autoscaler in the cluster stands still.
  replicas: 2,
  milliCpu: 100,
  memoryMiB: 200,
  memoryLimitMiB: 512,
  maxUnavailable: 1,
  priority: "system-cluster-critical",
  labels: { "app.kubernetes.io/name": "metrics-server" },
  nodes: "system",
};

export const metricsServer = addon({
  id: "metrics-server",
  purpose: "Serves CPU and memory of pods and nodes to `kubectl top` and the horizontal pod autoscaler",
  chart: "metrics-server",
  namespace: "kube-system",
  after: ["prometheus-operator-crds"],
  // An APIService without a ready pod makes discovery fail for every other client, Helm among them.
  wait: true,
  workloads: () => [server],
  values: ({ has }) => ({
    replicas: server.replicas ?? 1,
    podDisruptionBudget: { enabled: true, maxUnavailable: server.maxUnavailable ?? 1 },
    // The chart makes the certificate, keeps it by lookup and puts its CA into the APIService.
    tls: { type: "helm" },
    apiService: { insecureSkipTLSVerify: false },
    metrics: { enabled: true },
    serviceMonitor: { enabled: has("prometheus-operator-crds") },
    ...podValues(server),
  }),
  choices: {
    replicas: "two, over zones and hosts: without it no autoscaler works",
    "tls.type": "`helm`: the API server checks its certificate; the chart's default skips that",
    "serviceMonitor.enabled": "where the operator's kinds are installed",
  },
  docs: {
    verify: ["kubectl get apiservice v1beta1.metrics.k8s.io", "kubectl top nodes"],
    upgrade: "Change its line in environments/chart-versions.ts. Nothing else has a version of its own.",
    remove: "Take it out of `addons`. Horizontal pod autoscalers stand still until it is back.",
  },
});
