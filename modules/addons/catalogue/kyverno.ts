/** Kyverno: rules about what may run, with a baseline that reports at first. */
import { addon, type Values } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { affinityOf, resourcesOf, spreadOf, tolerationsOf, type Workload } from "../workload.ts";
import { policies } from "./kyverno/policies.ts";

const controllers = ["admission", "background", "cleanup", "reports"] as const;
type Controller = (typeof controllers)[number];

function workloadOf(controller: Controller, production: boolean): Workload {
  const admission = controller === "admission";
  return {
    name: `kyverno-${controller}-controller`,
    kind: "Deployment",
    // Admission of every pod asks it; the other three only work off what has happened. Three, since leases of two tell no majority
    // (Kyverno, "High Availability").
    replicas: admission && production ? 3 : 1,
    milliCpu: admission ? 100 : 50,
    memoryMiB: 128,
    memoryLimitMiB: 384,
    maxUnavailable: 1,
    ...(admission && { priority: "system-cluster-critical" as const }),
    labels: { "app.kubernetes.io/component": `${controller}-controller`, "app.kubernetes.io/instance": "kyverno" },
    nodes: "system",
  };
}

const kept = { "helm.sh/resource-policy": "keep" };

export const kyverno = addon({
  id: "kyverno",
  purpose: "Rules about what may run in team namespaces: a baseline that reports, and refuses where it is told to",
  chart: "kyverno",
  namespace: "kyverno",
  after: ["prometheus-operator-crds"],
  kubernetes: { from: "1.25" },
  // Not waited for: Kubernetes makes its aggregated roles anew while Helm deletes them, and an uninstall that waits would never end.
  wait: false,
  takesOver: "Kubernetes may write its aggregated roles once more while they go, and a second install would be refused for them",
  alerts: () => alerts,
  workloads: ({ production }) => controllers.map((controller) => workloadOf(controller, production)),
  values: ({ production, has }) => {
    const monitored = has("prometheus-operator-crds");
    return {
      crds: { install: true, annotations: kept },
      "kyverno-api": { annotations: kept },
      features: { logging: { format: "json" } },
      config: { preserve: false },
      ...Object.fromEntries(
        controllers.map((controller) => [`${controller}Controller`, controllerValues(controller, production, monitored)]),
      ),
      test: { image: { tag: checker } },
      webhooksCleanup: { enabled: true, image: { tag: checker } },
    };
  },
  resources: ({ options }) => policies(options),
  choices: {
    "crds.annotations": "kept when the release goes: deleting a definition deletes all policies and reports",
    "admissionController.replicas": "three in production: API requests wait for it",
    "ValidatingPolicy/*": "audit unless `deny` names it; namespaces of add-ons and kube-* are spared; `failurePolicy: Ignore`",
    "webhooksCleanup.image.tag": "pinned: the chart's default follows `latest`",
    "config.preserve": "off: a config map that outlives its release is nobody's",
    "features.logging.format": "JSON, as the log shipper reads it",
  },
  docs: {
    verify: [
      "kubectl -n kyverno rollout status deployment/kyverno-admission-controller",
      "kubectl get validatingpolicies",
      "kubectl get policyreports --all-namespaces",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts; definitions come with the release. Helm's record of it is close to the 1 MiB of a Secret: keep `extraValues` small.",
    remove:
      "Take it out of `addons`. Policies go first, then a hook of the chart removes its webhooks. Definitions and reports stay until deleted by hand. Kubernetes may write its aggregated roles once more while they go; another install takes them over.",
  },
});

/** Image of the chart's hook jobs: the chart's own version. */
const checker = "v1.19.0";

function controllerValues(controller: Controller, production: boolean, monitored: boolean): Values {
  const workload = workloadOf(controller, production);
  const { nodeAffinity } = affinityOf(workload);
  const resources = resourcesOf(workload);
  return {
    replicas: workload.replicas ?? 1,
    ...(controller === "admission" ? { container: { resources }, initContainer: { resources: initResources } } : { resources }),
    podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: workload.maxUnavailable ?? 1 },
    topologySpreadConstraints: spreadOf(workload),
    tolerations: tolerationsOf(workload),
    ...(nodeAffinity !== undefined && { nodeAffinity }),
    // Said by the constraints.
    antiAffinity: { enabled: false },
    ...(workload.priority && { priorityClassName: workload.priority }),
    serviceMonitor: { enabled: monitored },
  };
}

const initResources = { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: null, memory: "256Mi" } };

const alerts: readonly Alert[] = [
  {
    name: "KyvernoAbsent",
    when: 'absent(up{namespace="kyverno",service="kyverno-svc-metrics"} == 1)',
    lasting: "10m",
    severity: "critical",
    summary: "No admission controller of Kyverno answers: rules that refuse let everything pass",
  },
];
