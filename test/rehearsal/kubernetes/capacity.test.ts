import { expect, test } from "@jest/globals";
import type { V1Container, V1Pod } from "@kubernetes/client-node";
import { capacityReport } from "../../../rehearsal/kubernetes/capacity.ts";
import { nodesOf } from "../../../rehearsal/kubernetes/nodes.ts";
import { podRequests } from "../../../rehearsal/kubernetes/pod-requests.ts";
import { parseQuantity } from "../../../rehearsal/kubernetes/quantity.ts";
import { cluster, pool } from "./fixtures.ts";

test.each([
  ["1930m", 1.93],
  ["2", 2],
  ["6903Mi", 6903 * 2 ** 20],
  ["1Gi", 2 ** 30],
  ["1.5G", 1.5e9],
  ["1e3", 1000],
  ["100k", 1e5],
  [undefined, 0],
])("quantity %s is %d", (text, expected) => {
  expect(parseQuantity(text)).toBeCloseTo(expected);
});

test.each(["many", "1Xi", ""])("%j is no quantity", (text) => {
  expect(parseQuantity(text)).toBeNaN();
});

const container = (cpu: string, memory: string, fields: Partial<V1Container> = {}): V1Container => ({
  name: "c",
  resources: { requests: { cpu, memory } },
  ...fields,
});

test.each<[string, V1Pod["spec"], number, number]>([
  ["the sum of its containers", { containers: [container("100m", "64Mi"), container("1", "1Gi")] }, 1100, 1088],
  [
    "its largest init container",
    { containers: [container("100m", "64Mi")], initContainers: [container("2", "32Mi"), container("1", "32Mi")] },
    2000,
    64,
  ],
  [
    "its sidecars beside it",
    { containers: [container("1", "1Gi")], initContainers: [container("500m", "1Gi", { restartPolicy: "Always" })] },
    1500,
    2048,
  ],
  [
    "an init container beside earlier sidecars",
    { containers: [container("1", "0")], initContainers: [container("500m", "0", { restartPolicy: "Always" }), container("2", "0")] },
    2500,
    0,
  ],
  ["limits where nothing is requested", { containers: [{ name: "c", resources: { limits: { cpu: "1", memory: "2Gi" } } }] }, 1000, 2048],
  ["its overhead", { containers: [container("1", "1Gi")], overhead: { cpu: "250m", memory: "128Mi" } }, 1250, 1152],
  ["nothing", { containers: [{ name: "c" }] }, 0, 0],
])("a pod requests %s", (_, spec, milliCpu, memoryMiB) => {
  expect(podRequests({ spec })).toEqual({ milliCpu, memoryMiB, pods: 1 });
});

const nodes = nodesOf(
  cluster,
  [
    { ...pool, desired: 2 },
    { ...pool, name: "a", kind: "self-managed", instanceTypes: ["c7g.medium"], desired: 1 },
  ],
  {
    prefixDelegation: true,
    kubernetesVersion: "1.35.4",
  },
);
const [first] = nodes;

function podOf(workload: string, fields: { node?: string; phase?: string; reason?: string; gated?: boolean }): V1Pod {
  const refusal = {
    type: "PodScheduled",
    status: "False",
    reason: fields.gated ? "SchedulingGated" : "Unschedulable",
    message: fields.reason,
  };
  return {
    metadata: {
      name: `${workload}-abc-1`,
      namespace: "apps",
      labels: { "pod-template-hash": "abc" },
      ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: `${workload}-abc`, uid: "1" }],
    },
    spec: { nodeName: fields.node, containers: [container("500m", "1Gi")] },
    status: { phase: fields.phase ?? "Pending", conditions: fields.reason || fields.gated ? [refusal] : [] },
  };
}

test("adds up nodes by group, what pods request, and pods without a place by workload and reason", () => {
  const node = first?.metadata?.name ?? "";
  const report = capacityReport("dev", nodes, [
    podOf("web", { node, phase: "Running" }),
    podOf("done", { node, phase: "Succeeded" }),
    podOf("web", { reason: "0/3 nodes are available: 3 Insufficient cpu." }),
    podOf("web", { reason: "0/3 nodes are available: 3 Insufficient cpu." }),
    podOf("db", { reason: "pod has unbound immediate PersistentVolumeClaims." }),
    podOf("new", {}),
    podOf("gated", { gated: true }),
  ]);
  expect(report).toMatchObject({
    nodes: 3,
    ready: 0,
    runningPods: 1,
    requested: { milliCpu: 500, memoryMiB: 1024, pods: 1 },
    allocatable: { milliCpu: 1930 * 2 + 940, pods: 110 + 110 + 98 },
    groups: [
      {
        group: "general",
        nodes: 2,
        instanceTypes: ["m7i.large"],
        zones: ["ap-northeast-2a", "ap-northeast-2b"],
        requested: { milliCpu: 500 },
      },
      { group: "self-managed c7g.medium", nodes: 1, requested: { milliCpu: 0 } },
    ],
    pending: [
      { workload: "apps/db (Deployment)", pods: 1, reason: "pod has unbound immediate PersistentVolumeClaims." },
      { workload: "apps/web (Deployment)", pods: 2, reason: "0/3 nodes are available: 3 Insufficient cpu." },
    ],
  });
});
