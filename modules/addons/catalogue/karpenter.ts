/** Karpenter: nodes of the right size, when pods need them, without node groups. */
import { addon, type Values } from "../addon.ts";
import type { Alert } from "../alert.ts";
import type { EventPattern } from "../aws-parts.ts";
import type { Surroundings } from "../context.ts";
import { podValues, resourcesOf, type Workload } from "../workload.ts";
import { controllerPolicy } from "./karpenter/policy.ts";
import { poolResources } from "./karpenter/pools.ts";

const account = "karpenter";

function controllerOf(production: boolean): Workload {
  return {
    name: "karpenter",
    kind: "Deployment",
    // Leader election: the second stands by, on another host, which the chart insists on.
    replicas: production ? 2 : 1,
    // Karpenter's own advice for production is 1 CPU and 1 GiB.
    milliCpu: production ? 1000 : 200,
    memoryMiB: production ? 1024 : 512,
    memoryLimitMiB: 1024,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { "app.kubernetes.io/instance": "karpenter", "app.kubernetes.io/name": "karpenter" },
    nodes: "system",
  };
}

/** Source: Karpenter documentation, "CloudFormation" reference, interruption handling: five rules since 1.8. */
const interruptions: Readonly<Record<string, EventPattern>> = {
  health: { source: "aws.health", detailType: "AWS Health Event" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  reservation: { source: "aws.ec2", detailType: "EC2 Capacity Reservation Instance Interruption Warning" },
  spot: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  state: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
};

/** Source: Karpenter documentation, "Metrics". */
const alerts: readonly Alert[] = [
  {
    name: "KarpenterPoolAlmostFull",
    when: 'max by (nodepool) (karpenter_nodepools_usage{resource_type="cpu"} / karpenter_nodepools_limit{resource_type="cpu"}) > 0.9',
    lasting: "15m",
    severity: "warning",
    summary:
      "Node pool {{ $labels.nodepool }} uses {{ $value | humanizePercentage }} of the vCPUs that it may have; then pods stay pending.",
  },
  {
    name: "KarpenterCannotStartNodes",
    when: "sum by (error) (increase(karpenter_cloudprovider_errors_total[15m])) > 5",
    lasting: "15m",
    severity: "critical",
    summary: "AWS refuses what Karpenter asks for ({{ $labels.error }}).",
  },
];

function queueOf({ named }: Surroundings): string {
  return named("karpenter");
}

/** Without a way to the internet: prices come from the controller's own table, since their API has no endpoint in the VPC. */
function isIsolated({ environment: { network } }: Surroundings): boolean {
  return network?.nat === "none" && network.transitGateway?.routes.includes("0.0.0.0/0") !== true;
}

export const karpenter = addon({
  id: "karpenter",
  purpose: "Starts and ends nodes of the size that pods need, on demand or spot",
  chart: "karpenter",
  namespace: "kube-system",
  after: ["prometheus-operator-crds"],
  conflicts: [{ id: "cluster-autoscaler", because: "each takes the other's new nodes for spare ones" }],
  kubernetes: { from: "1.30", to: "1.36" },
  definitions: { kind: "chart", chart: "karpenter-crd", values: { additionalAnnotations: { "helm.sh/resource-policy": "keep" } } },
  // On destroy it must still be there when pools go: it ends their nodes.
  wait: true,
  alerts: () => alerts,
  // Draining takes its time.
  timeout: 900,
  workloads: ({ production }) => [controllerOf(production)],
  aws: (context) => [{ kind: "event-queue", id: "interruptions", name: queueOf(context), retention: 300, rules: interruptions }],
  identities: (context) => [
    {
      serviceAccount: account,
      statements: controllerPolicy({
        account: context.environment.account,
        region: context.environment.region,
        clusterName: context.cluster.name,
        keyArn: context.cluster.kmsKeyArn,
        nodeRole: context.cluster.karpenterNodeRole,
        queue: queueOf(context),
      }),
    },
  ],
  values: (context) => {
    const { environment, cluster, production, has, accountAnnotations } = context;
    const controller = controllerOf(production);
    return {
      settings: {
        clusterName: cluster.name,
        clusterEndpoint: cluster.endpoint,
        interruptionQueue: queueOf(context),
        isolatedVPC: isIsolated(context),
      },
      serviceAccount: { name: account, annotations: accountAnnotations(account) },
      controller: { env: [{ name: "AWS_REGION", value: environment.region }], resources: resourcesOf(controller) },
      dnsPolicy: "Default",
      replicas: controller.replicas ?? 1,
      podDisruptionBudget: { maxUnavailable: controller.maxUnavailable ?? 1 },
      serviceMonitor: { enabled: has("prometheus-operator-crds") },
      ...placed(controller),
    };
  },
  resources: ({ environment: { name: environment, project, owner, costCentre }, cluster, options: { pools }, production }) => [
    ...Object.entries(pools).flatMap(([name, pool]) =>
      poolResources(name, pool, {
        version: cluster.version,
        clusterName: cluster.name,
        instanceProfile: cluster.karpenterInstanceProfile,
        keyArn: cluster.kmsKeyArn,
        // EC2 gets them from Karpenter, which the provider's default tags do not reach.
        tags: { project, environment, owner, "cost-centre": costCentre, "managed-by": "karpenter" },
        production,
      }),
    ),
  ],
  choices: {
    "settings.clusterEndpoint": "given: the controller need not ask EKS for it",
    "settings.isolatedVPC": "on where the network has neither NAT nor another way to the internet",
    "controller.env": "the region is given, since pods do not reach the metadata service (hop limit 1)",
    dnsPolicy: "`Default`, the node's resolver: CoreDNS may be waiting for a node that only this controller can start",
    topologySpreadConstraints: "soft; the chart's own leave a replica pending while a zone has no other node, and the apply waits for it",
    "EC2NodeClass/*": "image of the day that managed groups run, instance profile of the cluster stack, the cluster's key, IMDSv2",
    "NodePool/*":
      "limits as a bound on the bill, nodes live a month, one in ten at a time is replaced, and none is held up for longer than a day",
  },
  docs: {
    verify: [
      "kubectl -n kube-system rollout status deployment/karpenter",
      "kubectl get nodepools,ec2nodeclasses",
      "kubectl get nodeclaims -o wide",
    ],
    upgrade:
      "Change both lines, karpenter and karpenter-crd, in environments/chart-versions.ts, and compare karpenter/policy.ts with the policy of the same version. New images come with `amiRelease` in environments/versions.ts.",
    remove:
      "Take it out of `addons` while it runs: its pools go first, and it drains and ends their nodes. Pods with a disruption budget that allows none, and builds that run, hold that up for a day at most. Look for instances tagged karpenter.sh/nodepool afterwards. The definitions stay.",
  },
});

/** The chart's required node affinity (never on its own nodes) and anti-affinity stay; ours is merged into them. */
function placed(controller: Workload): Values {
  const { resources: _, ...pods } = podValues(controller);
  return { ...pods, tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };
}
