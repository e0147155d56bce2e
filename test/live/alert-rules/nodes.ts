/** Nodes, as kube-state-metrics and node-exporter tell of them. */
import { onNode, platform, type Situation } from "./situation.ts";

const exporter = (node: string) => onNode(`it-node-exporter-${node}`, node, "monitoring");
const ofNode = (metric: string, node: string, labels = "") =>
  `${metric}{namespace="monitoring", pod="it-node-exporter-${node}", instance="${node}:9100"${labels && `, ${labels}`}}`;

export const nodes: readonly Situation[] = [
  {
    title: "a node is not ready",
    series: {
      'kube_node_status_condition{node="a", condition="Ready", status="true"}': "1x4 0x20",
      'kube_node_status_condition{node="b", condition="Ready", status="true"}': "1x24",
    },
    at: "10m",
    alert: "NodeDown",
    raised: [{ labels: { node: "a", ...platform("critical") }, summary: "Node a is not ready." }],
  },
  {
    title: "nodes that are ended by an autoscaler, or emptied by somebody, take their time to go",
    series: Object.fromEntries(
      ["a", "b"]
        .map((node) => [`kube_node_status_condition{node="${node}", condition="Ready", status="true"}`, "1x4 0x20"])
        .concat([
          ['kube_node_spec_taint{node="a", key="karpenter.sh/disrupted", effect="NoSchedule"}', "1x24"],
          ['kube_node_spec_unschedulable{node="b"}', "1x24"],
        ]),
    ),
    at: "10m",
    alert: "NodeDown",
    raised: [],
  },
  {
    title: "a kubelet restarts",
    series: { 'kube_node_status_condition{node="a", condition="Ready", status="true"}': "1x4 0x1 1x20" },
    at: "7m",
    alert: "NodeDown",
    raised: [],
  },
  {
    title: "one of two nodes is busy on both of its CPUs",
    series: {
      ...exporter("a"),
      ...exporter("b"),
      [ofNode("node_cpu_seconds_total", "a", 'cpu="0", mode="idle"')]: "0+1.2x60",
      [ofNode("node_cpu_seconds_total", "a", 'cpu="0", mode="user"')]: "0+58.8x60",
      [ofNode("node_cpu_seconds_total", "a", 'cpu="1", mode="idle"')]: "0+3.6x60",
      [ofNode("node_cpu_seconds_total", "b", 'cpu="0", mode="idle"')]: "0+30x60",
    },
    at: "30m",
    alert: "NodeCpuBusy",
    raised: [{ labels: { node: "a", ...platform("warning") }, summary: "CPUs of node a are 96% busy." }],
  },
  {
    title: "memory is nearly gone: both severities, of which the critical one keeps the other back",
    series: {
      ...exporter("a"),
      [ofNode("node_memory_MemAvailable_bytes", "a")]: "2x60",
      [ofNode("node_memory_MemTotal_bytes", "a")]: "100x60",
    },
    at: "20m",
    alert: "NodeMemoryAlmostFull",
    raised: [
      { labels: { node: "a", ...platform("warning") }, summary: "Memory of node a is 98% used." },
      { labels: { node: "a", ...platform("critical") }, summary: "Memory of node a is 98% used; pods are about to be killed." },
    ],
  },
  {
    title: "the fuller of two disks counts, volumes of other kinds do not",
    series: {
      ...exporter("a"),
      [ofNode("node_filesystem_avail_bytes", "a", 'mountpoint="/", fstype="xfs"')]: "10x60",
      [ofNode("node_filesystem_size_bytes", "a", 'mountpoint="/", fstype="xfs"')]: "100x60",
      [ofNode("node_filesystem_avail_bytes", "a", 'mountpoint="/data", fstype="ext4"')]: "90x60",
      [ofNode("node_filesystem_size_bytes", "a", 'mountpoint="/data", fstype="ext4"')]: "100x60",
      [ofNode("node_filesystem_avail_bytes", "a", 'mountpoint="/run", fstype="tmpfs"')]: "0x60",
      [ofNode("node_filesystem_size_bytes", "a", 'mountpoint="/run", fstype="tmpfs"')]: "100x60",
    },
    at: "30m",
    alert: "NodeDiskAlmostFull",
    raised: [{ labels: { node: "a", ...platform("warning") }, summary: "Disk of node a is 90% used." }],
  },
];
