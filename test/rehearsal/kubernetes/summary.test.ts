import { expect, test } from "@jest/globals";
import { capacityReport } from "../../../rehearsal/kubernetes/capacity.ts";
import { nodesOf } from "../../../rehearsal/kubernetes/nodes.ts";
import { capacitySummary } from "../../../rehearsal/kubernetes/summary.ts";
import { cluster, pool } from "./fixtures.ts";

test("says nodes, requests and what has no place", () => {
  const nodes = nodesOf(cluster, [pool], { prefixDelegation: true, kubernetesVersion: "1.35.4" }).map((node) => ({
    ...node,
    status: { ...node.status, conditions: [{ type: "Ready", status: "True" }] },
  }));
  const message = "0/3 nodes are available: 3 Insufficient memory.";
  const pod = (nodeName?: string) => ({
    metadata: { name: nodeName ? "small" : "large", namespace: "apps" },
    spec: { nodeName, containers: [{ name: "main", resources: { requests: { cpu: "1", memory: "2Gi" } } }] },
    status: nodeName ? { phase: "Running" } : { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", message }] },
  });
  expect(capacitySummary(capacityReport("dev", nodes, [pod(nodes[0]?.metadata?.name), pod()]))).toEqual([
    "dev: 3 of 3 nodes Ready; general 3 x m7i.large in ap-northeast-2a, ap-northeast-2b",
    "requested: 1.0 of 5.8 CPU (17 %), 2.0 of 20.2 GiB memory (10 %), 1 of 330 pods",
    "no place for 1 pod of apps/large (Pod): 0/3 nodes are available: 3 Insufficient memory.",
  ]);
});

test("a cluster without nodes has nothing to divide by", () => {
  expect(capacitySummary(capacityReport("dev", [], []))).toEqual([
    "dev: 0 of 0 nodes Ready",
    "requested: 0.0 of 0.0 CPU (-), 0.0 of 0.0 GiB memory (-), 0 of 0 pods",
  ]);
});

test("groups have the names that people gave them", () => {
  const nodes = nodesOf(cluster, [{ ...pool, name: "general-20261121132229168100000010" }], {
    prefixDelegation: true,
    kubernetesVersion: "1.35.4",
  });
  expect(capacitySummary(capacityReport("dev", nodes, []))[0]).toContain("; general 3 x m7i.large");
});
