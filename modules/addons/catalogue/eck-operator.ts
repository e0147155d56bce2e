/** The Elastic operator (ECK): makes Elasticsearch, Kibana, Logstash and Beats of their objects, with certificates and users. */
import { addon } from "../addon.ts";
import { merged } from "../values.ts";
import { podValues, resourcesOf, type Workload } from "../workload.ts";

/** Two in production: the second takes over by leader election, so that certificates and failed nodes are seen to during a drain. */
function operator(production: boolean): Workload {
  return {
    name: "elastic-operator",
    kind: "StatefulSet",
    replicas: production ? 2 : 1,
    milliCpu: 100,
    memoryMiB: 256,
    // The chart's own limit. It caches all pods, secrets and volumes that it manages.
    memoryLimitMiB: 1024,
    maxUnavailable: 1,
    nodes: "system",
  };
}

export const eckOperator = addon({
  id: "eck-operator",
  purpose: "Elastic's operator: makes Elasticsearch, Kibana, Logstash and Beats of their objects, with certificates and users",
  chart: "eck-operator",
  namespace: "elastic-system",
  after: ["prometheus-operator-crds"],
  // Its objects come in the next release, and a definition that is not established yet refuses them.
  wait: true,
  workloads: ({ production }) => [operator(production)],
  values: ({ production, has }) => {
    const workload = operator(production);
    const { topologySpreadConstraints: _, ...pod } = podValues(workload);
    const metrics = has("prometheus-operator-crds");
    return {
      ...pod,
      // The chart's limit of one CPU would be merged in, and throttles the operator when it starts many nodes.
      resources: merged(resourcesOf(workload), { limits: { cpu: null } }),
      replicaCount: workload.replicas ?? 1,
      // One pod with a budget of its own would only be in the way; two may lose one.
      podDisruptionBudget: { enabled: production, minAvailable: 1 },
      // The level `restricted` asks for the profile, which the chart does not set.
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      telemetry: { disabled: true },
      // "0" is off. The chart's ServiceMonitor exists for the TLS port only, the PodMonitor for the plain one.
      config: { metrics: { port: metrics ? "9090" : "0" } },
      podMonitor: { enabled: metrics },
      serviceMonitor: { enabled: false },
    };
  },
  choices: {
    replicaCount: "two in production, by leader election",
    "podSecurityContext.seccompProfile": "the namespace is `restricted`",
    "telemetry.disabled": "nothing about the cluster leaves it",
    "podMonitor.enabled": "where the operator's kinds are installed; the ServiceMonitor exists only with TLS of the metrics port",
    "resources.limits.cpu": "taken away: a limit of CPU throttles and helps nobody",
    topologySpreadConstraints: "not set: the chart has no such key; a budget keeps one of two",
  },
  docs: {
    verify: [
      "kubectl -n elastic-system rollout status statefulset/elastic-operator",
      "kubectl get crd elasticsearches.elasticsearch.k8s.elastic.co kibanas.kibana.k8s.elastic.co",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts. The definitions are upgraded with it. A new operator may restart Elasticsearch node by node; read its release notes.",
    remove:
      "Take `efk` out first and apply, then this. The definitions stay (the chart keeps them), since Elasticsearch would go with them; deleting them is deliberate work by hand.",
  },
});
