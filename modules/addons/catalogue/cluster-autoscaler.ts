/** Cluster autoscaler: nodes of managed and self-managed groups, as many as pods need. */
import { allow, type Statement } from "../../iam/policy.ts";
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { podValues, type Workload } from "../workload.ts";

const account = "cluster-autoscaler";

function controllerOf(production: boolean): Workload {
  return {
    name: "cluster-autoscaler",
    kind: "Deployment",
    // Leader election: the second stands by.
    replicas: production ? 2 : 1,
    milliCpu: 100,
    // It keeps all nodes and pods in memory, twice while it simulates; it was killed at 300 MiB in clusters of 100 nodes (its FAQ).
    memoryMiB: production ? 600 : 300,
    memoryLimitMiB: 600,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { "app.kubernetes.io/name": "aws-cluster-autoscaler", "app.kubernetes.io/instance": "cluster-autoscaler" },
    nodes: "system",
  };
}

/** Source: cluster-autoscaler, proposals/metrics.md. No templates in the summaries: the chart would take them for its own (tpl). */
const alerts: readonly Alert[] = [
  {
    name: "ClusterAutoscalerStopped",
    when: "max(cluster_autoscaler_cluster_safe_to_autoscale) == 0",
    lasting: "15m",
    severity: "critical",
    summary: "The cluster autoscaler does nothing: too many nodes are not ready.",
  },
  {
    name: "ClusterAutoscalerCannotHelp",
    when: "max(cluster_autoscaler_unschedulable_pods_count) > 0",
    lasting: "30m",
    severity: "warning",
    summary: "Pods have found no room for half an hour, and no node group may grow for them.",
  },
];

interface GroupRights {
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
}

/** Source: cluster-autoscaler, cloudprovider/aws/README.md, "Full Cluster Autoscaler Features Policy". */
function groupPolicy({ account, region, clusterName }: GroupRights): readonly Statement[] {
  return [
    allow(
      "sees groups, their templates and their instances; no resource level",
      [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      "*",
    ),
    allow(
      "learns labels and taints of a managed group that has no node",
      "eks:DescribeNodegroup",
      `arn:aws:eks:${region}:${account}:nodegroup/${clusterName}/*`,
    ),
    allow(
      "adds and removes nodes of this cluster's groups",
      ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*`,
      { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" } },
    ),
  ];
}

export const clusterAutoscaler = addon({
  id: "cluster-autoscaler",
  purpose: "Adds nodes to node groups for pods that find no room, and removes those that are not needed",
  chart: "cluster-autoscaler",
  namespace: "kube-system",
  after: ["prometheus-operator-crds"],
  conflicts: [{ id: "karpenter", because: "each takes the other's new nodes for spare ones" }],
  // Nothing of Terraform's relies on it, and pods that wait for nodes make no release fail sooner.
  wait: false,
  alerts: () => alerts,
  workloads: ({ production }) => [controllerOf(production)],
  identities: ({ environment, cluster }) => [
    {
      serviceAccount: account,
      statements: groupPolicy({ account: environment.account, region: environment.region, clusterName: cluster.name }),
    },
  ],
  values: ({ environment, cluster, options, production, has, accountAnnotations }) => {
    const controller = controllerOf(production);
    const prioritized = Object.keys(options.priorities).length > 0;
    return {
      cloudProvider: "aws",
      awsRegion: environment.region,
      autoDiscovery: { clusterName: cluster.name },
      image: { tag: `v${cluster.version}.0` },
      rbac: { serviceAccount: { name: account, annotations: accountAnnotations(account) } },
      extraArgs: {
        expander: prioritized ? "priority,least-waste" : "least-waste",
        "balance-similar-node-groups": true,
        "skip-nodes-with-system-pods": false,
        "skip-nodes-with-local-storage": false,
        "scale-down-unneeded-time": `${options.idleMinutes}m`,
        "scale-down-utilization-threshold": `${options.utilization}`,
        v: 2,
      },
      ...(prioritized && { expanderPriorities: options.priorities }),
      replicaCount: controller.replicas ?? 1,
      podDisruptionBudget: { maxUnavailable: controller.maxUnavailable ?? 1 },
      securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      serviceMonitor: { enabled: has("prometheus-operator-crds"), namespace: "kube-system", interval: "30s" },
      ...podValues(controller),
    };
  },
  freeValues: ["extraArgs"],
  choices: {
    "image.tag": "the cluster's minor: it simulates that version's scheduler",
    "extraArgs.expander": "`least-waste`, after the priorities of the environment where it has some",
    "extraArgs.balance-similar-node-groups": "groups of one zone each grow evenly",
    "extraArgs.skip-nodes-with-system-pods, skip-nodes-with-local-storage":
      "off: one pod of kube-system or an emptyDir would keep a node for ever; disruption budgets still hold",
    "extraArgs.v": "2; the chart's 4 writes a line for each pod in each round",
    "serviceMonitor.namespace": "beside its Service; the chart's default is the namespace of Prometheus",
  },
  docs: {
    verify: [
      "kubectl -n kube-system rollout status deployment -l app.kubernetes.io/instance=cluster-autoscaler",
      "kubectl -n kube-system get configmap cluster-autoscaler-status -o jsonpath='{.data.status}'",
    ],
    upgrade:
      "Its image follows the cluster's minor by itself; its line in environments/chart-versions.ts moves the chart. Check that the image of a new minor is published first.",
    remove: "Take it out of `addons`. Groups keep the size that they have.",
  },
});
