import {
  CreateAddonCommand,
  type CreateAddonCommandInput,
  CreateNodegroupCommand,
  CreatePodIdentityAssociationCommand,
  DeleteAddonCommand,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribePodIdentityAssociationCommand,
  DescribeUpdateCommand,
  ListAddonsCommand,
  ListPodIdentityAssociationsCommand,
  UpdateAddonCommand,
  UpdatePodIdentityAssociationCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { role, type World, world } from "./world.ts";

const create = ({ eks }: World, change: Partial<CreateAddonCommandInput> = {}) =>
  eks.send(new CreateAddonCommand({ clusterName: "demo", addonName: "vpc-cni", ...change }));
const describe = async ({ eks }: World, addonName = "vpc-cni") =>
  (await eks.send(new DescribeAddonCommand({ clusterName: "demo", addonName }))).addon;
const associations = async ({ eks }: World) =>
  (await eks.send(new ListPodIdentityAssociationsCommand({ clusterName: "demo" }))).associations;
const node = { clusterName: "demo", nodegroupName: "general", subnets: ["subnet-a"], nodeRole: role("node") };

async function active(): Promise<World> {
  const there = world();
  await there.cluster();
  return there;
}

test("an add-on of a DaemonSet becomes ACTIVE without nodes, and is deleted", async () => {
  const there = await active();
  const { addon } = await create(there, { addonVersion: "v1.20.0-eksbuild.1", configurationValues: '{"env":{"A":"b"}}' });
  expect(addon).toMatchObject({ status: "CREATING", addonVersion: "v1.20.0-eksbuild.1", configurationValues: '{"env":{"A":"b"}}' });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ status: "ACTIVE", namespaceConfig: { namespace: "kube-system" } });
  await there.eks.send(new DeleteAddonCommand({ clusterName: "demo", addonName: "vpc-cni" }));
  expect(await describe(there)).toMatchObject({ status: "DELETING" });
  await there.time.advance(1_000);
  expect((await there.eks.send(new ListAddonsCommand({ clusterName: "demo" }))).addons).toEqual([]);
  await expect(describe(there)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "No addon: vpc-cni found in cluster: demo",
  });
});

test("the data plane is told which add-ons there are", async () => {
  const there = await active();
  await create(there);
  await create(there, { addonName: "snapshot-controller" });
  await there.time.advance(1_000);
  expect(there.told.addons).toEqual(["vpc-cni", "snapshot-controller"]);
});

test("an add-on that the data plane cannot take fails, with the reason in the log", async () => {
  const there = world({
    setAddons: async () => {
      throw new Error("no answer");
    },
  });
  await there.cluster();
  await create(there);
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ status: "CREATE_FAILED" });
});

test("an add-on of pods is DEGRADED until there is a node", async () => {
  const there = await active();
  await create(there, { addonName: "coredns" });
  await there.time.advance(2_000);
  expect(await describe(there, "coredns")).toMatchObject({
    status: "DEGRADED",
    health: { issues: [{ code: "InsufficientNumberOfReplicas" }] },
  });
  await there.eks.send(new CreateNodegroupCommand(node));
  await there.time.advance(3_000);
  expect(await describe(there, "coredns")).toMatchObject({ status: "ACTIVE", health: { issues: [] } });
});

test("it fails where no node comes", async () => {
  const there = await active();
  await create(there, { addonName: "coredns" });
  await there.time.advance(12_000);
  expect(await describe(there, "coredns")).toMatchObject({
    status: "CREATE_FAILED",
    health: { issues: [{ code: "InsufficientNumberOfReplicas" }] },
  });
});

test("a deleted add-on that waited for nodes does not come back", async () => {
  const there = await active();
  await create(there, { addonName: "coredns" });
  await there.time.advance(2_000);
  await there.eks.send(new DeleteAddonCommand({ clusterName: "demo", addonName: "coredns" }));
  await there.time.advance(12_000);
  await expect(describe(there, "coredns")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("updates of add-ons do not wait for each other", async () => {
  const there = await active();
  await create(there);
  await create(there, { addonName: "kube-proxy" });
  await there.time.advance(1_000);
  for (const [addonName, addonVersion] of [
    ["vpc-cni", "v1.21.0-eksbuild.1"],
    ["kube-proxy", "v1.34.1-eksbuild.1"],
  ]) {
    const { update } = await there.eks.send(new UpdateAddonCommand({ clusterName: "demo", addonName, addonVersion }));
    expect(update).toMatchObject({ status: "InProgress" });
  }
  const again = there.eks.send(new UpdateAddonCommand({ clusterName: "demo", addonName: "vpc-cni", configurationValues: "{}" }));
  await expect(again).rejects.toMatchObject({ name: "ResourceInUseException", addonName: "vpc-cni" });
});

test.each<[string, Partial<CreateAddonCommandInput>, string]>([
  ["an unknown add-on", { addonName: "vpc-cnl" }, "Addon vpc-cnl specified is not supported"],
  ["a malformed version", { addonVersion: "1.20" }, "Addon version specified is not supported"],
  [
    "kube-proxy newer than the cluster",
    { addonName: "kube-proxy", addonVersion: "v1.35.3-eksbuild.1" },
    "Addon version specified is not supported",
  ],
  ["configuration that is no object", { configurationValues: "[1]" }, "ConfigurationValue provided in request is not supported"],
  ["configuration that cannot be read", { configurationValues: '{"a":' }, "ConfigurationValue provided in request is not supported"],
  ["a role that is none", { serviceAccountRoleArn: "arn:aws:iam::111122223333:user/x" }, "is not the ARN of an IAM role"],
  [
    "a service account that the add-on has not",
    { podIdentityAssociations: [{ serviceAccount: "default", roleArn: role("pods") }] },
    "Service account default in pod identity configuration is not supported for addon vpc-cni",
  ],
  [
    "pod identity for an add-on that has none",
    { addonName: "coredns", podIdentityAssociations: [{ serviceAccount: "coredns", roleArn: role("pods") }] },
    "Pod Identity feature is not supported for addon: coredns",
  ],
  [
    "a role that pods cannot take",
    { podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role("pods-untagged") }] },
    "must allow pods.eks.amazonaws.com to call sts:AssumeRole and sts:TagSession",
  ],
])("%s is refused", async (_what, change, message) => {
  const there = await active();
  await expect(create(there, change)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
  expect((await there.eks.send(new ListAddonsCommand({ clusterName: "demo" }))).addons).toEqual([]);
});

test("an add-on exists once", async () => {
  const there = await active();
  await create(there);
  await expect(create(there)).rejects.toMatchObject({ name: "ResourceInUseException", message: "Addon already exists." });
});

test("an update changes version and configuration when it is successful; an empty configuration takes it away", async () => {
  const there = await active();
  await create(there, { addonVersion: "v1.20.0-eksbuild.1", configurationValues: "{}" });
  const change = { clusterName: "demo", addonName: "vpc-cni", addonVersion: "v1.21.0-eksbuild.1", configurationValues: "" };
  await expect(there.eks.send(new UpdateAddonCommand(change))).rejects.toMatchObject({ name: "ResourceInUseException" });
  await there.time.advance(1_000);
  const { update } = await there.eks.send(new UpdateAddonCommand(change));
  expect(await describe(there)).toMatchObject({ status: "UPDATING", addonVersion: "v1.20.0-eksbuild.1" });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ status: "ACTIVE", addonVersion: "v1.21.0-eksbuild.1" });
  expect(await describe(there)).not.toHaveProperty("configurationValues");
  const query = new DescribeUpdateCommand({ name: "demo", addonName: "vpc-cni", updateId: update?.id });
  expect((await there.eks.send(query)).update).toMatchObject({ status: "Successful", type: "AddonUpdate" });
});

test("an add-on owns its pod identity associations: made, replaced and deleted with it", async () => {
  const there = await active();
  const identity = [{ serviceAccount: "aws-node", roleArn: role("pods") }];
  await create(there, { podIdentityAssociations: identity });
  await there.time.advance(1_000);
  const addon = await describe(there);
  const made = await associations(there);
  expect(made).toMatchObject([{ namespace: "kube-system", serviceAccount: "aws-node", ownerArn: addon?.addonArn }]);
  expect(addon?.podIdentityAssociations).toEqual([made?.[0]?.associationArn]);

  const associationId = made?.[0]?.associationId;
  const direct = there.eks.send(new UpdatePodIdentityAssociationCommand({ clusterName: "demo", associationId, roleArn: role("pods") }));
  await expect(direct).rejects.toMatchObject({ name: "InvalidRequestException", message: expect.stringContaining("is owned by") });

  there.aws.roles.set("pods-2", { service: "pods.eks.amazonaws.com", actions: ["sts:*"] });
  const changed = [{ serviceAccount: "aws-node", roleArn: role("pods-2") }];
  await there.eks.send(new UpdateAddonCommand({ clusterName: "demo", addonName: "vpc-cni", podIdentityAssociations: changed }));
  await there.time.advance(1_000);
  const id = (await associations(there))?.[0]?.associationId;
  const query = new DescribePodIdentityAssociationCommand({ clusterName: "demo", associationId: id });
  expect((await there.eks.send(query)).association).toMatchObject({ roleArn: role("pods-2") });

  await there.eks.send(new DeleteAddonCommand({ clusterName: "demo", addonName: "vpc-cni" }));
  await there.time.advance(1_000);
  expect(await associations(there)).toEqual([]);
});

test("a service account that already has an association cannot get another by an add-on", async () => {
  const there = await active();
  const taken = { clusterName: "demo", namespace: "kube-system", serviceAccount: "aws-node", roleArn: role("pods") };
  const { association } = await there.eks.send(new CreatePodIdentityAssociationCommand(taken));
  const creation = create(there, { podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role("pods") }] });
  await expect(creation).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: `Association already exists: ${association?.associationId}`,
  });
});

test("versions are told per minor, the default marked", async () => {
  const { addons } = await world().eks.send(new DescribeAddonVersionsCommand({ addonName: "kube-proxy", kubernetesVersion: "1.35" }));
  expect(addons).toMatchObject([
    {
      addonName: "kube-proxy",
      addonVersions: [
        { addonVersion: expect.stringMatching(/^v1\.35\./), compatibilities: [{ clusterVersion: "1.35", defaultVersion: true }] },
      ],
    },
  ]);
});
