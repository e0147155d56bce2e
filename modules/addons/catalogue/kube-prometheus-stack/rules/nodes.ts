/** Nodes: CPU, memory, disk, and whether they are there. Shares are by node name, which pods' metrics have, too. */
import type { RuleGroup } from "../rules.ts";

/** Name of the node of a node exporter, by its pod. Recorded by the chart ("node.rules"), one series per pod. */
const named = 'on (namespace, pod) group_left (node) node_namespace_pod:kube_pod_info:{pod=~".*node-exporter.*"}';
/** Nodes that somebody empties or that an autoscaler ends: their instance may take minutes to go, and nobody is to be woken for it. */
const leaving =
  '(kube_node_spec_unschedulable == 1 or kube_node_spec_taint{key=~"karpenter.sh/disrupted|ToBeDeletedByClusterAutoscaler"} == 1)';
const platform = "platform";

export const nodeRules: RuleGroup = {
  name: "platform-nodes",
  rules: [
    {
      record: "node:cpu_busy:ratio5m",
      // Steal and iowait are no work that more pods could do.
      expr: `1 - avg by (node) (sum without (mode) (rate(node_cpu_seconds_total{mode=~"idle|iowait|steal"}[5m])) * ${named})`,
    },
    {
      record: "node:memory_used:ratio",
      expr: `1 - sum by (node) (node_memory_MemAvailable_bytes * ${named}) / sum by (node) (node_memory_MemTotal_bytes * ${named})`,
    },
    {
      record: "node:disk_used:ratio",
      // Volumes of pods are the kubelet's (VolumeAlmostFull); here it is what the node itself writes to.
      expr: `1 - min by (node) ((node_filesystem_avail_bytes{fstype=~"ext4|xfs"} / node_filesystem_size_bytes{fstype=~"ext4|xfs"}) * ${named})`,
    },
    {
      alert: "NodeDown",
      expr: `max by (node) (kube_node_status_condition{condition="Ready", status="true"}) == 0 unless on (node) ${leaving}`,
      // Longer than a restart of the kubelet, shorter than the five minutes after which pods are taken away.
      for: "3m",
      labels: { severity: "critical", team: platform },
      annotations: { summary: "Node {{ $labels.node }} is not ready." },
    },
    {
      alert: "NodeCpuBusy",
      expr: "node:cpu_busy:ratio5m > 0.9",
      for: "15m",
      labels: { severity: "warning", team: platform },
      annotations: { summary: "CPUs of node {{ $labels.node }} are {{ $value | humanizePercentage }} busy." },
    },
    {
      alert: "NodeMemoryAlmostFull",
      expr: "node:memory_used:ratio > 0.9",
      for: "10m",
      labels: { severity: "warning", team: platform },
      annotations: { summary: "Memory of node {{ $labels.node }} is {{ $value | humanizePercentage }} used." },
    },
    {
      alert: "NodeMemoryAlmostFull",
      expr: "node:memory_used:ratio > 0.97",
      for: "5m",
      labels: { severity: "critical", team: platform },
      annotations: { summary: "Memory of node {{ $labels.node }} is {{ $value | humanizePercentage }} used; pods are about to be killed." },
    },
    {
      alert: "NodeDiskAlmostFull",
      // Below the 85 % at which the kubelet collects images there is nothing to do.
      expr: "node:disk_used:ratio > 0.87",
      for: "15m",
      labels: { severity: "warning", team: platform },
      annotations: { summary: "Disk of node {{ $labels.node }} is {{ $value | humanizePercentage }} used." },
    },
    {
      alert: "NodeDiskAlmostFull",
      expr: "node:disk_used:ratio > 0.95",
      for: "5m",
      labels: { severity: "critical", team: platform },
      annotations: { summary: "Disk of node {{ $labels.node }} is {{ $value | humanizePercentage }} used; the kubelet evicts pods." },
    },
  ],
};
