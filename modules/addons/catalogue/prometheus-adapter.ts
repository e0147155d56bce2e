/** Prometheus adapter: metrics of Prometheus for the horizontal pod autoscaler (custom.metrics.k8s.io). */
import type { JsonValue } from "../../../environments/schema/addons/common.ts";
import { addon } from "../addon.ts";
import { podValues, type Workload } from "../workload.ts";

const id = "prometheus-adapter";

function adapterOf(production: boolean): Workload {
  return {
    name: id,
    kind: "Deployment",
    // While none is up, autoscalers on its metrics stand still, and discovery of the API is slow for everybody.
    replicas: production ? 2 : 1,
    milliCpu: 50,
    memoryMiB: 128,
    memoryLimitMiB: 512,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { "app.kubernetes.io/name": id },
    nodes: "system",
  };
}

/** A rule of the adapter. Source: prometheus-adapter, docs/config.md. `<<...>>` are its own templates. */
function rule(series: string, name: string, query: string): JsonValue {
  return {
    seriesQuery: `${series}{namespace!="", pod!=""}`,
    resources: { overrides: { namespace: { resource: "namespace" }, pod: { resource: "pod" } } },
    name: { matches: `^${series}$`, as: name },
    metricsQuery: query,
  };
}

export const prometheusAdapter = addon({
  id,
  purpose: "Lets horizontal pod autoscalers scale by metrics of Prometheus, for example requests per second",
  chart: id,
  namespace: "monitoring",
  // Not `needs`: it starts without Prometheus, and serves nothing until that is there; the release of the stack waits for nobody.
  after: ["kube-prometheus-stack"],
  // An APIService without a ready pod makes discovery fail for every other client, Helm among them.
  wait: true,
  workloads: ({ production }) => [adapterOf(production)],
  values: ({ options, production }) => {
    const adapter = adapterOf(production);
    return {
      fullnameOverride: id,
      replicas: adapter.replicas ?? 1,
      podDisruptionBudget: { enabled: true, maxUnavailable: adapter.maxUnavailable ?? 1 },
      prometheus: { url: "http://kube-prometheus-stack-prometheus.monitoring.svc", port: 9090 },
      podSecurityContext: { fsGroup: 10001, seccompProfile: { type: "RuntimeDefault" } },
      logLevel: 2,
      rules: {
        default: false,
        custom: [
          ...Object.entries(options.rates).map(([series, name]) =>
            rule(series, name, `sum(rate(<<.Series>>{<<.LabelMatchers>>}[${options.minutes}m])) by (<<.GroupBy>>)`),
          ),
          ...options.gauges.map((series) => rule(series, series, "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)")),
        ],
      },
      ...podValues(adapter),
    };
  },
  choices: {
    "rules.default": "off: the chart's rules offer every series of the cluster, and ask Prometheus for all of their names each minute",
    "rules.custom":
      "what the options name. No resource metrics, which are metrics-server's, and no external ones, which are KEDA's where it is chosen",
    logLevel: "2: the chart's 4 writes a line for every request",
    "tls, certManager": "neither: the adapter signs its own certificate, which the API server does not check; it carries numbers only",
  },
  docs: {
    verify: [
      "kubectl get apiservice v1beta1.custom.metrics.k8s.io",
      "kubectl get --raw '/apis/custom.metrics.k8s.io/v1beta1/namespaces/apps/pods/*/http_requests_per_second'",
    ],
    upgrade: "Change its line in environments/chart-versions.ts.",
    remove: "Take it out of `addons`. Autoscalers on its metrics keep their last size.",
  },
});
