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
    // The chart makes the certificate and puts it into the APIService. It keeps it by lookup, without a look at its end: after the default of
    // a year the API server would refuse it, and autoscalers would stand still until somebody deletes the secret.
    tls: { type: "helm", helm: { certDurationDays: 3650 } },
    apiService: { insecureSkipTLSVerify: false },
    metrics: { enabled: true },
    serviceMonitor: { enabled: has("prometheus-operator-crds") },
    ...podValues(server),
  }),
  choices: {
    replicas: "two, over zones and hosts: without it no autoscaler works",
    "tls.type": "`helm`: the API server checks its certificate; the chart's default skips that",
    "tls.helm.certDurationDays": "ten years: the chart never renews a certificate that is there, and its default ends after one",
    "serviceMonitor.enabled": "where the operator's kinds are installed",
  },
  docs: {
    verify: ["kubectl get apiservice v1beta1.metrics.k8s.io", "kubectl top nodes"],
    upgrade: "Change its line in environments/chart-versions.ts. Nothing else has a version of its own.",
    remove: "Take it out of `addons`. Horizontal pod autoscalers stand still until it is back.",
  },
});
