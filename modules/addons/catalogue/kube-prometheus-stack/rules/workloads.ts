/** Pods, jobs and volumes. Without the label team: the route's default, or the team that relabels its namespace, gets them. */
import type { RuleGroup } from "../rules.ts";

/** Adds the node, so that a node that is down keeps its pods' alerts back. `node_namespace_pod:...` is one series per pod, of the chart. */
const onNode = "* on (namespace, pod) group_left (node) node_namespace_pod:kube_pod_info:";

export const workloadRules: RuleGroup = {
  name: "platform-workloads",
  rules: [
    {
      alert: "PodRestarting",
      // The chart's alert waits for CrashLoopBackOff only; a pod that is killed for memory every few minutes never shows it.
      expr: `(sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[30m])) > 3) ${onNode}`,
      for: "5m",
      labels: { severity: "warning" },
      annotations: {
        summary:
          'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} restarted {{ $value | printf "%.0f" }} times in half an hour.',
      },
    },
    {
      alert: "PodPending",
      // Longer than an autoscaler takes for a node. Jobs that wait for their turn are pending, too, and in the same way a fault.
      expr: 'max by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) > 0',
      for: "15m",
      labels: { severity: "warning" },
      annotations: { summary: "Pod {{ $labels.namespace }}/{{ $labels.pod }} has been pending for a quarter of an hour." },
    },
    {
      alert: "PodNotReady",
      expr: `(max by (namespace, pod) (kube_pod_status_ready{condition="false"}) > 0 and on (namespace, pod) (kube_pod_status_phase{phase="Running"} > 0)) ${onNode}`,
      for: "15m",
      labels: { severity: "warning" },
      annotations: { summary: "Pod {{ $labels.namespace }}/{{ $labels.pod }} runs and is not ready." },
    },
    {
      alert: "JobFailed",
      expr: 'max by (namespace, job_name) (kube_job_failed{condition="true"}) > 0',
      for: "5m",
      labels: { severity: "warning" },
      annotations: { summary: "Job {{ $labels.namespace }}/{{ $labels.job_name }} failed; the alert goes with the job." },
    },
    {
      record: "namespace_persistentvolumeclaim:volume_used:ratio",
      // Two replicas of Prometheus or a moved pod see the same volume; the fuller reading is the newer one.
      expr: "max by (namespace, persistentvolumeclaim) (1 - kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)",
    },
    {
      alert: "VolumeAlmostFull",
      expr: "namespace_persistentvolumeclaim:volume_used:ratio > 0.85",
      for: "15m",
      labels: { severity: "warning" },
      annotations: {
        summary:
          "Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full. Raise the claim's request; gp3 volumes grow without a restart.",
      },
    },
    {
      alert: "VolumeAlmostFull",
      expr: "namespace_persistentvolumeclaim:volume_used:ratio > 0.95",
      for: "5m",
      labels: { severity: "critical" },
      annotations: {
        summary: "Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full.",
      },
    },
  ],
};
