/** Keeps the RBAC objects of a cluster equal to its access entries, and follows new namespaces (an entry may name "team-*"). */
import type { AccessEntry } from "../eks/data-plane.ts";
import { accessLabel, bindingObject, bindingPath, clusterRoles, unknownPolicies, wantedBindings } from "./access.ts";
import { type KubernetesApi, KubernetesError } from "./api.ts";
import { follow, type KubernetesObject } from "./follow.ts";
import { latest } from "./latest.ts";

export interface AccessController {
  /** Settles when the API server enforces these entries. @throws KubernetesError */
  set(entries: readonly AccessEntry[]): Promise<void>;
}

export async function startAccess(api: KubernetesApi, log: (line: string) => void, signal: AbortSignal): Promise<AccessController> {
  await Promise.all(clusterRoles().map((role) => create(api, "/apis/rbac.authorization.k8s.io/v1/clusterroles", role)));
  let entries: readonly AccessEntry[] = [];
  const reconcile = latest(async () => {
    await align(
      api,
      entries,
      namespaces.all().flatMap(({ metadata }) => metadata?.name ?? []),
    );
  });
  const namespaces = follow<KubernetesObject>(
    api,
    "/api/v1/namespaces",
    () => void reconcile().catch((error: Error) => log(`access entries: ${error.message}`)),
    signal,
  );
  await namespaces.ready;
  return {
    set: async (wanted) => {
      entries = wanted;
      for (const policy of unknownPolicies(wanted)) log(`access policy ${policy} is not known to the rehearsal: it allows nothing here`);
      await reconcile();
    },
  };
}

async function align(api: KubernetesApi, entries: readonly AccessEntry[], namespaces: readonly string[]): Promise<void> {
  const selector = `?labelSelector=${encodeURIComponent(`${accessLabel.key}=${accessLabel.value}`)}`;
  const list = async (path: string) => (await api.call<{ items: KubernetesObject[] }>({ method: "GET", path: `${path}${selector}` })).items;
  const present = (await Promise.all([list(bindingPath(undefined)), list("/apis/rbac.authorization.k8s.io/v1/rolebindings")])).flat();
  const key = (name: string | undefined, namespace: string | undefined) => `${namespace ?? ""}/${name}`;
  const existing = new Set(present.map(({ metadata }) => key(metadata?.name, metadata?.namespace)));
  const bindings = wantedBindings(entries, namespaces);
  const wanted = new Set(bindings.map(({ name, namespace }) => key(name, namespace)));
  await Promise.all([
    ...bindings
      .filter(({ name, namespace }) => !existing.has(key(name, namespace)))
      .map((binding) => create(api, bindingPath(binding.namespace), bindingObject(binding))),
    ...present
      .filter(({ metadata }) => !wanted.has(key(metadata?.name, metadata?.namespace)))
      .map(({ metadata }) => remove(api, `${bindingPath(metadata?.namespace)}/${metadata?.name}`)),
  ]);
}

async function create(api: KubernetesApi, path: string, body: object): Promise<void> {
  // 409: it is there. 404, 403: its namespace is gone or going.
  await api.call({ method: "POST", path, body }).catch(unless(409, 404, 403));
}

async function remove(api: KubernetesApi, path: string): Promise<void> {
  await api.call({ method: "DELETE", path }).catch(unless(404));
}

function unless(...expected: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof KubernetesError && expected.includes(error.status))) throw error;
  };
}
