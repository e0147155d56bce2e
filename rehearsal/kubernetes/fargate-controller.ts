/** Plays the Fargate scheduler of a cluster: a machine per pod, gone with the pod. */
import type { V1Pod } from "@kubernetes/client-node";
import type { ClusterIdentity, FargateProfile } from "../eks/data-plane.ts";
import { type KubernetesApi, KubernetesError } from "./api.ts";
import { mutatingPolicyApi } from "./config.ts";
import { computeType, fargateNode, fargateScheduler, fargateSize, profileOf } from "./fargate.ts";
import { fargatePolicies, type PolicyObject } from "./fargate-policy.ts";
import { follow, type KubernetesObject } from "./follow.ts";
import { latest } from "./latest.ts";
import { addNode, removeNode } from "./node-controller.ts";
import { reportUnschedulable } from "./unschedulable.ts";

export interface FargateController {
  /** @throws KubernetesError */
  set(profiles: readonly FargateProfile[]): Promise<void>;
}

export interface FargateSpec {
  readonly api: KubernetesApi;
  readonly cluster: ClusterIdentity;
  readonly kubernetesVersion: string;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

export function startFargate({ api, cluster, kubernetesVersion, log, signal }: FargateSpec): FargateController {
  const policyApi = mutatingPolicyApi(kubernetesVersion);
  let profiles: readonly FargateProfile[] = [];
  let pods: { all(): readonly V1Pod[] } | undefined;
  let nodes: { all(): readonly KubernetesObject[] } | undefined;

  const reconcile = latest(async () => {
    const all = pods?.all() ?? [];
    const mine = all.filter((pod) => waiting(pod) && (pod.spec?.schedulerName === fargateScheduler || !policyApi));
    await Promise.all(mine.map(place));
    const used = new Set(all.filter((pod) => !over(pod)).map((pod) => pod.spec?.nodeName));
    const placed = new Set(mine.map((pod) => pod.metadata?.uid));
    const idle = (nodes?.all() ?? []).filter(({ metadata }) => {
      const annotations = (metadata as { annotations?: Record<string, string> } | undefined)?.annotations;
      return !used.has(metadata?.name) && !placed.has(annotations?.[podAnnotation]);
    });
    await Promise.all(idle.map(({ metadata }) => removeNode(api, metadata?.name ?? "")));
  });

  const place = async (pod: V1Pod): Promise<void> => {
    const profile = profileOf(pod, profiles);
    if (!profile) return;
    const size = fargateSize(pod);
    if (!size) {
      await reportUnschedulable(api, pod, "Pod requests more than the largest Fargate configuration (16 vCPU, 120 GiB) holds.");
      return;
    }
    const node = fargateNode(cluster, profile, pod, size, kubernetesVersion);
    node.metadata = { ...node.metadata, annotations: { ...node.metadata?.annotations, [podAnnotation]: pod.metadata?.uid ?? "" } };
    await addNode(api, node);
    await bind(api, pod, node.metadata?.name ?? "");
  };

  const changed = () => void reconcile().catch((error: Error) => signal.aborted || log(`Fargate in ${cluster.name}: ${error.message}`));
  return {
    set: async (wanted) => {
      // A cluster without profiles is watched for nothing.
      if (wanted.length === 0 && !pods) return;
      const before = policyApi ? fargatePolicies(profiles, policyApi) : [];
      profiles = wanted;
      if (policyApi) await alignPolicies(api, policyApi, before, fargatePolicies(wanted, policyApi));
      nodes ??= follow<KubernetesObject>(
        api,
        `/api/v1/nodes?labelSelector=${encodeURIComponent(`${computeType}=fargate`)}`,
        changed,
        signal,
      );
      pods ??= follow<V1Pod & KubernetesObject>(api, "/api/v1/pods", changed, signal);
      await reconcile();
    },
  };
}

/** The pod that a machine is for. */
const podAnnotation = "rehearsal.mainline.dev/pod";

function waiting(pod: V1Pod): boolean {
  return !pod.spec?.nodeName && !pod.metadata?.deletionTimestamp && pod.status?.phase === "Pending";
}

function over(pod: V1Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

async function bind(api: KubernetesApi, pod: V1Pod, node: string): Promise<void> {
  const { name, namespace } = pod.metadata ?? {};
  const body = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target: { apiVersion: "v1", kind: "Node", name: node } };
  await api.call({ method: "POST", path: `/api/v1/namespaces/${namespace}/pods/${name}/binding`, body }).catch(expected(404, 409));
}

async function alignPolicies(
  api: KubernetesApi,
  version: string,
  before: readonly PolicyObject[],
  after: readonly PolicyObject[],
): Promise<void> {
  const path = ({ collection, name }: PolicyObject) => `/apis/admissionregistration.k8s.io/${version}/${collection}/${name}`;
  const kept = new Set(after.map(path));
  await Promise.all([
    ...after.map((each) => api.call({ method: "PATCH", path: `${path(each)}?fieldManager=rehearsal&force=true`, body: each.body })),
    ...before.filter((each) => !kept.has(path(each))).map((each) => api.call({ method: "DELETE", path: path(each) }).catch(expected(404))),
  ]);
}

function expected(...statuses: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof KubernetesError && statuses.includes(error.status))) throw error;
  };
}
