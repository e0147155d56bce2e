/**
 * Takes finalizers off what remains in a namespace that is being deleted, where a controller would that is only a simulated pod here (GitHub
 * Actions runners, for example). Without it the namespace would never go. Everything it lets go is told, since a controller that does not
 * do its part is not seen this way.
 */
import type { V1Namespace } from "@kubernetes/client-node";
import { type KubernetesApi, KubernetesError } from "./api.ts";
import { isForeign, type Remaining, remainingKinds, silentVersions } from "./finalizers.ts";
import { follow, type KubernetesObject } from "./follow.ts";
import { latest } from "./latest.ts";

interface Held extends KubernetesObject {
  readonly metadata?: KubernetesObject["metadata"] & { readonly finalizers?: readonly string[]; readonly deletionTimestamp?: string };
}

/** Runs until `signal` aborts. `released` gets one line per object, for the report. */
export function startFinalizers(
  api: KubernetesApi,
  { log, released, signal }: { log(line: string): void; released(line: string): void; readonly signal: AbortSignal },
): void {
  const changed = () => void reconcile().catch((error: Error) => signal.aborted || log(`finalizers: ${error.message}`));
  const namespaces = follow<V1Namespace & KubernetesObject>(api, "/api/v1/namespaces", changed, signal);

  const reconcile = latest(async () => {
    for (const namespace of namespaces.all()) {
      const name = namespace.metadata?.name ?? "";
      for (const kind of remainingKinds(namespace)) await release(name, kind);
      await letGo(name, silentVersions(namespace));
    }
  });

  const release = async (namespace: string, { group, plural }: Remaining): Promise<void> => {
    const path = `${await root(group)}/namespaces/${namespace}/${plural}`;
    const { items } = await api.call<{ items: readonly Held[] }>({ method: "GET", path }).catch(gone({ items: [] }));
    for (const { metadata } of items) {
      const foreign = metadata?.finalizers?.filter(isForeign) ?? [];
      if (!metadata?.deletionTimestamp || foreign.length === 0) continue;
      const body = { metadata: { finalizers: metadata.finalizers?.filter((each) => !isForeign(each)) } };
      const call = { method: "PATCH", path: `${path}/${metadata.name}`, body, contentType: "application/merge-patch+json" } as const;
      await api.call(call).catch(gone(undefined));
      const text = `${plural} ${namespace}/${metadata.name}: ${foreign.join(", ")}`;
      log(`finalizers: taken off ${text}`);
      released(text);
    }
  };

  /**
   * A namespace waits until every API says that nothing of it is there. An API that is served by a pod (metrics-server's) never answers here,
   * where it would in a cluster; where all silent ones are of that kind, the namespace is as empty as it can be known to be.
   */
  const letGo = async (namespace: string, versions: readonly string[]): Promise<void> => {
    const served = await Promise.all(versions.map(servedByPod));
    if (served.length === 0 || served.includes(false)) return;
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace }, spec: { finalizers: [] } };
    await api.call({ method: "PUT", path: `/api/v1/namespaces/${namespace}/finalize`, body }).catch(gone(undefined));
    log(`finalizers: namespace ${namespace} is empty and goes, although ${versions.join(", ")} cannot be asked`);
  };

  const servedByPod = async (groupVersion: string): Promise<boolean> => {
    const name = groupVersion.split("/").reverse().join(".");
    const path = `/apis/apiregistration.k8s.io/v1/apiservices/${name}`;
    const { spec } = await api.call<{ spec?: { service?: object } }>({ method: "GET", path }).catch(gone({ spec: undefined }));
    return spec?.service !== undefined;
  };

  const root = async (group: string): Promise<string> => {
    if (group === "") return "/api/v1";
    const { preferredVersion } = await api.call<{ preferredVersion: { version: string } }>({ method: "GET", path: `/apis/${group}` });
    return `/apis/${group}/${preferredVersion.version}`;
  };
}

/** What is gone by now needs no release. */
function gone<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (!(error instanceof KubernetesError && error.status === 404)) throw error;
    return instead;
  };
}
