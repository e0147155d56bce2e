/** Values of Argo CD that say how its pods run: replicas, budgets, resources, spreading, monitors. The chart has one block per component. */
import type { Values } from "../../addon.ts";
import { podValues, resourcesOf, type Workload } from "../../workload.ts";
import type { ArgoWorkloads } from "./workloads.ts";

/** @param monitored whether the kinds of the Prometheus operator are there. */
export function argoPods(all: ArgoWorkloads, production: boolean, monitored: boolean): Values {
  const component = (workload: Workload): Values => ({
    pdb: { enabled: true, maxUnavailable: workload.maxUnavailable ?? 1 },
    ...podValues(workload),
  });
  const scaled = (workload: Workload): Values => ({ replicas: workload.replicas ?? 1, ...component(workload) });
  // Off in the chart: a component that hangs would stay, and one that is not ready would get requests.
  const probes: Values = { livenessProbe: { enabled: true }, readinessProbe: { enabled: true } };
  const metrics: Values = { enabled: true, serviceMonitor: { enabled: monitored } };
  return {
    // The names that Argo CD's documentation and command line assume.
    fullnameOverride: "argocd",
    controller: { ...scaled(all.controller), metrics },
    server: { ...scaled(all.server), metrics },
    repoServer: { ...scaled(all.repoServer), metrics },
    applicationSet: { ...scaled(all.applicationSet), ...probes, metrics },
    dex: { ...component(all.dex), ...probes, metrics },
    notifications: { ...component(all.notifications), ...probes, metrics },
    // A job before the first install, which makes the password of redis.
    redisSecretInit: { resources: resourcesOf(all.dex) },
    ...(production ? { "redis-ha": redisHa(all, monitored) } : { redis: { ...component(all.redis), ...probes } }),
  };
}

/** Three redis with sentinels behind three proxies. Hard anti-affinity, the chart's default, is what makes them survive a node: it needs three. */
function redisHa({ redis, sentinel, proxy }: ArgoWorkloads, monitored: boolean): Values {
  const budget = { maxUnavailable: 1 };
  return {
    enabled: true,
    replicas: redis.replicas ?? 3,
    redis: { resources: resourcesOf(redis) },
    sentinel: { resources: resourcesOf(sentinel) },
    init: { resources: resourcesOf(sentinel) },
    splitBrainDetection: { resources: resourcesOf(sentinel) },
    podDisruptionBudget: budget,
    topologySpreadConstraints: {
      enabled: true,
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
    },
    haproxy: {
      replicas: proxy.replicas ?? 3,
      resources: resourcesOf(proxy),
      init: { resources: resourcesOf(proxy) },
      podDisruptionBudget: budget,
      metrics: { enabled: true, serviceMonitor: { enabled: monitored } },
    },
  };
}
