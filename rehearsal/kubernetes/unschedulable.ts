/** Says of a pod that it has no place, in the words and at the place that the scheduler uses, so that one report reads both. */
import type { V1Pod } from "@kubernetes/client-node";
import { type KubernetesApi, KubernetesError } from "./api.ts";

/** Sets the condition PodScheduled=False once. @throws KubernetesError, but not where the pod is gone */
export async function reportUnschedulable(api: KubernetesApi, pod: V1Pod, message: string): Promise<void> {
  const { name, namespace } = pod.metadata ?? {};
  if (pod.status?.conditions?.some((condition) => condition.type === "PodScheduled" && condition.message === message)) return;
  const lastTransitionTime = new Date().toISOString();
  const conditions = [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message, lastTransitionTime }];
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
  const contentType = "application/strategic-merge-patch+json";
  await api.call({ method: "PATCH", path, body: { status: { conditions } }, contentType }).catch((error: unknown) => {
    if (!(error instanceof KubernetesError && error.status === 404)) throw error;
  });
}
