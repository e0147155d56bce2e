/** Vertical pod autoscaler: what pods should request, by what they use; on request it also applies that. */
import { addon, type Values } from "../addon.ts";
import { type Alert, podMonitor } from "../alert.ts";
import { podValues, type Workload } from "../workload.ts";

type Part = "recommender" | "updater" | "admission-controller";

function workloadOf(part: Part, production: boolean): Workload {
  return {
    name: `vertical-pod-autoscaler-${part}`,
    kind: "Deployment",
    // Leader election, or, of the admission controller, any that answers; pods start without it, too (failurePolicy Ignore).
    replicas: production ? 2 : 1,
    milliCpu: 50,
    memoryMiB: part === "recommender" ? 256 : 128,
    memoryLimitMiB: 512,
    maxUnavailable: 1,
    labels: { "app.kubernetes.io/instance": "vertical-pod-autoscaler", "app.kubernetes.io/component": part },
    nodes: "system",
  };
}

function partValues(workload: Workload): Values {
  return {
    replicas: workload.replicas ?? 1,
    podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: workload.maxUnavailable ?? 1 },
    ...withoutSpread(podValues(workload)),
  };
}

/** The chart spreads over hosts by an anti-affinity of its own and takes no constraints. */
function withoutSpread({ topologySpreadConstraints: _, ...others }: Values): Values {
  return others;
}

/** Metrics: autoscaler, vertical-pod-autoscaler/pkg/utils/metrics/recommender. */
const alerts: readonly Alert[] = [
  {
    name: "VpaRecommenderCannotRead",
    when: 'sum(rate(vpa_recommender_metric_server_responses{is_error="true"}[15m])) > 0',
    lasting: "30m",
    severity: "warning",
    summary: "The vertical pod autoscaler cannot read the metrics API: recommendations stand still",
  },
  {
    name: "VpaRecommenderAbsent",
    when: 'absent(up{job="kube-system/vertical-pod-autoscaler"} == 1)',
    lasting: "30m",
    severity: "warning",
    summary: "The vertical pod autoscaler is away: recommendations stand still",
  },
];

export const verticalPodAutoscaler = addon({
  id: "vertical-pod-autoscaler",
  purpose: "Recommends requests of pods by what they use, and applies them where asked to",
  chart: "vertical-pod-autoscaler",
  namespace: "kube-system",
  needs: [{ id: "metrics-server", because: "it learns from the metrics API" }],
  definitions: { kind: "vendored", folder: "crds-vertical-pod-autoscaler" },
  after: ["prometheus-operator-crds"],
  wait: false,
  alerts: () => alerts,
  workloads: ({ production, options: { update } }) =>
    (update ? (["recommender", "updater", "admission-controller"] as const) : (["recommender"] as const)).map((part) =>
      workloadOf(part, production),
    ),
  values: ({ production, options: { update } }) => ({
    podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    recommender: partValues(workloadOf("recommender", production)),
    updater: { enabled: update, ...partValues(workloadOf("updater", production)) },
    admissionController: {
      enabled: update,
      certGen: { resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } } },
      ...partValues(workloadOf("admission-controller", production)),
    },
  }),
  // The chart has no monitor.
  resources: ({ production, has }) => {
    const { labels = {} } = workloadOf("recommender", production);
    return has("prometheus-operator-crds") ? [podMonitor("vertical-pod-autoscaler", labels, "prometheus")] : [];
  },
  choices: {
    "updater.enabled, admissionController.enabled": "off unless `update` is set: recommendations restart nobody's pods",
    podDisruptionBudget: "`maxUnavailable`; the chart's `minAvailable: 1` of one replica would block drains",
    containerSecurityContext: "the chart sets none",
  },
  docs: {
    verify: [
      "kubectl -n kube-system rollout status deployment/vertical-pod-autoscaler-recommender",
      "kubectl get verticalpodautoscalers --all-namespaces",
    ],
    upgrade: "Change its line in environments/chart-versions.ts and run `npm run vendor-crds` for the new definitions.",
    remove: "Take it out of `addons`. Pods keep the requests that they have; the definitions stay. Do not use it on the metric of an HPA.",
  },
});
