/**
 * A real Kubernetes API behind each emulated EKS cluster, with simulated nodes (kwok). What it cannot show: limits.ts.
 */
import type { ClusterIdentity, DataPlane } from "../eks/data-plane.ts";
import type { Upstream } from "../gateway/service.ts";
import { authenticate } from "../identity/authenticate.ts";
import type { CredentialLedger } from "../identity/credentials.ts";
import { whoIs } from "../identity/who-is.ts";
import { installKinds } from "./addon-kinds.ts";
import type { Binaries } from "./binaries.ts";
import type { CapacityReport } from "./capacity.ts";
import { type SimulatedCluster, startCluster } from "./cluster.ts";
import type { ComponentFailure } from "./control-plane.ts";
import { startTokenWebhook } from "./webhook.ts";

export interface KubernetesPlaneOptions {
  readonly binaries: Binaries;
  /** The run's own folder; each control plane has one within and takes it along. */
  readonly folder: string;
  /** Where kwokctl keeps what it downloads; shared by runs. */
  readonly cache: string;
  /** For asking the emulated STS who a caller is. */
  readonly upstream: Upstream;
  /** Filled by `observeCredentials`; see rehearsal/identity/credentials.ts. */
  readonly ledger: CredentialLedger;
  /** True where vpc-cni hands out prefixes, which decides how many pods a node takes. */
  readonly prefixDelegation: boolean;
  /** One line each: refused tokens with the reason, what could not be simulated. */
  readonly log: (line: string) => void;
  readonly now: () => Date;
}

export interface KubernetesPlane extends DataPlane {
  /** Grows when a cluster asks for a Kubernetes minor that it does not run, so read it at the end of a run. */
  readonly description: string;
  /** Settles, never rejects, when a component of any control plane ends unasked; that control plane has been cleared away by then. */
  readonly failed: Promise<ComponentFailure>;
  /** @throws Error where there is no such cluster */
  capacity(cluster: string): Promise<CapacityReport>;
  /** Names of the clusters that run. */
  clusters(): readonly string[];
  /** Objects of all clusters, also of stopped ones, whose finalizers no controller took off; see finalizer-controller.ts. */
  released(): readonly string[];
  /** The running parts of a cluster, for checks against the live API as its administrator. @throws Error where there is no such cluster */
  cluster(name: string): Promise<SimulatedCluster>;
}

export async function kubernetesPlane(options: KubernetesPlaneOptions): Promise<KubernetesPlane> {
  const { binaries, ledger, log, now } = options;
  const clusters = new Map<string, Promise<SimulatedCluster>>();
  const running = new Map<string, SimulatedCluster>();
  const failures = new Map<string, ComponentFailure>();
  const released: string[] = [];
  /** Kubernetes that each cluster runs; a new minor needs a new cluster. */
  const versions = new Map<string, string>();
  const mismatches = new Map<string, string>();
  const authority = { ledger, now, whoIs: whoIs(options.upstream, ledger) };
  let report: (failure: ComponentFailure) => void = () => {};
  const failed = new Promise<ComponentFailure>((resolve) => {
    report = resolve;
  });

  const webhook = await startTokenWebhook({
    log,
    decide: async (cluster, token) =>
      authenticate(authority, { token, cluster, entries: running.get(cluster)?.entries() ?? [], clusters: [...running.keys()] }),
  });

  const compareVersions = ({ name, version }: ClusterIdentity) => {
    const runs = versions.get(name) ?? binaries.kubernetesVersion ?? `${version}.0`;
    versions.set(name, runs);
    mismatches.delete(name);
    if (runs.startsWith(`${version}.`)) return;
    mismatches.set(name, `cluster ${name} asks for ${version} and runs ${runs}`);
    log(mismatches.get(name) ?? "");
  };

  const begin = async (identity: ClusterIdentity): Promise<SimulatedCluster> => {
    const kubernetesVersion = versions.get(identity.name) ?? "";
    const failure = (event: ComponentFailure) => {
      failures.set(event.cluster, event);
      log(event.message.replaceAll("\n", " | "));
      report(event);
    };
    const webhookUrl = webhook.url(identity.name);
    const letGo = (line: string) => void released.push(`${identity.name}: ${line}`);
    const cluster = await startCluster({ ...options, identity, kubernetesVersion, webhookUrl, released: letGo, failed: failure });
    running.set(identity.name, cluster);
    return cluster;
  };

  const find = async (name: string): Promise<SimulatedCluster> => {
    const failure = failures.get(name);
    if (failure) throw new Error(failure.message);
    const cluster = clusters.get(name);
    if (!cluster) throw new Error(`There is no control plane for a cluster "${name}": it was not started, or is stopped.`);
    return cluster;
  };

  const stop = async (name: string): Promise<void> => {
    const cluster = clusters.get(name);
    clusters.delete(name);
    running.delete(name);
    failures.delete(name);
    mismatches.delete(name);
    versions.delete(name);
    // What did not come up has cleared itself away.
    await cluster?.then((each) => each.stop()).catch((error: Error) => log(`stopping ${name}: ${error.message}`));
  };

  return {
    get description() {
      const version = binaries.kubernetesVersion ? `Kubernetes ${binaries.kubernetesVersion}` : "Kubernetes of each cluster's minor";
      return [`${binaries.engine}, ${version}`, ...mismatches.values()].join("; ");
    },
    start: async (identity) => {
      compareVersions(identity);
      const cluster = clusters.get(identity.name) ?? begin(identity);
      clusters.set(identity.name, cluster);
      cluster.catch(() => clusters.delete(identity.name));
      const { controlPlane } = await cluster;
      return { endpoint: controlPlane.endpoint, certificateAuthority: Buffer.from(controlPlane.ca).toString("base64") };
    },
    stop,
    setAccess: async (name, entries) => (await find(name)).setAccess(entries),
    setNodes: async (name, pools) => (await find(name)).setNodes(pools),
    setFargate: async (name, profiles) => (await find(name)).setFargate(profiles),
    setAddons: async (name, names) => installKinds((await find(name)).controlPlane.api, names),
    capacity: async (name) => (await find(name)).capacity(),
    clusters: () => [...running.keys()],
    released: () => [...released],
    cluster: find,
    failed,
    close: async () => {
      await Promise.all([...clusters.keys()].map(stop));
      await webhook.close();
    },
  };
}
