/** KEDA: scales workloads by events (queues, metrics, schedules), down to zero. */
import type { AddonOptions } from "../../../environments/schema/addons.ts";
import { allow, type Statement } from "../../iam/policy.ts";
import { addon, type Values } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { affinityOf, resourcesOf, spreadOf, type Workload } from "../workload.ts";

const account = "keda-operator";

/** By their key in the values. */
const parts = {
  operator: "keda-operator",
  metricsServer: "keda-operator-metrics-apiserver",
  webhooks: "keda-admission-webhooks",
} as const;
type Part = keyof typeof parts;

function workloadOf(part: Part, production: boolean): Workload {
  return {
    name: parts[part],
    kind: "Deployment",
    // The operator elects a leader; without a metrics server no event scales anything beyond one replica.
    replicas: production ? 2 : 1,
    milliCpu: part === "webhooks" ? 20 : 100,
    memoryMiB: part === "webhooks" ? 64 : 128,
    memoryLimitMiB: part === "webhooks" ? 128 : 1000,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { app: parts[part] },
    nodes: "system",
  };
}

/** Source: KEDA documentation, "Integrate with Prometheus". */
const alerts: readonly Alert[] = [
  {
    name: "KedaScalerFailing",
    when: "sum by (exported_namespace, scaledObject, scaler) (rate(keda_scaler_detail_errors_total[5m])) > 0",
    lasting: "15m",
    severity: "warning",
    summary: "{{ $labels.exported_namespace }}/{{ $labels.scaledObject }} is not scaled: {{ $labels.scaler }} cannot be read.",
  },
];

/** Requests as ours, and without the chart's limit of CPU. */
function resourceValues(workload: Workload): Values {
  const { requests = {}, limits = {} } = resourcesOf(workload) as { requests?: Values; limits?: Values };
  return { requests, limits: { ...limits, cpu: null } };
}

/** Source: KEDA documentation, "AWS SQS Queue" and "AWS CloudWatch" scalers, permissions. */
function scalerPolicy({ queues, cloudWatch, roles }: AddonOptions<"keda">): readonly Statement[] {
  return [
    ...(queues.length > 0 ? [allow("reads the length of these queues, no message", "sqs:GetQueueAttributes", queues)] : []),
    ...(cloudWatch ? [allow("reads metrics; no resource level", "cloudwatch:GetMetricData", "*")] : []),
    ...(roles.length > 0 ? [allow("scalers with an identity of their own", "sts:AssumeRole", roles)] : []),
  ];
}

export const keda = addon({
  id: "keda",
  purpose: "Scales workloads by events such as queue lengths, metrics and schedules, down to zero",
  chart: "keda",
  namespace: "keda",
  after: ["prometheus-operator-crds"],
  kubernetes: { from: "1.23" },
  // An APIService without a ready pod makes discovery fail for every other client, Helm among them.
  wait: true,
  workloads: ({ production }) => (["operator", "metricsServer", "webhooks"] as const).map((part) => workloadOf(part, production)),
  alerts: () => alerts,
  identities: ({ options }) => {
    const statements = scalerPolicy(options);
    return statements.length > 0 ? [{ serviceAccount: account, statements }] : [];
  },
  values: ({ cluster, production, options, has, accountAnnotations }) => {
    const operator = workloadOf("operator", production);
    const metricsServer = workloadOf("metricsServer", production);
    const webhooks = workloadOf("webhooks", production);
    const placed = (workload: Workload) => ({ replicaCount: workload.replicas ?? 1, affinity: affinityOf(workload) });
    const budget = { maxUnavailable: 1 };
    const monitored = { enabled: has("prometheus-operator-crds"), serviceMonitor: { enabled: has("prometheus-operator-crds") } };
    return {
      clusterName: cluster.name,
      crds: { install: true, additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
      image: { pullPolicy: "IfNotPresent" },
      serviceAccount: {
        operator: { name: account, annotations: scalerPolicy(options).length > 0 ? accountAnnotations(account) : {} },
      },
      priorityClassName: "system-cluster-critical",
      operator: placed(operator),
      metricsServer: placed(metricsServer),
      webhooks: placed(webhooks),
      resources: {
        operator: resourceValues(operator),
        metricServer: resourceValues(metricsServer),
        webhooks: resourceValues(webhooks),
      },
      topologySpreadConstraints: {
        operator: spreadOf(operator),
        metricsServer: spreadOf(metricsServer),
        webhooks: spreadOf(webhooks),
      },
      podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
      prometheus: {
        operator: { ...monitored, prometheusRules: { enabled: false } },
        metricServer: monitored,
        webhooks: monitored,
      },
    };
  },
  choices: {
    "crds.additionalAnnotations": "kept when the release goes: deleting a definition deletes all of its objects",
    "image.pullPolicy": "`IfNotPresent`: tags are versions, and the registry may be away",
    "resources.*.limits.cpu": "none: throttling makes it late, and helps nobody",
    webhooks: "failurePolicy Ignore, the chart's default: ScaledObjects can be changed while it is away",
  },
  docs: {
    verify: [
      "kubectl -n keda rollout status deployment/keda-operator deployment/keda-operator-metrics-apiserver",
      "kubectl get apiservice v1beta1.external.metrics.k8s.io",
      "kubectl get scaledobjects --all-namespaces",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts; definitions come with the release. The API of external metrics has one owner: it.",
    remove:
      "Delete ScaledObjects and ScaledJobs first: without the operator their finalizers stay. Then take it out of `addons`. The definitions stay.",
  },
});
