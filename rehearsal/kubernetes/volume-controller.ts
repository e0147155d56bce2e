/**
 * Plays the storage drivers of a cluster: makes volumes for claims (also those that wait for their first consumer: the real scheduler
 * chooses the node), says that volumes are attached, and deletes released ones.
 */
import type { V1Node, V1PersistentVolume, V1PersistentVolumeClaim, V1StorageClass, V1VolumeAttachment } from "@kubernetes/client-node";
import { type KubernetesApi, KubernetesError } from "./api.ts";
import { type Followed, follow, type KubernetesObject } from "./follow.ts";
import { latest } from "./latest.ts";
import { chosenNode, provision, provisionedBy } from "./volumes.ts";

const storage = "/apis/storage.k8s.io/v1";
const zoneLabel = "topology.kubernetes.io/zone";

/** Runs until `signal` aborts. */
export function startVolumes(api: KubernetesApi, log: (line: string) => void, signal: AbortSignal): void {
  const refused = new Set<string>();
  const changed = () => void reconcile().catch((error: Error) => signal.aborted || log(`volumes: ${error.message}`));
  const watch = <T>(path: string): Followed<T & KubernetesObject> => follow<T & KubernetesObject>(api, path, changed, signal);
  const claims = watch<V1PersistentVolumeClaim>("/api/v1/persistentvolumeclaims");
  const volumes = watch<V1PersistentVolume>("/api/v1/persistentvolumes");
  const classes = watch<V1StorageClass>(`${storage}/storageclasses`);
  const attachments = watch<V1VolumeAttachment>(`${storage}/volumeattachments`);

  const reconcile = latest(async () => {
    const pending = claims.all().filter(({ spec, status, metadata }) => {
      return status?.phase === "Pending" && !spec?.volumeName && !metadata?.deletionTimestamp;
    });
    await Promise.all([...pending.map(serve), ...volumes.all().filter(released).map(discard), ...attachments.all().map(attach)]);
  });

  const serve = async (claim: V1PersistentVolumeClaim): Promise<void> => {
    const storageClass = classes.all().find(({ metadata }) => metadata?.name === claim.spec?.storageClassName);
    if (!storageClass) return;
    const verdict = provision({ claim, storageClass, zone: await zoneFor(chosenNode(claim)) });
    if ("volume" in verdict)
      await api.call({ method: "POST", path: "/api/v1/persistentvolumes", body: verdict.volume }).catch(expected(409));
    const uid = claim.metadata?.uid ?? "";
    if (!("refused" in verdict) || refused.has(uid)) return;
    refused.add(uid);
    await tell(claim, verdict.refused);
  };

  const zoneFor = async (node: string | undefined): Promise<string | undefined> => {
    const path = node ? `/api/v1/nodes/${node}` : "/api/v1/nodes?limit=1";
    const answer = await api.call<V1Node & { items?: V1Node[] }>({ method: "GET", path }).catch(expected(404));
    return (node ? answer : answer?.items?.[0])?.metadata?.labels?.[zoneLabel];
  };

  /** As an event on the claim, where `kubectl describe` shows it. */
  const tell = async ({ metadata }: V1PersistentVolumeClaim, message: string): Promise<void> => {
    const { name, namespace, uid } = metadata ?? {};
    const now = new Date().toISOString();
    const body = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
      reason: "ProvisioningFailed",
      type: "Warning",
      message,
      source: { component: "rehearsal" },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    };
    log(`volumes: claim ${namespace}/${name}: ${message}`);
    await api.call({ method: "POST", path: `/api/v1/namespaces/${namespace}/events`, body }).catch(expected(404, 403));
  };

  const discard = async ({ metadata }: V1PersistentVolume): Promise<void> => {
    await api.call({ method: "DELETE", path: `/api/v1/persistentvolumes/${metadata?.name}` }).catch(expected(404));
  };

  /** Else the controller manager reports after two minutes that no volume could be attached. */
  const attach = async ({ metadata, status }: V1VolumeAttachment): Promise<void> => {
    if (status?.attached || metadata?.deletionTimestamp) return;
    const path = `${storage}/volumeattachments/${metadata?.name}/status`;
    const contentType = "application/merge-patch+json";
    await api.call({ method: "PATCH", path, body: { status: { attached: true } }, contentType }).catch(expected(404));
  };
}

function released({ metadata, spec, status }: V1PersistentVolume): boolean {
  const ours = metadata?.annotations?.[provisionedBy] !== undefined;
  return ours && status?.phase === "Released" && spec?.persistentVolumeReclaimPolicy === "Delete" && !metadata?.deletionTimestamp;
}

function expected(...statuses: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof KubernetesError && statuses.includes(error.status))) throw error;
    return undefined;
  };
}
