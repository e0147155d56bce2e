/** Argo Rollouts: canary and blue/green deployments, with the load balancer's weights and metrics that decide. */
import { allow } from "../../iam/policy.ts";
import type { Values } from "../addon.ts";
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { podValues, type Workload } from "../workload.ts";

const account = "argo-rollouts";

function controllerOf(production: boolean): Workload {
  return {
    name: "argo-rollouts",
    kind: "Deployment",
    // The second one stands by (leader election). A rollout that waits is a deployment that hangs half way.
    replicas: production ? 2 : 1,
    milliCpu: production ? 100 : 25,
    memoryMiB: 128,
    memoryLimitMiB: 512,
    maxUnavailable: 1,
    labels: { "app.kubernetes.io/component": "rollouts-controller", "app.kubernetes.io/name": "argo-rollouts" },
    nodes: "system",
  };
}

/** People look at it; nothing depends on it. */
const dashboard: Workload = {
  name: "argo-rollouts-dashboard",
  kind: "Deployment",
  replicas: 1,
  milliCpu: 10,
  memoryMiB: 64,
  memoryLimitMiB: 128,
  maxUnavailable: 1,
  labels: { "app.kubernetes.io/component": "rollouts-dashboard", "app.kubernetes.io/name": "argo-rollouts" },
  nodes: "system",
};

/** Ingress and Gateway are what this platform has; each other provider is a right over objects of a mesh that is not there. */
const providers: Values = {
  ...Object.fromEntries(
    ["istio", "smi", "ambassador", "awsAppMesh", "traefik", "apisix", "contour", "glooPlatform"].map((name) => [name, false]),
  ),
  awsLoadBalancerController: true,
  gatewayAPI: true,
};

/** The chart leaves the page's container open; the namespace takes only restricted pods. */
const confined: Values = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

/**
 * Source of the metrics: Argo Rollouts, "Controller Metrics". The chart's ServiceMonitor cannot honour labels: a Rollout's namespace is
 * `exported_namespace`, and `namespace` is the controller's.
 */
const alerts: readonly Alert[] = [
  {
    name: "ArgoRolloutDegraded",
    when: 'max by (exported_namespace, name) (rollout_info{phase="Degraded"}) > 0',
    lasting: "15m",
    severity: "warning",
    summary: "Rollout {{ $labels.exported_namespace }}/{{ $labels.name }} was stopped: the old version still serves",
  },
  {
    name: "ArgoRolloutsControllerAbsent",
    when: 'absent(up{job="argo-rollouts-metrics"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "Argo Rollouts is away: rollouts stand where they are",
  },
];

export const argoRollouts = addon({
  id: "argo-rollouts",
  purpose: "Canary and blue/green deployments, shifted by load balancer weights and stopped by metrics",
  chart: "argo-rollouts",
  namespace: "argo-rollouts",
  after: ["aws-load-balancer-controller", "prometheus-operator-crds"],
  // Rollouts of applications need its definitions, which are in the chart's templates.
  wait: true,
  workloads: ({ production, options }) => [controllerOf(production), ...(options.dashboard ? [dashboard] : [])],
  identities: ({ options }) =>
    options.verifyTargetGroups
      ? [
          {
            serviceAccount: account,
            statements: [
              // Source: Argo Rollouts, "AWS Load Balancer Controller (ALB)", "IAM permissions".
              allow(
                "look whether new pods are healthy in their target group; these have no resource level",
                [
                  "elasticloadbalancing:DescribeTargetGroups",
                  "elasticloadbalancing:DescribeLoadBalancers",
                  "elasticloadbalancing:DescribeListeners",
                  "elasticloadbalancing:DescribeRules",
                  "elasticloadbalancing:DescribeTags",
                  "elasticloadbalancing:DescribeTargetHealth",
                ],
                "*",
              ),
            ],
          },
        ]
      : [],
  values: ({ production, options, has, accountAnnotations }) => {
    const controller = controllerOf(production);
    return {
      installCRDs: true,
      // Removing the release must not remove every Rollout, and with it every pod, of every team.
      keepCRDs: true,
      serviceAccount: { name: account, annotations: accountAnnotations(account) },
      providerRBAC: { enabled: true, providers },
      controller: {
        replicas: controller.replicas ?? 1,
        awsVerifyTargetGroup: options.verifyTargetGroups,
        metrics: { enabled: true, serviceMonitor: { enabled: has("prometheus-operator-crds") } },
        pdb: { enabled: true, maxUnavailable: controller.maxUnavailable ?? 1 },
        ...podValues(controller),
      },
      dashboard: {
        enabled: options.dashboard,
        readonly: true,
        containerSecurityContext: confined,
        pdb: { enabled: options.dashboard, maxUnavailable: dashboard.maxUnavailable ?? 1 },
        ...podValues(dashboard),
      },
    };
  },
  alerts: () => alerts,
  choices: {
    keepCRDs: "definitions stay when the release goes: with them would go every Rollout and its pods",
    "providerRBAC.providers": "load balancer controller and Gateway API only; the others are rights over meshes that are not here",
    "controller.awsVerifyTargetGroup": "by option: it needs rights of the ELB API and calls it at each step",
    "dashboard.readonly": "the page has no login: whoever reaches it may look, and no more",
  },
  docs: {
    verify: [
      "kubectl -n argo-rollouts rollout status deployment/argo-rollouts",
      "kubectl get crd rollouts.argoproj.io",
      "kubectl argo rollouts dashboard   # the plug-in brings the page to your own machine",
    ],
    upgrade: "Change its line in environments/chart-versions.ts. The definitions are in the chart and move with it.",
    remove:
      "Turn Rollouts back into Deployments first (`workloadRef` with scale-down makes that gradual). Then take it out of `addons`: pods run on, but nothing updates them. The definitions stay.",
  },
});
