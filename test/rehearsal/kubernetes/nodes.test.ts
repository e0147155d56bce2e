import { expect, test } from "@jest/globals";
import type { NodePool } from "../../../rehearsal/eks/data-plane.ts";
import { nodesOf } from "../../../rehearsal/kubernetes/nodes.ts";
import { cluster, pool } from "./fixtures.ts";

const settings = { prefixDelegation: false, kubernetesVersion: "1.35.4" };
const make = (...pools: NodePool[]) => nodesOf(cluster, pools, settings);
const names = (...pools: NodePool[]) => make(...pools).map(({ metadata }) => metadata?.name);

test("a node of a managed group looks as EKS makes it", () => {
  const [node] = make({ ...pool, taints: [{ key: "dedicated", value: "x", effect: "NoExecute" }] });
  const name = node?.metadata?.name ?? "";
  expect(name).toMatch(/^ip-10-\d+-\d+-\d+\.ap-northeast-2\.compute\.internal$/);
  expect(node).toMatchObject({
    metadata: {
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: {
        team: "platform",
        "eks.amazonaws.com/nodegroup": "general",
        "eks.amazonaws.com/capacityType": "ON_DEMAND",
        "node.kubernetes.io/instance-type": "m7i.large",
        "topology.kubernetes.io/zone": "ap-northeast-2a",
        "topology.kubernetes.io/region": "ap-northeast-2",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/os": "linux",
        "kubernetes.io/hostname": name,
      },
    },
    spec: {
      providerID: expect.stringMatching(/^aws:\/\/\/ap-northeast-2a\/i-0[0-9a-f]{16}$/),
      taints: [{ key: "dedicated", value: "x", effect: "NoExecute" }],
    },
    status: {
      capacity: { cpu: "2000m", memory: "7577Mi", "ephemeral-storage": "51200Mi", pods: "29" },
      allocatable: { cpu: "1930m", memory: "6903Mi", "ephemeral-storage": "45056Mi", pods: "29" },
      nodeInfo: { kubeletVersion: "v1.35.4", architecture: "amd64" },
    },
  });
});

test("nodes spread over the zones of their group", () => {
  const zones = make({ ...pool, desired: 5 }).map(({ metadata }) => metadata?.labels?.["topology.kubernetes.io/zone"]?.at(-1));
  expect(zones).toEqual(["a", "b", "a", "b", "a"]);
});

test("names are the same each time, differ from each other, and stay when the group grows", () => {
  expect(names(pool)).toEqual(names(pool));
  const many = names({ ...pool, desired: 300 });
  expect(new Set(many).size).toBe(300);
  expect(many.slice(0, 3)).toEqual(names(pool));
});

test.each<[string, Partial<NodePool>, boolean]>([
  ["another instance type", { instanceTypes: ["m7i.xlarge"] }, false],
  ["another disk", { diskGiB: 100 }, false],
  ["other labels", { labels: { team: "other" } }, true],
  ["other taints", { taints: [{ key: "a", value: "", effect: "NoSchedule" }] }, true],
])("%s: is it the same machine?", (_, change, same) => {
  expect(names({ ...pool, ...change })[0] === names(pool)[0]).toBe(same);
});

test("self-managed nodes have no labels of EKS", () => {
  const [node] = make({ ...pool, kind: "self-managed" });
  expect(Object.keys(node?.metadata?.labels ?? {}).filter((key) => key.startsWith("eks."))).toEqual([]);
});

test("a group of several types: on demand the first, Spot each in turn, and one number of pods, the smallest", () => {
  const types = ["m7i.xlarge", "m7i.large"];
  const of = (capacityType: NodePool["capacityType"]) =>
    make({ ...pool, instanceTypes: types, capacityType, desired: 2 }).map(({ metadata, status }) => [
      metadata?.labels?.["node.kubernetes.io/instance-type"],
      status?.allocatable?.pods,
    ]);
  expect(of("ON_DEMAND")).toEqual([
    ["m7i.xlarge", "29"],
    ["m7i.xlarge", "29"],
  ]);
  expect(of("SPOT")).toEqual([
    ["m7i.xlarge", "29"],
    ["m7i.large", "29"],
  ]);
});

test.each<[Partial<NodePool>, RegExp]>([
  [{ instanceTypes: ["x9.large"] }, /Node group "general": Instance type "x9\.large" is not in/],
  [{ zones: [] }, /Node group "general" has no zones/],
  [{ instanceTypes: [] }, /Node group "general" has no instance types/],
])("what cannot be simulated is said with the group's name: %j", (change, message) => {
  expect(() => make({ ...pool, ...change })).toThrow(message);
});
