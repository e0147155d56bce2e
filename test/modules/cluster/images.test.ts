import { expect, test } from "@jest/globals";
import { amiType, imageOf, imageParameter } from "../../../modules/cluster/images.ts";

test.each([
  [["m7i.large"], "AL2023_x86_64_STANDARD"],
  [["m7i.xlarge", "m6i.xlarge", "m7a.xlarge"], "AL2023_x86_64_STANDARD"],
  [["m7g.large", "c7gn.large", "t4g.medium"], "AL2023_ARM_64_STANDARD"],
  [["a1.large"], "AL2023_ARM_64_STANDARD"],
  [["g6.xlarge", "g5.2xlarge"], "AL2023_x86_64_NVIDIA"],
  [["g5g.xlarge"], "AL2023_ARM_64_NVIDIA"],
  [["p5.48xlarge"], "AL2023_x86_64_NVIDIA"],
  [["inf2.xlarge"], "AL2023_x86_64_NEURON"],
  [["trn1.2xlarge"], "AL2023_x86_64_NEURON"],
])("%j start from %s", (types, type) => {
  expect(amiType(imageOf("general", types))).toBe(type);
});

test.each([
  [["m7i.large", "m7g.large"], "m7i.large needs AL2023_x86_64_STANDARD, m7g.large needs AL2023_ARM_64_STANDARD"],
  [["m7i.large", "g6.xlarge"], "m7i.large needs AL2023_x86_64_STANDARD, g6.xlarge needs AL2023_x86_64_NVIDIA"],
])("%j are refused in one group", (types, found) => {
  expect(() => imageOf("general", types)).toThrow(`Node group general mixes images: ${found}`);
});

test("a self-managed group reads the id of one release, never of the recommended one", () => {
  expect(imageParameter({ architecture: "arm64", variant: "standard" }, "1.35", "1.35.8-20260930")).toBe(
    "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/amazon-eks-node-al2023-arm64-standard-1.35-v20260930/image_id",
  );
});
