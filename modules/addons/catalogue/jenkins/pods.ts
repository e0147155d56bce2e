/** What Jenkins runs, and as whom. */
import { stringify } from "yaml";
import type { Values } from "../../addon.ts";
import { affinityOf, resourcesOf, spreadOf, tolerationsOf, undisturbed, type Workload } from "../../workload.ts";

export function controllerOf(production: boolean): Workload {
  return {
    name: "jenkins",
    kind: "StatefulSet",
    // Jenkins has one controller; running builds survive its restart, since Pipelines are resumed.
    replicas: 1,
    milliCpu: 500,
    memoryMiB: production ? 2048 : 1024,
    memoryLimitMiB: production ? 4096 : 2048,
    maxUnavailable: 1,
    nodes: "any",
  };
}

const sidecar: Workload = {
  name: "config-reload",
  kind: "StatefulSet",
  replicas: 1,
  milliCpu: 20,
  memoryMiB: 96,
  memoryLimitMiB: 192,
  nodes: "any",
};

/** One pod: the controller and what reloads its configuration. */
export function workloadsOf(production: boolean): readonly Workload[] {
  return [controllerOf(production), { ...sidecar, name: "jenkins (config-reload)" }];
}

const locked = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };

/** Below `controller`. */
export function controllerPod(production: boolean): Values {
  const workload = controllerOf(production);
  return {
    resources: withoutCpuLimit(workload),
    // Downloads plugins.
    initContainerResources: resourcesOf({ ...workload, milliCpu: 200, memoryMiB: 512, memoryLimitMiB: 1024 }),
    affinity: affinityOf(workload),
    tolerations: tolerationsOf(workload),
    topologySpreadConstraints: spreadOf(workload),
    podSecurityContextOverride: {
      // The user `jenkins` of the image.
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      runAsNonRoot: true,
      fsGroupChangePolicy: "OnRootMismatch",
      supplementalGroups: [1000],
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: { runAsUser: 1000, runAsGroup: 1000, ...locked },
    podDisruptionBudget: { enabled: true, maxUnavailable: String(workload.maxUnavailable ?? 1) },
    // Builds that run at its end have this long to save where they are.
    terminationGracePeriodSeconds: 120,
    sidecars: { configAutoReload: { enabled: true, resources: resourcesOf(sidecar), containerSecurityContext: locked } },
  };
}

/** null takes the chart's default away: CPU has no limit, since throttling helps nobody. */
function withoutCpuLimit(workload: Workload): Values {
  const { requests, limits } = resourcesOf(workload) as { requests: Values; limits: Values };
  return { requests, limits: { cpu: null, ...limits } };
}

/** What every agent's pod has, whatever its containers: no autoscaler in the middle of a build, no token of the cluster's API, no root on the node. */
export const agentPod = stringify({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { annotations: undisturbed },
  spec: { automountServiceAccountToken: false, securityContext: { fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } } },
});
