import { expect, test } from "@jest/globals";
import { podsPerNode } from "../../../modules/cluster/pods-per-node.ts";

test.each([
  // types, own pod subnets, pods
  [["m7i.large"], false, 110],
  [["m7i.4xlarge"], false, 110],
  [["m7i.8xlarge"], false, 250],
  [["m7i.metal-24xl"], false, 250],
  // The smallest type decides for the group.
  [["m7i.8xlarge", "m7i.xlarge"], false, 110],
  // 2 interfaces x 1 prefix x 16 + 2: the interfaces of very small types bind first.
  [["t3.micro"], false, 34],
  [["t3.micro"], true, 18],
  [["t3.small"], false, 110],
  [["t3.small"], true, 98],
  [["t4g.nano", "t4g.large"], false, 34],
  [["m7i.large"], true, 110],
])("a node of %j takes, own pod subnets %s, %i pods", (types, ownPodSubnets, pods) => {
  expect(podsPerNode(types, { ownPodSubnets })).toBe(pods);
});
