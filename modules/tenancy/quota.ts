/** What a namespace may take of the cluster, and what its containers get that state nothing. */
import type { V1ResourceQuotaSpec } from "@kubernetes/client-node";
import type { TeamConfig } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import { labelsOf } from "./names.ts";

type NamespaceConfig = TeamConfig["namespaces"][string];

/** A Service of type LoadBalancer has a node port per port; eight is more than most have. */
const portsPerLoadBalancer = 8;

/** CPU has no limit, as everywhere on this platform: throttling helps nobody. The request is what is bought and shared out. */
function hard({ cpu, memoryGiB, memoryLimitGiB = 2 * memoryGiB, ...quota }: NamespaceConfig["quota"]): V1ResourceQuotaSpec["hard"] {
  return {
    "requests.cpu": `${Math.round(cpu * 1000)}m`,
    "requests.memory": `${memoryGiB}Gi`,
    "limits.memory": `${memoryLimitGiB}Gi`,
    "requests.nvidia.com/gpu": `${quota.gpus}`,
    pods: `${quota.pods}`,
    "requests.storage": `${quota.storageGiB}Gi`,
    persistentvolumeclaims: `${quota.volumes}`,
    "count/ingresses.networking.k8s.io": `${quota.ingresses}`,
    "services.loadbalancers": `${quota.loadBalancers}`,
    // A port of every node is everybody's: only those that Kubernetes opens behind a load balancer.
    "services.nodeports": `${quota.loadBalancers * portsPerLoadBalancer}`,
  };
}

/** ResourceQuotas and the LimitRange of a namespace. */
export function quotaResources(team: string, namespace: string, config: NamespaceConfig, project: string): CustomResource[] {
  const { quota, container, maxVolumeGiB } = config;
  const metadata = (name: string) => ({ name, namespace, labels: labelsOf(team, project) });
  const share: V1ResourceQuotaSpec = { hard: hard(quota) };
  // These classes evict what add-ons and other teams run. Kubernetes lets any namespace name them unless a quota says otherwise
  // (Kubernetes documentation, "Resource Quotas", priority class scope).
  const priority: V1ResourceQuotaSpec = {
    hard: { pods: "0" },
    scopeSelector: {
      matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["system-cluster-critical", "system-node-critical"] }],
    },
  };
  const limits = {
    limits: [
      {
        type: "Container",
        defaultRequest: { cpu: `${container.cpuMilli}m`, memory: `${container.memoryMiB}Mi` },
        default: { memory: `${container.memoryLimitMiB}Mi` },
        max: { memory: `${container.maxMemoryMiB}Mi` },
      },
      { type: "PersistentVolumeClaim", max: { storage: `${maxVolumeGiB}Gi` } },
    ],
  };
  return [
    { apiVersion: "v1", kind: "ResourceQuota", metadata: metadata("team"), spec: share },
    { apiVersion: "v1", kind: "ResourceQuota", metadata: metadata("no-system-priority"), spec: priority },
    { apiVersion: "v1", kind: "LimitRange", metadata: metadata("team"), spec: limits },
  ];
}
