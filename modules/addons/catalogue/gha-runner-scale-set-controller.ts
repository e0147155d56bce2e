/** Actions Runner Controller: makes a pod per job of GitHub Actions, for the runner sets of the add-on gha-runner-scale-set. */
import { addon, type CustomResource } from "../addon.ts";
import { type Alert, podMonitor } from "../alert.ts";
import { podValues, type Workload } from "../workload.ts";

const account = "gha-runner-scale-set-controller";

function controllerOf(production: boolean): Workload {
  return {
    name: "gha-runner-scale-set-controller",
    kind: "Deployment",
    // The second one stands by (leader election): without any, running jobs go on and new ones wait.
    replicas: production ? 2 : 1,
    milliCpu: 50,
    memoryMiB: 128,
    memoryLimitMiB: 256,
    maxUnavailable: 1,
    labels: { "app.kubernetes.io/component": "controller-manager", "app.kubernetes.io/part-of": "gha-rs-controller" },
    nodes: "system",
  };
}

/** Metrics: GitHub, "Actions Runner Controller metrics"; those of listeners are of all sets. */
const alerts: readonly Alert[] = [
  {
    name: "RunnersFailing",
    when: "max by (name) (gha_controller_failed_ephemeral_runners) > 0",
    lasting: "15m",
    severity: "warning",
    summary:
      "Runners of {{ $labels.name }} failed to start five times and are not tried again: `kubectl -n github-runners describe ephemeralrunners`",
  },
  {
    name: "RunnerJobsWaiting",
    when: "max by (name) (gha_assigned_jobs) - max by (name) (gha_running_jobs) > 0",
    lasting: "30m",
    severity: "warning",
    summary: "Jobs for {{ $labels.name }} have waited for half an hour: no node has room, or `max` is reached",
  },
  {
    name: "RunnerControllerAbsent",
    when: 'absent(up{job="github-runner-controller/gha-runner-scale-set-controller"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "The controller of GitHub runners is away: no new job starts",
  },
];

/** The chart has none. Listeners are pods of the controller's namespace, one per set. */
function monitors(labels: Readonly<Record<string, string>>): readonly CustomResource[] {
  const listeners = { "app.kubernetes.io/component": "runner-scale-set-listener" };
  return [
    podMonitor("gha-runner-scale-set-controller", labels, "metrics"),
    podMonitor("gha-runner-scale-set-listeners", listeners, "metrics"),
  ];
}

export const ghaRunnerScaleSetController = addon({
  id: "gha-runner-scale-set-controller",
  purpose: "Makes a pod for each job of GitHub Actions; which jobs, the add-on gha-runner-scale-set says",
  chart: "gha-runner-scale-set-controller",
  // Runners and their jobs are elsewhere, where the controller's rights are not.
  namespace: "github-runner-controller",
  definitions: { kind: "vendored", folder: "crds-gha-runner-scale-set-controller" },
  // The runner set is an object of its definitions, which only a running controller serves.
  after: ["prometheus-operator-crds"],
  wait: true,
  alerts: () => alerts,
  workloads: ({ production }) => [controllerOf(production)],
  values: ({ production, has }) => {
    const controller = controllerOf(production);
    return {
      replicaCount: controller.replicas ?? 1,
      serviceAccount: { create: true, name: account },
      flags: {
        logLevel: "info",
        logFormat: "json",
        // Jobs that run are finished before runners of the new version start.
        updateStrategy: "eventual",
        healthProbeBindAddress: ":8081",
      },
      podSecurityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        fsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      // For controller and listeners; without it they have none.
      ...(has("prometheus-operator-crds") && {
        metrics: { controllerManagerAddr: ":8080", listenerAddr: ":8080", listenerEndpoint: "/metrics" },
      }),
      ...podValues(controller),
    };
  },
  resources: ({ production, has }) => {
    const { labels = {}, maxUnavailable = 1 } = controllerOf(production);
    return [
      {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: "gha-runner-scale-set-controller" },
        spec: { maxUnavailable, selector: { matchLabels: labels } },
      },
      ...(has("prometheus-operator-crds") ? monitors(labels) : []),
    ];
  },
  // Its probes and metrics are comments in values.yaml.
  freeValues: ["flags", "metrics"],
  choices: {
    replicaCount: "two in production, one of which works",
    "flags.updateStrategy": "`eventual`: an upgrade waits for running jobs instead of doubling the runners",
    "flags.healthProbeBindAddress": "probes, which the chart leaves out by default",
    definitions: "a release of their own, without descriptions: with them it would be larger than the Secret that Helm keeps it in",
  },
  docs: {
    verify: [
      "kubectl -n github-runner-controller get pods",
      "kubectl -n github-runner-controller logs deployment/gha-runner-scale-set-controller-gha-rs-controller | tail",
    ],
    upgrade:
      "Change its line and that of gha-runner-scale-set in environments/chart-versions.ts together: a controller ignores sets of another version. Then `npm run vendor-crds -- <unpacked chart> --without-descriptions`.",
    remove:
      "Take the add-on gha-runner-scale-set out first and apply, then this one: it removes the finalizers of its sets. The definitions stay.",
  },
});
