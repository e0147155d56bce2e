/** What stands behind a rehearsed EKS cluster: a real Kubernetes API where its binaries are to be had, otherwise nothing, and said so. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { DataPlane } from "../eks/data-plane.ts";
import { detachedDataPlane } from "../eks/detached.ts";
import type { Upstream } from "../gateway/service.ts";
import type { CredentialLedger } from "../identity/credentials.ts";
import { whoIs } from "../identity/who-is.ts";
import { findBinaries } from "../kubernetes/binaries.ts";
import type { CapacityReport } from "../kubernetes/capacity.ts";
import type { OpenKubeconfig } from "../kubernetes/existing/kubeconfig.ts";
import { kubernetesPlane } from "../kubernetes/plane.ts";
import type { Variables } from "../terraform/child-environment.ts";

export interface PlaneSpec {
  readonly folder: string;
  readonly cache: string;
  /** For KWOK_* and PATH. */
  readonly user: Variables;
  readonly upstream: Upstream;
  readonly ledger: CredentialLedger;
  /** The user's own cluster, in place of a simulated one. */
  readonly existing: OpenKubeconfig | undefined;
  readonly log: (line: string) => void;
}

/** What stands behind the clusters, at one moment. */
export interface KubernetesView {
  /** Whether a Kubernetes API answers. */
  readonly answers: boolean;
  /** What does, or why nothing does. */
  readonly description: string;
  /** Every cluster that runs. */
  readonly clusters: readonly CapacityReport[];
  /** Objects whose finalizers the rehearsal took off, since their controllers do not run. */
  readonly released: readonly string[];
}

export interface ChosenPlane {
  readonly plane: DataPlane;
  /** Rejects where a cluster's API does not answer. */
  look(): Promise<KubernetesView>;
  /** Settles with the reason when a control plane ends unasked. */
  readonly failed: Promise<string>;
}

/** How often, a second apart, it is looked again. */
const looks = 5;

/** Looks again while pods have no place: one that waits for its volume, or for a node, has one a moment later. */
export async function settledView(look: () => Promise<KubernetesView>, signal: AbortSignal, ms = 1000): Promise<KubernetesView> {
  for (let number = 1; ; number += 1) {
    const view = await look();
    if (number === looks || view.clusters.every(({ pending }) => pending.length === 0)) return view;
    await wait(ms, undefined, { signal });
  }
}

export async function choosePlane({ folder, cache, user, upstream, ledger, existing, log }: PlaneSpec): Promise<ChosenPlane> {
  if (existing) return existingPlane(existing, upstream, ledger, log);
  const binaries = await findBinaries(user);
  if (binaries.kind === "not-available") {
    const nothing = { answers: false, description: binaries.message, clusters: [], released: [] };
    return { plane: detachedDataPlane(), look: async () => nothing, failed: new Promise(() => {}) };
  }
  const plane = await kubernetesPlane({
    binaries,
    folder: join(folder, "kubernetes"),
    cache: join(cache, "kwok"),
    upstream,
    ledger,
    // modules/cluster sets ENABLE_PREFIX_DELEGATION for every cluster.
    prefixDelegation: true,
    log,
    now: () => new Date(),
  });
  return {
    plane,
    look: async () => ({
      answers: true,
      description: plane.description,
      clusters: await Promise.all(plane.clusters().map((cluster) => plane.capacity(cluster))),
      released: plane.released(),
    }),
    failed: plane.failed.then(({ message }) => message),
  };
}

async function existingPlane(
  kubeconfig: OpenKubeconfig,
  upstream: Upstream,
  ledger: CredentialLedger,
  log: (line: string) => void,
): Promise<ChosenPlane> {
  // Only now: it loads @kubernetes/client-node, and makes certificates.
  const { existingClusterPlane } = await import("../kubernetes/existing/plane.ts");
  const authority = { ledger, now: () => new Date(), whoIs: whoIs(upstream, ledger) };
  const plane = existingClusterPlane({ kubeconfig, authority, log });
  return {
    plane,
    look: async () => ({ answers: true, description: plane.description, clusters: await plane.capacity(), released: [] }),
    failed: new Promise(() => {}),
  };
}
