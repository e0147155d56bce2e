/** Makes the nodes of a cluster equal to its node pools: adds, relabels and removes Node objects; kwok marks them Ready. */
import type { V1Node, V1Taint } from "@kubernetes/client-node";
import { type KubernetesApi, KubernetesError } from "./api.ts";
import { managedLabel, ownLabelsAnnotation } from "./nodes.ts";

const nodesPath = "/api/v1/nodes";
const mergePatch = "application/merge-patch+json";

/** Nodes that no pool made (Fargate, other hands) are left alone. @throws KubernetesError */
export async function alignNodes(api: KubernetesApi, wanted: readonly V1Node[]): Promise<void> {
  const { items } = await api.call<{ items: V1Node[] }>({
    method: "GET",
    path: `${nodesPath}?labelSelector=${encodeURIComponent(`${managedLabel}=nodes`)}`,
  });
  const present = new Map(items.map((node) => [nameOf(node), node]));
  const names = new Set(wanted.map(nameOf));
  await Promise.all([
    ...wanted.map(async (node) => {
      const existing = present.get(nameOf(node));
      await (existing ? update(api, existing, node) : addNode(api, node));
    }),
    ...items.filter((node) => !names.has(nameOf(node))).map(async (node) => removeNode(api, nameOf(node))),
  ]);
}

export async function addNode(api: KubernetesApi, node: V1Node): Promise<void> {
  await api.call({ method: "POST", path: nodesPath, body: node }).catch((error: unknown) => {
    if (!(error instanceof KubernetesError && error.status === 409)) throw error;
  });
}

/** Removes a node as an instance goes: its pods first, so that their owners make new ones at once. */
export async function removeNode(api: KubernetesApi, name: string): Promise<void> {
  const gone = (error: unknown) => {
    if (!(error instanceof KubernetesError && error.status === 404)) throw error;
  };
  const cordon = { spec: { unschedulable: true } };
  await api.call({ method: "PATCH", path: `${nodesPath}/${name}`, body: cordon, contentType: mergePatch }).catch(gone);
  const pods = await api.call<{ items: { metadata: { name: string; namespace: string } }[] }>({
    method: "GET",
    path: `/api/v1/pods?fieldSelector=spec.nodeName%3D${name}`,
  });
  await Promise.all(
    pods.items.map(({ metadata }) =>
      api
        .call({ method: "DELETE", path: `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}?gracePeriodSeconds=0` })
        .catch(gone),
    ),
  );
  await api.call({ method: "DELETE", path: `${nodesPath}/${name}` }).catch(gone);
}

/** Labels and taints change on the living node, as EKS does it for a managed group; nothing else of a node can. */
async function update(api: KubernetesApi, existing: V1Node, wanted: V1Node): Promise<void> {
  const before = existing.metadata?.labels ?? {};
  const after = wanted.metadata?.labels ?? {};
  const owned = JSON.parse(existing.metadata?.annotations?.[ownLabelsAnnotation] ?? "[]") as string[];
  const gone = owned.filter((key) => !(key in after) && key in before);
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
  const taints = [...(wanted.spec?.taints ?? []), ...(existing.spec?.taints ?? []).filter(bySystem)];
  if (gone.length === 0 && changed.length === 0 && same(taints, existing.spec?.taints ?? [])) return;
  const labels = Object.fromEntries([...gone.map((key) => [key, null] as const), ...changed]);
  const body = { metadata: { labels, annotations: wanted.metadata?.annotations }, spec: { taints } };
  await api.call({ method: "PATCH", path: `${nodesPath}/${nameOf(wanted)}`, body, contentType: mergePatch });
}

/** Kubernetes' own: not-ready, unschedulable and the like. */
function bySystem({ key }: V1Taint): boolean {
  return key.startsWith("node.kubernetes.io/");
}

function same(one: readonly V1Taint[], other: readonly V1Taint[]): boolean {
  const text = (taints: readonly V1Taint[]) =>
    taints
      .map(({ key, value, effect }) => `${key}=${value ?? ""}:${effect}`)
      .sort()
      .join(",");
  return text(one) === text(other);
}

function nameOf(node: V1Node): string {
  return node.metadata?.name ?? "";
}
