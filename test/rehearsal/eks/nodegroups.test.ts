import {
  CreateAddonCommand,
  CreateNodegroupCommand,
  type CreateNodegroupCommandInput,
  DeleteNodegroupCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  ListAccessEntriesCommand,
  ListNodegroupsCommand,
  UpdateNodegroupConfigCommand,
  UpdateNodegroupVersionCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { role, type World, world } from "./world.ts";

const general: CreateNodegroupCommandInput = {
  clusterName: "demo",
  nodegroupName: "general",
  subnets: ["subnet-a", "subnet-b"],
  nodeRole: role("node"),
  instanceTypes: ["m7i.large"],
  labels: { tier: "general" },
  taints: [{ key: "dedicated", value: "x", effect: "NO_SCHEDULE" }],
  scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 4 },
};
const key = { clusterName: "demo", nodegroupName: "general" };

const create = ({ eks }: World, change: Partial<CreateNodegroupCommandInput> = {}) =>
  eks.send(new CreateNodegroupCommand({ ...general, ...change }));
const describe = async ({ eks }: World) => (await eks.send(new DescribeNodegroupCommand(key))).nodegroup;
const entries = async ({ eks }: World) => (await eks.send(new ListAccessEntriesCommand({ clusterName: "demo" }))).accessEntries;

/** With vpc-cni as EKS installs it by itself. */
async function active(): Promise<World> {
  const there = world();
  await there.cluster();
  return there;
}

test("a group is CREATING for a moment, then ACTIVE, with the defaults of EKS", async () => {
  const there = await active();
  const { nodegroup } = await create(there, { instanceTypes: undefined, scalingConfig: undefined });
  expect(nodegroup).toMatchObject({
    status: "CREATING",
    version: "1.34",
    releaseVersion: expect.stringMatching(/^1\.34\.\d+-\d{8}$/),
    amiType: "AL2023_x86_64_STANDARD",
    capacityType: "ON_DEMAND",
    instanceTypes: ["t3.medium"],
    diskSize: 20,
    updateConfig: { maxUnavailable: 1 },
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2 },
    resources: { autoScalingGroups: [{ name: expect.stringMatching(/^eks-general-/) }] },
  });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ status: "ACTIVE", health: { issues: [] } });
});

test("its nodes reach the data plane with zones, labels, taints and disk; its role gets an entry by itself", async () => {
  const there = await active();
  await create(there, { launchTemplate: { id: "lt-1" }, capacityType: "SPOT" });
  await there.time.advance(1_000);
  expect(there.told.nodes).toEqual([
    {
      name: "general",
      kind: "managed",
      instanceTypes: ["m7i.large"],
      desired: 2,
      zones: ["ap-northeast-2a", "ap-northeast-2b"],
      capacityType: "SPOT",
      labels: { tier: "general" },
      taints: [{ key: "dedicated", value: "x", effect: "NoSchedule" }],
      diskGiB: 80,
    },
  ]);
  expect(there.told.access).toMatchObject([{ principalArn: role("node"), type: "EC2_LINUX", groups: ["system:nodes"] }]);
  expect(await describe(there)).toMatchObject({ launchTemplate: { id: "lt-1", name: "name-of-lt-1", version: "1" } });
  expect(await describe(there)).not.toHaveProperty("diskSize");
});

test("the entry of a role goes with its last group", async () => {
  const there = await active();
  await create(there);
  await create(there, { nodegroupName: "spot" });
  await there.time.advance(1_000);
  await there.eks.send(new DeleteNodegroupCommand(key));
  expect(await describe(there)).toMatchObject({ status: "DELETING" });
  await there.time.advance(1_000);
  await expect(describe(there)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "No node group found for name: general.",
  });
  expect(await entries(there)).toEqual([role("node")]);
  await there.eks.send(new DeleteNodegroupCommand({ ...key, nodegroupName: "spot" }));
  await there.time.advance(1_000);
  expect(await entries(there)).toEqual([]);
  expect(there.told.nodes).toEqual([]);
});

test("without vpc-cni the nodes never become Ready: the group fails with the reason", async () => {
  const there = world();
  await there.cluster({ bootstrapSelfManagedAddons: false });
  await create(there);
  await there.time.advance(5_000);
  expect(await describe(there)).toMatchObject({ status: "CREATING" });
  await there.time.advance(20_000);
  expect(await describe(there)).toMatchObject({
    status: "CREATE_FAILED",
    health: { issues: [{ code: "NodeCreationFailure", message: expect.stringContaining("no vpc-cni add-on") }] },
  });
});

test("vpc-cni may come while the nodes wait", async () => {
  const there = world();
  await there.cluster({ bootstrapSelfManagedAddons: false });
  await create(there);
  await there.time.advance(3_000);
  await there.eks.send(new CreateAddonCommand({ clusterName: "demo", addonName: "vpc-cni" }));
  await there.time.advance(3_000);
  expect(await describe(there)).toMatchObject({ status: "ACTIVE" });
});

test("nodes that the data plane cannot make fail the group", async () => {
  const there = world({ setNodes: () => Promise.reject(new Error("unknown instance type m9z.tiny")) });
  await there.cluster();
  await create(there);
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({
    status: "CREATE_FAILED",
    health: { issues: [{ message: "Instances failed to join the kubernetes cluster: unknown instance type m9z.tiny" }] },
  });
});

test.each<[string, Partial<CreateNodegroupCommandInput>, string]>([
  ["sizes that contradict", { scalingConfig: { minSize: 1, desiredSize: 5, maxSize: 4 } }, "can't be greater than max size 4"],
  [
    "a desired size below the minimum",
    { scalingConfig: { minSize: 3, desiredSize: 2, maxSize: 4 } },
    "can't be greater than desired size 2",
  ],
  ["a newer version than the cluster's", { version: "1.35" }, "Nodegroup Kubernetes version 1.35 is not supported"],
  ["a version four minors behind", { version: "1.30" }, "Nodegroup Kubernetes version 1.30 is not supported"],
  ["a release of another minor", { releaseVersion: "1.35.8-20260930" }, "is not valid for kubernetes version 1.34"],
  ["an unknown subnet", { subnets: ["subnet-x"] }, "The subnet ID 'subnet-x' does not exist"],
  ["a subnet of another VPC", { subnets: ["subnet-other-vpc"] }, "Subnets must be in the cluster's VPC"],
  ["a role that EC2 cannot take", { nodeRole: role("cluster") }, "required service principals [ec2.amazonaws.com] were not found"],
  ["an unknown launch template", { launchTemplate: { id: "lt-x" } }, "Launch template lt-x"],
  [
    "a disk beside a launch template",
    { launchTemplate: { id: "lt-1" }, diskSize: 30 },
    "Disk size must be specified within the launch template.",
  ],
  ["a taint without effect", { taints: [{ key: "dedicated" }] }, "Taint dedicated"],
])("%s is refused", async (_what, change, message) => {
  const there = await active();
  await expect(create(there, change)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
  expect((await there.eks.send(new ListNodegroupsCommand({ clusterName: "demo" }))).nodegroups).toEqual([]);
});

test.each([
  ["an instance profile", "<iamInstanceProfile><name>p</name></iamInstanceProfile>", {}, "should not specify an instance profile"],
  ["an instance type beside the group's", "<instanceType>m7i.large</instanceType>", {}, "Instance type must be specified in only one"],
  ["an own image beside a version", "<imageId>ami-1</imageId>", { version: "1.34" }, "when using custom AMIs"],
])("a launch template with %s is refused", async (_what, data, change, message) => {
  const there = await active();
  there.aws.launchTemplates.set("lt-2", data);
  await expect(create(there, { ...change, launchTemplate: { id: "lt-2" } })).rejects.toThrow(message);
});

test("not on a cluster that is not active, and a name is taken once", async () => {
  const there = world();
  const creation = there.cluster();
  await creation;
  await create(there);
  await expect(create(there)).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: "NodeGroup already exists with name general and cluster name demo",
  });
  const failed = world({ start: () => Promise.reject(new Error("no")) });
  await failed.cluster();
  await expect(create(failed)).rejects.toMatchObject({ name: "InvalidRequestException", message: expect.stringContaining("it is FAILED") });
  await expect(create(world())).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("size, labels, taints and update settings change in place; the data plane follows", async () => {
  const there = await active();
  await create(there);
  await there.time.advance(1_000);
  const { update } = await there.eks.send(
    new UpdateNodegroupConfigCommand({
      ...key,
      scalingConfig: { desiredSize: 3 },
      labels: { addOrUpdateLabels: { team: "a" }, removeLabels: ["tier"] },
      taints: { removeTaints: [{ key: "dedicated", value: "x", effect: "NO_SCHEDULE" }] },
      updateConfig: { maxUnavailablePercentage: 50 },
    }),
  );
  expect(await describe(there)).toMatchObject({ status: "UPDATING", scalingConfig: { desiredSize: 2 } });
  const again = there.eks.send(new UpdateNodegroupConfigCommand({ ...key, scalingConfig: { desiredSize: 4 } }));
  await expect(again).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: expect.stringContaining(`${update?.id} in progress`),
  });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({
    status: "ACTIVE",
    scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 4 },
    labels: { team: "a" },
    taints: [],
    updateConfig: { maxUnavailablePercentage: 50 },
  });
  expect(there.told.nodes).toMatchObject([{ desired: 3, labels: { team: "a" }, taints: [] }]);
  const query = new DescribeUpdateCommand({ name: "demo", nodegroupName: "general", updateId: update?.id });
  expect((await there.eks.send(query)).update).toMatchObject({ status: "Successful", type: "ConfigUpdate" });
});

test("a group takes the launch template's new version, keeping its own version", async () => {
  const there = await active();
  await create(there, { launchTemplate: { id: "lt-1", version: "1" }, version: "1.33" });
  await there.time.advance(1_000);
  await there.eks.send(new UpdateNodegroupVersionCommand({ ...key, launchTemplate: { id: "lt-1", version: "2" } }));
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ version: "1.33", launchTemplate: { version: "2" } });
  const both = there.eks.send(new UpdateNodegroupVersionCommand({ ...key, launchTemplate: { id: "lt-1", name: "name-of-lt-1" } }));
  await expect(both).rejects.toThrow("Either provide launch template ID or launch template name in the request.");
});

test("a group follows the cluster's version when none is named, and never passes it", async () => {
  const there = await active();
  await create(there, { version: "1.33" });
  await there.time.advance(1_000);
  await expect(there.eks.send(new UpdateNodegroupVersionCommand({ ...key, version: "1.35" }))).rejects.toThrow("1.35 is not supported");
  await there.eks.send(new UpdateNodegroupVersionCommand(key));
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ version: "1.34", releaseVersion: expect.stringMatching(/^1\.34\./) });
});
