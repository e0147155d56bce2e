/**
 * The user's own cluster behind the emulated EKS, in place of a simulated one: its API by a proxy that takes EKS tokens, its own nodes and
 * volumes. Made there and removed at the end: ClusterRoles and bindings named "rehearsal:...", which stand for access policies.
 */
import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { UserError } from "../../../environments/user-error.ts";
import type { AccessEntry, ClusterIdentity, ControlPlane, DataPlane } from "../../eks/data-plane.ts";
import { type Authority, authenticate } from "../../identity/authenticate.ts";
import { accessLabel } from "../access.ts";
import { type AccessController, startAccess } from "../access-controller.ts";
import { installKinds } from "../addon-kinds.ts";
import { apiOver, type KubernetesApi } from "../api.ts";
import { type CapacityReport, capacityReport } from "../capacity.ts";
import type { OpenKubeconfig } from "./kubeconfig.ts";
import { type RunningProxy, startProxy } from "./proxy.ts";

export interface ExistingPlaneOptions {
  readonly kubeconfig: OpenKubeconfig;
  readonly authority: Authority;
  /** One line each: refused tokens with the reason, what could not be removed. */
  readonly log: (line: string) => void;
}

export interface ExistingPlane extends DataPlane {
  /** Of the one cluster, if it was created. */
  capacity(): Promise<readonly CapacityReport[]>;
}

interface Running {
  readonly name: string;
  readonly proxy: RunningProxy;
  readonly access: AccessController;
  readonly stopping: AbortController;
}

const selector = `labelSelector=${encodeURIComponent(`${accessLabel.key}=${accessLabel.value}`)}`;
const cleanUp = `kubectl delete clusterroles,clusterrolebindings,rolebindings --all-namespaces --selector ${accessLabel.key}=${accessLabel.value}`;

/** Makes nothing in the cluster before `start`. */
export function existingClusterPlane({ kubeconfig, authority, log }: ExistingPlaneOptions): ExistingPlane {
  const { connection, context, version } = kubeconfig;
  const api = apiOver(connection);
  let entries: readonly AccessEntry[] = [];
  let mismatch = "";
  let current: { readonly name: string; readonly running: Promise<Running> } | undefined;

  const begin = async (name: string): Promise<Running> => {
    // A run that was killed left its own; they may be of another version.
    await removeRoles(api);
    const stopping = new AbortController();
    const access = await startAccess(api, log, stopping.signal);
    try {
      const proxy = await startProxy({
        connection,
        decide: (token) => authenticate(authority, { token, cluster: name, entries, clusters: [name] }),
        log: (line) => log(`token refused for cluster ${name}: ${line}`),
      });
      return { name, proxy, access, stopping };
    } catch (error) {
      stopping.abort();
      throw error;
    }
  };

  const end = async ({ proxy, access, stopping }: Running): Promise<void> => {
    await proxy.close();
    try {
      // Takes every binding away, and keeps the watch from making new ones.
      await access.set([]);
      stopping.abort();
      await removeRoles(api);
    } catch (error) {
      log(`roles named rehearsal:... are left in the cluster (${(error as Error).message}). To remove them: ${cleanUp}`);
    } finally {
      stopping.abort();
    }
  };

  const stop = async (name: string): Promise<void> => {
    if (current?.name !== name) return;
    const { running } = current;
    current = undefined;
    entries = [];
    await running.then(end).catch((error: Error) => log(`stopping ${name}: ${error.message}`));
  };

  return {
    get description() {
      return `your own cluster (context ${context}, ${connection.endpoint}), Kubernetes ${version}; nodes are the cluster's own${mismatch}`;
    },
    start: async ({ name, version: asked }: ClusterIdentity): Promise<ControlPlane> => {
      if (current && current.name !== name)
        throw new UserError(
          `With --kubeconfig there is one cluster, and "${current.name}" is it: "${name}" cannot have one. Rehearse without --kubeconfig.`,
        );
      mismatch = version.startsWith(`${asked}.`) ? "" : `; cluster ${name} asks for ${asked}`;
      const starting = current ?? { name, running: begin(name) };
      current = starting;
      const { proxy } = await starting.running.catch((error: unknown) => {
        if (current === starting) current = undefined;
        throw error;
      });
      return { endpoint: proxy.endpoint, certificateAuthority: Buffer.from(proxy.ca).toString("base64") };
    },
    stop,
    setAccess: async (name, wanted) => {
      if (current?.name !== name) throw new Error(`There is no control plane for a cluster "${name}".`);
      // Tokens are refused from here on, before the bindings go.
      entries = wanted;
      await (await current.running).access.set(wanted);
    },
    setNodes: async () => {},
    setFargate: async () => {},
    setAddons: async (_name, names) => installKinds(api, names),
    capacity: async () => {
      if (!current) return [];
      const [nodes, pods] = await Promise.all([
        api.call<{ items: V1Node[] }>({ method: "GET", path: "/api/v1/nodes" }),
        api.call<{ items: V1Pod[] }>({ method: "GET", path: "/api/v1/pods" }),
      ]);
      return [capacityReport(current.name, nodes.items, pods.items)];
    },
    close: async () => {
      if (current) await stop(current.name);
      api.close();
    },
  };
}

async function removeRoles(api: KubernetesApi): Promise<void> {
  await api.call({ method: "DELETE", path: `/apis/rbac.authorization.k8s.io/v1/clusterroles?${selector}` });
}
