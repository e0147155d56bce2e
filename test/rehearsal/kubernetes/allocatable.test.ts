import { expect, test } from "@jest/globals";
import { allocatable, maxPods } from "../../../rehearsal/kubernetes/allocatable.ts";
import { instanceType, instanceTypes } from "../../../rehearsal/kubernetes/instance-types.ts";

// As published at https://karpenter.sh/docs/reference/instance-types/ (v1.14), all for a root volume of 20 GiB.
test.each([
  ["m5.large", 1930, 6903, 29],
  ["m7i.large", 1930, 6903, 29],
  ["t3.small", 1930, 1418, 11],
  ["t3a.small", 1930, 1451, 8],
  ["t3.medium", 1930, 3246, 17],
  ["t4g.micro", 1930, 489, 4],
  ["c7g.medium", 940, 1392, 8],
  ["c5.9xlarge", 35840, 65269, 234],
  ["r6g.xlarge", 3920, 29258, 58],
  ["m5.24xlarge", 95690, 355262, 737],
])("%s offers what is published for it", (name, milliCpu, memoryMiB, pods) => {
  expect(allocatable(instanceType(name), 20, false)).toEqual({ milliCpu, memoryMiB, pods, ephemeralMiB: 17 * 1024 });
});

test.each([
  ["t3.nano", 34],
  ["t3.small", 110],
  ["m5.large", 110],
  ["c5a.8xlarge", 250],
  ["c7i.48xlarge", 250],
])("with prefix delegation %s takes %d pods", (name, pods) => {
  expect(maxPods(instanceType(name), true)).toBe(pods);
});

test("prefix delegation does not raise what is reserved", () => {
  const type = instanceType("m5.large");
  expect(allocatable(type, 50, true)).toEqual({ ...allocatable(type, 50, false), pods: 110 });
});

test("the table has no type without a size", () => {
  expect(
    [...instanceTypes.values()].filter(({ vcpu, memoryMiB, interfaces, addresses }) => vcpu * memoryMiB * interfaces * addresses === 0),
  ).toEqual([]);
  expect(instanceTypes.size).toBe(278);
});

test.each([
  ["m5.huge", /"m5\.huge" is not in rehearsal\/kubernetes\/instance-types\.ts.*Known of this family: m5\.large/],
  ["p5.48xlarge", /Known families: c5, c5a/],
])("an unknown type (%s) is an error that names the table", (name, message) => {
  expect(() => instanceType(name)).toThrow(message);
});
