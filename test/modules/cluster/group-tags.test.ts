import { expect, test } from "@jest/globals";
import { groupTags } from "../../../modules/cluster/group-tags.ts";
import { subnetsOf } from "../../../modules/cluster/node-settings.ts";

const tags = groupTags({
  cluster: "mainline-dev",
  name: "mainline-dev-batch",
  labels: { workload: "batch" },
  taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }],
  tags: { owner: "platform" },
});

test("the autoscaler finds the group, and knows its labels and taints before there is a node", () => {
  expect(Object.fromEntries(tags.map(({ key, value }) => [key, value]))).toEqual({
    Name: "mainline-dev-batch",
    owner: "platform",
    "kubernetes.io/cluster/mainline-dev": "owned",
    "k8s.io/cluster-autoscaler/enabled": "true",
    "k8s.io/cluster-autoscaler/mainline-dev": "owned",
    "k8s.io/cluster-autoscaler/node-template/label/workload": "batch",
    "k8s.io/cluster-autoscaler/node-template/taint/dedicated": "batch:NoSchedule",
  });
});

test("only ownership is handed to instances; the rest they have from the launch template", () => {
  expect(tags.filter(({ propagateAtLaunch }) => propagateAtLaunch).map(({ key }) => key)).toEqual(["kubernetes.io/cluster/mainline-dev"]);
});

test("tags are in one order", () => {
  const keys = tags.map(({ key }) => key);
  expect(keys).toEqual([...keys].sort());
});

const group = {
  instances: ["m7i.large"],
  size: { min: 1, desired: 1, max: 1 },
  capacity: "on-demand" as const,
  diskGiB: 50,
  labels: {},
  taints: [],
  maxUnavailablePercent: 33,
};
const subnetIds = { "apne2-az1": "subnet-1", "apne2-az2": "subnet-2" };

test.each([
  [undefined, ["subnet-1", "subnet-2"]],
  [["apne2-az2"], ["subnet-2"]],
])("a group of zones %j starts in %j", (zones, subnets) => {
  expect(subnetsOf("general", { ...group, ...(zones && { zones }) }, { subnetIds })).toEqual(subnets);
});

test("a zone that the network lacks is named", () => {
  expect(() => subnetsOf("general", { ...group, zones: ["apne2-az4"] }, { subnetIds })).toThrow(
    "Node group general names zone apne2-az4, but the network has apne2-az1, apne2-az2.",
  );
});
