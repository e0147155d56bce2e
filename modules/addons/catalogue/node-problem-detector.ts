/** Node problem detector: what the kernel says of a node (hung tasks, memory errors, read-only file systems) as conditions, events, metrics. */
import { addon } from "../addon.ts";
import { podValues, type Workload } from "../workload.ts";

const detector: Workload = {
  name: "node-problem-detector",
  kind: "DaemonSet",
  milliCpu: 20,
  memoryMiB: 64,
  memoryLimitMiB: 128,
  priority: "system-node-critical",
  nodes: "every",
};

/** Alerts of the chart about Docker: EKS has had containerd only since 1.24. */
const dockerAlerts = [
  "NodeProblemDockerHung",
  "NodeProblemDockerContainerStartupFailure",
  "NodeProblemCorruptDockerOverlay2",
  "NodeProblemCorruptDockerImage",
  "NodeProblemGaugeCorruptDockerOverlay2",
  "NodeProblemGaugeDockerHung",
];

export const nodeProblemDetector = addon({
  id: "node-problem-detector",
  purpose: "Tells what the kernel of a node reports (hung tasks, memory errors, read-only disks) as node conditions, events and metrics",
  chart: "node-problem-detector",
  // Its pods are privileged, as the node exporter's neighbours there are.
  namespace: "monitoring",
  after: ["prometheus-operator-crds"],
  wait: false,
  workloads: () => [detector],
  values: ({ has }) => ({
    ...withoutSpread(),
    // Both read /dev/kmsg only. Source: config/ of the image, v1.35.1.
    settings: { log_monitors: ["/config/kernel-monitor.json", "/config/readonly-monitor.json"] },
    // Its clock is UTC, as its logs are; the mount would create the file on nodes that have none.
    volume: { localtime: { enabled: false } },
    updateStrategy: "RollingUpdate",
    maxUnavailable: "10%",
    metrics: {
      enabled: has("prometheus-operator-crds"),
      serviceMonitor: { enabled: has("prometheus-operator-crds") },
      prometheusRule: { enabled: has("prometheus-operator-crds"), defaultRules: { create: true, disabled: dockerAlerts } },
    },
  }),
  choices: {
    "settings.log_monitors": "kernel and read-only file systems; the Docker monitor reads a journal that does not exist with containerd",
    "metrics.prometheusRule": "the chart's alerts without those about Docker",
    maxUnavailable: "a tenth of the nodes at a time, so that an upgrade of a large cluster ends",
    tolerations: "every node, tainted ones too",
  },
  docs: {
    verify: [
      "kubectl -n monitoring rollout status daemonset/node-problem-detector",
      "kubectl get nodes -o custom-columns='NODE:.metadata.name,KERNEL:.status.conditions[?(@.type==\"KernelDeadlock\")].status'",
    ],
    upgrade: "Change its line in environments/chart-versions.ts; compare the monitors in config/ of the image's tag.",
    remove: "Take it out of `addons`. Its conditions stay on running nodes, with their last value, until the nodes are replaced.",
  },
});

/** A DaemonSet is not spread: the chart has no key for it. */
function withoutSpread() {
  const { topologySpreadConstraints: _, ...values } = podValues(detector);
  return values;
}
