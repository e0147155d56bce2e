/**
 * What Argo CD runs. In production what serves people and syncs has a second replica, and redis three with a proxy, as in upstream's HA
 * manifests. The controller and dex have one everywhere: a second controller is a shard, not a stand-by, and dex keeps its keys in memory.
 * Sizes of production: upstream's "High Availability" page names what grows (controller with applications, repo server with repositories).
 */
import type { Workload } from "../../workload.ts";

export interface ArgoWorkloads {
  readonly controller: Workload;
  readonly server: Workload;
  readonly repoServer: Workload;
  readonly applicationSet: Workload;
  readonly redis: Workload;
  /** Beside each redis: votes for the one that is written. */
  readonly sentinel: Workload;
  /** Only in front of several redis. */
  readonly proxy: Workload;
  readonly dex: Workload;
  readonly notifications: Workload;
}

export function argoWorkloads(production: boolean): ArgoWorkloads {
  /** Numbers of one pod: millicores, MiB, MiB at most; development then production. */
  const of = (name: string, replicas: number, development: Size, productive: Size, kind: Workload["kind"] = "Deployment"): Workload => {
    const [milliCpu, memoryMiB, memoryLimitMiB] = production ? productive : development;
    return {
      name: `argocd-${name}`,
      kind,
      replicas: production ? replicas : 1,
      milliCpu,
      memoryMiB,
      memoryLimitMiB,
      maxUnavailable: 1,
      labels: { "app.kubernetes.io/name": `argocd-${name}` },
      nodes: "system",
    };
  };
  return {
    controller: of("application-controller", 1, [100, 512, 1024], [500, 1024, 3072], "StatefulSet"),
    server: of("server", 2, [50, 128, 256], [100, 256, 512]),
    repoServer: of("repo-server", 2, [100, 256, 1024], [200, 512, 2048]),
    applicationSet: of("applicationset-controller", 2, [25, 128, 256], [50, 128, 512]),
    redis: { ...of("redis", 3, [25, 64, 256], [100, 256, 512]), ...(production && { kind: "StatefulSet", name: "argocd-redis-ha" }) },
    sentinel: of("redis-ha-sidecars", 3, [25, 64, 128], [25, 64, 128], "StatefulSet"),
    proxy: of("redis-ha-haproxy", 3, [50, 128, 256], [50, 128, 256]),
    dex: of("dex-server", 1, [10, 64, 128], [25, 64, 256]),
    notifications: of("notifications-controller", 1, [10, 64, 128], [25, 128, 256]),
  };
}

type Size = readonly [milliCpu: number, memoryMiB: number, memoryLimitMiB: number];

/** Those that run, for the sum against the nodes. */
export function runningWorkloads(
  all: ArgoWorkloads,
  production: boolean,
  chosen: { readonly dex: boolean; readonly notifications: boolean },
) {
  const { controller, server, repoServer, applicationSet, redis, sentinel, proxy, dex, notifications } = all;
  return [
    controller,
    server,
    repoServer,
    applicationSet,
    redis,
    // Each redis has two beside it: the sentinel, and one that mends a split brain.
    ...(production ? [{ ...sentinel, milliCpu: 2 * sentinel.milliCpu, memoryMiB: 2 * sentinel.memoryMiB }, proxy] : []),
    ...(chosen.dex ? [dex] : []),
    ...(chosen.notifications ? [notifications] : []),
  ];
}
