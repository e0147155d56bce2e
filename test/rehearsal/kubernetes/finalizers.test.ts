/** What keeps a namespace, by its conditions as Kubernetes 1.35 writes them. */
import { expect, test } from "@jest/globals";
import type { V1Namespace } from "@kubernetes/client-node";
import { isForeign, remainingKinds, silentVersions } from "../../../rehearsal/kubernetes/finalizers.ts";

const rest =
  "Some resources are remaining: rolebindings.rbac.authorization.k8s.io has 1 resource instances, serviceaccounts. has 2 resource instances";
const held = (finalizers: string) => `Some content in the namespace has finalizers remaining: ${finalizers}`;

function namespace(finalizers: string, { deleted = true, status = "True" } = {}): V1Namespace {
  const condition = (type: string, message: string) => ({ type, status, message, reason: "Some" });
  return {
    metadata: { name: "runners", ...(deleted && { deletionTimestamp: new Date(0) }) },
    status: {
      phase: "Terminating",
      conditions: [condition("NamespaceContentRemaining", rest), condition("NamespaceFinalizersRemaining", finalizers)],
    },
  };
}

const kinds = [
  { group: "rbac.authorization.k8s.io", plural: "rolebindings" },
  { group: "", plural: "serviceaccounts" },
];

test.each([
  ["a controller's finalizer", namespace(held("actions.github.com/cleanup-protection in 3 resource instances")), kinds],
  [
    "one of Kubernetes and one of a controller",
    namespace(held("kubernetes.io/pvc-protection in 1 resource instances, ingress.k8s.aws/resources in 1 resource instances")),
    kinds,
  ],
  ["only Kubernetes' own", namespace(held("kubernetes.io/pvc-protection in 1 resource instances")), []],
  ["a condition that no longer holds", namespace(held("a.b/c in 1 resource instances"), { status: "False" }), []],
  ["a namespace that stays", namespace(held("a.b/c in 1 resource instances"), { deleted: false }), []],
  ["no conditions yet", { metadata: { name: "runners", deletionTimestamp: new Date(0) } }, []],
])("%s", (_, given, expected) => expect(remainingKinds(given)).toEqual(expected));

test.each([
  ["ingress.k8s.aws/resources", true],
  ["actions.github.com/cleanup-protection", true],
  ["foregroundDeletion", false],
  ["kubernetes.io/pv-protection", false],
  ["batch.kubernetes.io/job-tracking", false],
  ["notkubernetes.io/x", true],
])("%s is a foreign controller's: %s", (finalizer, expected) => expect(isForeign(finalizer)).toBe(expected));

const silent =
  "Discovery failed for some groups, 2 failing: unable to retrieve the complete list of server APIs: custom.metrics.k8s.io/v1beta1: stale GroupVersion discovery: custom.metrics.k8s.io/v1beta1, metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1";

function emptied(changes: Readonly<Record<string, string>> = {}): V1Namespace {
  const states = {
    NamespaceDeletionDiscoveryFailure: "True",
    NamespaceDeletionContentFailure: "False",
    NamespaceContentRemaining: "False",
    NamespaceFinalizersRemaining: "False",
    ...changes,
  };
  const conditions = Object.entries(states).map(([type, status]) => ({ type, status, message: silent, reason: "Some" }));
  return { metadata: { name: "shop", deletionTimestamp: new Date(0) }, status: { phase: "Terminating", conditions } };
}

test.each([
  ["waits for APIs that do not answer", emptied(), ["custom.metrics.k8s.io/v1beta1", "metrics.k8s.io/v1beta1"]],
  ["still has something", emptied({ NamespaceContentRemaining: "True" }), []],
  ["could not be emptied", emptied({ NamespaceDeletionContentFailure: "True" }), []],
  ["is held by a finalizer", emptied({ NamespaceFinalizersRemaining: "True" }), []],
  ["waits for nothing", emptied({ NamespaceDeletionDiscoveryFailure: "False" }), []],
  ["stays", { ...emptied(), metadata: { name: "shop" } }, []],
])("a namespace that %s", (_, given, expected) => expect(silentVersions(given)).toEqual(expected));
