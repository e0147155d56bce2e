/** One simulated cluster: its control plane and the controllers that play what AWS does to it. */
import type { V1Node, V1Pod } from "@kubernetes/client-node";
import type { AccessEntry, ClusterIdentity, FargateProfile, NodePool } from "../eks/data-plane.ts";
import { startAccess } from "./access-controller.ts";
import type { KubernetesApi } from "./api.ts";
import type { Binaries } from "./binaries.ts";
import { type CapacityReport, capacityReport } from "./capacity.ts";
import { type ComponentFailure, type RunningControlPlane, startControlPlane } from "./control-plane.ts";
import { startFargate } from "./fargate-controller.ts";
import { startFinalizers } from "./finalizer-controller.ts";
import { latest } from "./latest.ts";
import { alignNodes } from "./node-controller.ts";
import { nodesOf } from "./nodes.ts";
import { startVolumes } from "./volume-controller.ts";

export interface ClusterSpec {
  readonly identity: ClusterIdentity;
  readonly binaries: Binaries;
  /** Release that runs, for example "1.35.4". */
  readonly kubernetesVersion: string;
  readonly folder: string;
  readonly cache: string;
  readonly webhookUrl: string;
  readonly prefixDelegation: boolean;
  readonly log: (line: string) => void;
  /** What was let go in the place of a controller that does not run, one line each. */
  readonly released: (line: string) => void;
  failed(failure: ComponentFailure): void;
}

export interface SimulatedCluster {
  readonly controlPlane: RunningControlPlane;
  /** Who may present a token. */
  entries(): readonly AccessEntry[];
  setAccess(entries: readonly AccessEntry[]): Promise<void>;
  /** Settles when the nodes are Ready. */
  setNodes(pools: readonly NodePool[]): Promise<void>;
  setFargate(profiles: readonly FargateProfile[]): Promise<void>;
  capacity(): Promise<CapacityReport>;
  stop(): Promise<void>;
}

/** EKS has this class in every new cluster; since 1.30 it is not the default. */
const gp2 = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "gp2" },
  provisioner: "kubernetes.io/aws-ebs",
  parameters: { type: "gp2", fsType: "ext4" },
  reclaimPolicy: "Delete",
  volumeBindingMode: "WaitForFirstConsumer",
};

const readyMs = 30_000;

export async function startCluster(spec: ClusterSpec): Promise<SimulatedCluster> {
  const { identity, kubernetesVersion, log } = spec;
  const stopping = new AbortController();
  const failed = (failure: ComponentFailure) => {
    stopping.abort();
    spec.failed(failure);
  };
  const controlPlane = await startControlPlane({ ...spec, cluster: identity.name, failed });
  const { api } = controlPlane;
  const { signal } = stopping;
  const stop = async () => {
    stopping.abort();
    await controlPlane.stop();
  };
  try {
    const [access] = await Promise.all([
      startAccess(api, log, signal),
      api.call({ method: "POST", path: "/apis/storage.k8s.io/v1/storageclasses", body: gp2 }),
    ]);
    startVolumes(api, log, signal);
    startFinalizers(api, { log, released: spec.released, signal });
    const fargate = startFargate({ api, cluster: identity, kubernetesVersion, log, signal });
    let entries: readonly AccessEntry[] = [];
    let pools: readonly NodePool[] = [];
    const reconcileNodes = latest(async () => {
      const wanted = nodesOf(identity, pools, { prefixDelegation: spec.prefixDelegation, kubernetesVersion });
      await alignNodes(api, wanted);
      await nodesReady(api, wanted.length);
    });
    return {
      controlPlane,
      entries: () => entries,
      setAccess: async (wanted) => {
        // Tokens are refused from here on, before the bindings go.
        entries = wanted;
        await access.set(wanted);
      },
      setNodes: async (wanted) => {
        pools = wanted;
        await reconcileNodes();
      },
      setFargate: fargate.set,
      capacity: async () => {
        const [nodes, pods] = await Promise.all([
          api.call<{ items: V1Node[] }>({ method: "GET", path: "/api/v1/nodes" }),
          api.call<{ items: V1Pod[] }>({ method: "GET", path: "/api/v1/pods" }),
        ]);
        return capacityReport(identity.name, nodes.items, pods.items);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ready, and no longer kept from pods: the controller manager takes that taint away a moment later. */
function open({ spec, status }: V1Node): boolean {
  const ready = status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True");
  return (ready ?? false) && !spec?.taints?.some(({ key }) => key === "node.kubernetes.io/not-ready");
}

/** @throws Error where it never does */
async function nodesReady(api: KubernetesApi, expected: number): Promise<void> {
  const end = Date.now() + readyMs;
  for (;;) {
    const { items } = await api.call<{ items: V1Node[] }>({ method: "GET", path: "/api/v1/nodes" });
    const ready = items.filter(open).length;
    if (ready >= expected) return;
    if (Date.now() > end) throw new Error(`only ${ready} of ${expected} nodes became Ready within ${readyMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
