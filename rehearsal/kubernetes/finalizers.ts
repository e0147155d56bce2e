/**
 * Which finalizers keep a namespace that is being deleted. Kubernetes says it in the namespace's conditions, so nothing has to be searched.
 * Pure. Source: kubernetes, staging/src/k8s.io/api/core/v1 (NamespaceContentRemaining, NamespaceFinalizersRemaining) and
 * pkg/controller/namespace/deletion/status_condition_utils.go, for the form of their messages.
 */
import type { V1Namespace } from "@kubernetes/client-node";

/** A kind in a namespace, as the API's path names it. */
export interface Remaining {
  /** Empty: the core group. */
  readonly group: string;
  /** For example "rolebindings". */
  readonly plural: string;
}

/** Kinds of which something remains; none where nothing but Kubernetes' own controllers is waited for. */
export function remainingKinds({ metadata, status }: V1Namespace): Remaining[] {
  if (!metadata?.deletionTimestamp) return [];
  const message = (type: string) => status?.conditions?.find((each) => each.type === type && each.status === "True")?.message ?? "";
  if (!counted(message("NamespaceFinalizersRemaining")).some(isForeign)) return [];
  return counted(message("NamespaceContentRemaining")).map((kind) => {
    const [plural = "", ...group] = kind.split(".");
    return { plural, group: group.join(".") };
  });
}

/** Whether a controller that is a pod takes it off. Kubernetes' own have no domain, or one of its own. */
export function isForeign(finalizer: string): boolean {
  const [domain, name] = finalizer.split("/");
  return name !== undefined && domain !== undefined && !/(^|\.)kubernetes\.io$/.test(domain);
}

/** Names of "...: <name> in 3 resource instances, <name> has 1 resource instances". */
function counted(message: string): string[] {
  return [...message.matchAll(/(\S+) (?:in|has) \d+ resource instances/g)].map(([, name = ""]) => name);
}

/** What a namespace without any content still waits for: API versions that cannot be asked whether they have some. */
export function silentVersions({ metadata, status }: V1Namespace): string[] {
  if (!metadata?.deletionTimestamp) return [];
  const conditions = status?.conditions ?? [];
  const empty = ["NamespaceDeletionContentFailure", "NamespaceContentRemaining", "NamespaceFinalizersRemaining"].every((type) =>
    conditions.some((each) => each.type === type && each.status === "False"),
  );
  const message = conditions.find(({ type, status }) => type === "NamespaceDeletionDiscoveryFailure" && status === "True")?.message;
  if (!empty || message === undefined) return [];
  return [...new Set([...message.matchAll(/([a-z0-9.-]+\/v\w+):/g)].map(([, version = ""]) => version))];
}
