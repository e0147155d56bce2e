import { describe, expect, test } from "@jest/globals";
import { allocatableOf } from "../../../environments/allocatable.ts";
import type { NodesConfig } from "../../../environments/schema.ts";
import { capacityFindings } from "../../../modules/addons/capacity.ts";
import type { Workload } from "../../../modules/addons/workload.ts";
import { environmentOf, minimal } from "../../support/environment.ts";

function group(instances: string[], size: NodesConfig["size"], taints: NodesConfig["taints"] = []): NodesConfig {
  const { cluster } = environmentOf({ cluster: { ...minimal.cluster, nodes: { general: { instances, size, taints } } } });
  const { general } = cluster?.nodes ?? {};
  if (!general) throw new Error("no group");
  return general;
}

const size = { min: 1, desired: 2, max: 4 };
const pods = (replicas: number, milliCpu: number, memoryMiB: number, nodes: Workload["nodes"] = "any") => ({
  addon: "it",
  workload: { name: "pods", kind: "Deployment" as const, replicas, milliCpu, memoryMiB, nodes },
});

describe("capacityFindings", () => {
  // m7i.large: 1.93 CPU and 6.9 GiB for pods, of which agents of EKS take 0.19 and 0.2.
  test.each([
    ["little", [pods(2, 100, 128)], 0, 0],
    ["more than is there at first", [pods(4, 1000, 128)], 0, 1],
    ["more than can be there", [pods(20, 1000, 128)], 1, 0],
    ["one pod that no node has room for", [pods(1, 1800, 128)], 1, 0],
    ["memory counts as CPU does", [pods(5, 10, 6000)], 1, 0],
    ["agents take from every node", [pods(1, 1500, 128), pods(1, 500, 128, "every")], 1, 0],
    ["and of its memory, too", [pods(1, 10, 6400), pods(1, 10, 600, "every")], 1, 0],
    ["and leave the rest", [pods(1, 10, 6400), pods(1, 10, 100, "every")], 0, 0],
  ])("%s", (_, owned, errors, warnings) => {
    const found = capacityFindings(owned, { general: group(["m7i.large"], size) });
    expect({ errors: found.errors.length, warnings: found.warnings.length }).toEqual({ errors, warnings });
  });

  test("says what is requested, what is there and what to do", () => {
    const { warnings } = capacityFindings([pods(4, 1000, 128)], { general: group(["m7i.large"], size) });
    expect(warnings).toEqual([
      "requests of add-ons: 4.32 CPU and 1.1 GiB, with 0.19 CPU and 0.2 GiB more on each node; nodes offer 3.48 CPU and 13.1 GiB at first, 6.96 CPU and 26.2 GiB at most. Raise `size.desired`, or let an autoscaler add nodes.",
    ]);
  });

  test.each([
    ["tainted groups take no add-ons", { gpu: group(["m7i.24xlarge"], size, [{ key: "gpu", value: "", effect: "NoSchedule" }]) }],
    ["types that are not known are not judged", { odd: group(["u7i.112xlarge"], size) }],
    ["there are no groups", {}],
  ])("%s", (_, groups) => expect(capacityFindings([pods(50, 1000, 1000)], groups)).toMatchObject({ errors: [], warnings: [] }));
});

test.each([
  ["m7i.large", 1930, 7000],
  ["c7g.xlarge", 3920, 6600],
  ["r6i.2xlarge", 7910, 59600],
  ["t3.medium", 1930, 3100],
])("%s offers about %i millicores and %i MiB", (type, milliCpu, memoryMiB) => {
  const { milliCpu: cpu = 0, memoryMiB: memory = 0 } = allocatableOf(type) ?? {};
  expect(cpu).toBe(milliCpu);
  expect(Math.abs(memory - memoryMiB) / memoryMiB).toBeLessThan(0.02);
});
