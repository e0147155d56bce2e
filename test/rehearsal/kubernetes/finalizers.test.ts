/** What keeps a namespace, by its conditions as Kubernetes 1.35 writes them. */
import { expect, test } from "@jest/globals";
import type { V1Namespace } from "@kubernetes/client-node";
import { isForeign, remainingKinds } from "../../../rehearsal/kubernetes/finalizers.ts";

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
