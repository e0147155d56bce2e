/** Reloader: restarts workloads whose ConfigMaps or Secrets changed, so that a rotated secret is also used. */
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { podValues, type Workload } from "../workload.ts";

function controllerOf(production: boolean): Workload {
  return {
    name: "reloader-reloader",
    kind: "Deployment",
    // Leader election: the second stands by.
    replicas: production ? 2 : 1,
    milliCpu: 20,
    // It watches all ConfigMaps and Secrets of the cluster.
    memoryMiB: 64,
    memoryLimitMiB: 256,
    maxUnavailable: 1,
    labels: { app: "reloader-reloader", release: "reloader" },
    nodes: "system",
  };
}

/** Metrics: Reloader, README, "Monitoring". */
const alerts: readonly Alert[] = [
  {
    name: "ReloaderFailing",
    when: 'sum(increase(reloader_reload_executed_total{success="false"}[30m])) > 0',
    lasting: "0m",
    severity: "warning",
    summary: "A workload was not restarted after its ConfigMap or Secret changed: the log of Reloader names it",
  },
  {
    name: "ReloaderAbsent",
    when: 'absent(up{namespace="reloader"} == 1)',
    lasting: "30m",
    severity: "warning",
    summary: "Reloader is away: changed secrets are not used until workloads restart",
  },
];

export const reloader = addon({
  id: "reloader",
  purpose: "Restarts workloads whose ConfigMaps or Secrets changed",
  chart: "reloader",
  namespace: "reloader",
  after: ["prometheus-operator-crds"],
  wait: false,
  alerts: () => alerts,
  workloads: ({ production }) => [controllerOf(production)],
  values: ({ production, options, has }) => {
    const controller = controllerOf(production);
    return {
      reloader: {
        autoReloadAll: options.all,
        isArgoRollouts: options.rollouts,
        ignoreNamespaces: options.ignoredNamespaces.join(","),
        reloadStrategy: "annotations",
        syncAfterRestart: true,
        logFormat: "json",
        enableHA: (controller.replicas ?? 1) > 1,
        readOnlyRootFileSystem: true,
        deployment: {
          replicas: controller.replicas ?? 1,
          containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          ...podValues(controller),
        },
        podDisruptionBudget: { enabled: true, maxUnavailable: controller.maxUnavailable ?? 1 },
        // A ServiceMonitor is deprecated by the chart.
        podMonitor: { enabled: has("prometheus-operator-crds") },
      },
    };
  },
  choices: {
    "reloader.reloadStrategy": "`annotations`: Argo CD does not take the restart for a drift and undo it, as it would with variables",
    "reloader.syncAfterRestart": "what changed while it was away is not forgotten",
    "reloader.enableHA": "in production: leader election, one works",
    "reloader.ignoreNamespaces": "kube-system is EKS's",
  },
  docs: {
    verify: [
      "kubectl -n reloader rollout status deployment/reloader-reloader",
      "kubectl annotate deployment/<name> reloader.stakater.com/auto=true",
    ],
    upgrade: "Change its line in environments/chart-versions.ts. Nothing else has a version of its own.",
    remove: "Take it out of `addons`. Workloads keep running with what they read at their start.",
  },
});
