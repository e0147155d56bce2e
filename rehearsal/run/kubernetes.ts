/** What stands behind a rehearsed EKS cluster: a real Kubernetes API where its binaries are to be had, otherwise nothing, and said so. */
import { join } from "node:path";
import type { DataPlane } from "../eks/data-plane.ts";
import { detachedDataPlane } from "../eks/detached.ts";
import type { Upstream } from "../gateway/service.ts";
import type { CredentialLedger } from "../identity/credentials.ts";
import { findBinaries } from "../kubernetes/binaries.ts";
import { kubernetesPlane } from "../kubernetes/plane.ts";
import type { Variables } from "../terraform/child-environment.ts";

export interface PlaneSpec {
  readonly folder: string;
  readonly cache: string;
  /** For KWOK_* and PATH. */
  readonly user: Variables;
  readonly upstream: Upstream;
  readonly ledger: CredentialLedger;
  readonly log: (line: string) => void;
}

export interface ChosenPlane {
  readonly plane: DataPlane;
  /** For the report. */
  readonly description: string;
  /** Settles with the reason when a control plane ends unasked. */
  readonly failed: Promise<string>;
}

export async function choosePlane({ folder, cache, user, upstream, ledger, log }: PlaneSpec): Promise<ChosenPlane> {
  const binaries = await findBinaries(user);
  if (binaries.kind === "not-available") {
    return { plane: detachedDataPlane(), description: binaries.message, failed: new Promise(() => {}) };
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
  return { plane, description: plane.description, failed: plane.failed.then(({ message }) => message) };
}
