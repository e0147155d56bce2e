import {
  AssociateEncryptionConfigCommand,
  CreateNodegroupCommand,
  DescribeClusterCommand,
  DescribeUpdateCommand,
  ListUpdatesCommand,
  UpdateClusterConfigCommand,
  type UpdateClusterConfigCommandInput,
  UpdateClusterVersionCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { role, type World, world } from "./world.ts";

type Change = Omit<UpdateClusterConfigCommandInput, "name">;

const describe = async ({ eks }: World) => (await eks.send(new DescribeClusterCommand({ name: "demo" }))).cluster;
const configure = ({ eks }: World, change: Change) => eks.send(new UpdateClusterConfigCommand({ name: "demo", ...change }));
const upgrade = ({ eks }: World, version: string) => eks.send(new UpdateClusterVersionCommand({ name: "demo", version }));

async function active(): Promise<World> {
  const there = world();
  await there.cluster();
  return there;
}

test("an update is InProgress for a moment, then Successful; only then the cluster has changed", async () => {
  const there = await active();
  const { update } = await configure(there, { resourcesVpcConfig: { publicAccessCidrs: ["203.0.113.0/24"] } });
  expect(update).toMatchObject({ status: "InProgress", type: "EndpointAccessUpdate" });
  expect(await describe(there)).toMatchObject({ status: "UPDATING", resourcesVpcConfig: { publicAccessCidrs: ["0.0.0.0/0"] } });
  await there.time.advance(1_000);
  const query = new DescribeUpdateCommand({ name: "demo", updateId: update?.id });
  expect((await there.eks.send(query)).update).toMatchObject({ status: "Successful", id: update?.id, errors: [] });
  expect(await describe(there)).toMatchObject({ status: "ACTIVE", resourcesVpcConfig: { publicAccessCidrs: ["203.0.113.0/24"] } });
  expect((await there.eks.send(new ListUpdatesCommand({ name: "demo" }))).updateIds).toEqual([update?.id]);
});

test.each<[string, Change, object]>([
  [
    "logs",
    { logging: { clusterLogging: [{ enabled: true, types: ["audit", "api"] }] } },
    {
      logging: {
        clusterLogging: [
          { enabled: true, types: ["api", "audit"] },
          { enabled: false, types: ["authenticator", "controllerManager", "scheduler"] },
        ],
      },
    },
  ],
  ["support policy", { upgradePolicy: { supportType: "STANDARD" } }, { upgradePolicy: { supportType: "STANDARD" } }],
  ["zonal shift", { zonalShiftConfig: { enabled: true } }, { zonalShiftConfig: { enabled: true } }],
  ["protection", { deletionProtection: true }, { deletionProtection: true }],
  [
    "private endpoint only",
    { resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
    { resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
  ],
  [
    "subnets",
    { resourcesVpcConfig: { subnetIds: ["subnet-a2", "subnet-b"] } },
    { resourcesVpcConfig: { subnetIds: ["subnet-a2", "subnet-b"] } },
  ],
  ["security groups", { resourcesVpcConfig: { securityGroupIds: ["sg-own"] } }, { resourcesVpcConfig: { securityGroupIds: ["sg-own"] } }],
])("%s can be changed", async (_what, change, after) => {
  const there = await active();
  await configure(there, change);
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject(after);
});

test.each<[string, Change, string]>([
  ["nothing", {}, "No changes needed"],
  ["two kinds at once", { deletionProtection: true, zonalShiftConfig: { enabled: true } }, "Only one type of update can be allowed."],
  ["the endpoint as it is", { resourcesVpcConfig: { endpointPublicAccess: true } }, "Cluster is already at the desired configuration"],
  ["logs as they are", { logging: { clusterLogging: [{ enabled: false, types: ["api"] }] } }, "No changes needed for the logging config"],
  ["no endpoint at all", { resourcesVpcConfig: { endpointPublicAccess: false } }, "Private and public endpoint access cannot be false"],
  ["a private block", { resourcesVpcConfig: { publicAccessCidrs: ["192.168.0.0/24"] } }, "not allowed in publicAccessCidrs"],
  ["a way back from API", { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } }, "Unsupported authentication mode update"],
  ["the mode as it is", { accessConfig: { authenticationMode: "API" } }, "authentication mode is already API"],
  ["subnets in other zones", { resourcesVpcConfig: { subnetIds: ["subnet-a", "subnet-c"] } }, "exact same set of AZs"],
  ["an unknown security group", { resourcesVpcConfig: { securityGroupIds: ["sg-x"] } }, "'sg-x' does not exist"],
  ["half of Auto Mode", { computeConfig: { enabled: true } }, "either fully enabled or fully disabled"],
])("a change to %s is refused", async (_what, change, message) => {
  const there = await active();
  await expect(configure(there, change)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
  expect(await describe(there)).toMatchObject({ status: "ACTIVE" });
});

test("the ConfigMap gives way to entries in two steps", async () => {
  const there = world();
  await there.cluster({ accessConfig: undefined });
  await expect(configure(there, { accessConfig: { authenticationMode: "API" } })).rejects.toThrow("from CONFIG_MAP to API");
  await configure(there, { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } });
  await there.time.advance(1_000);
  await configure(there, { accessConfig: { authenticationMode: "API" } });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ accessConfig: { authenticationMode: "API" } });
});

test("one update at a time", async () => {
  const there = await active();
  const { update } = await configure(there, { deletionProtection: true });
  await expect(upgrade(there, "1.35")).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: `Cannot VersionUpdate because cluster demo currently has update ${update?.id} in progress`,
  });
});

test("a new version is the control plane's, too", async () => {
  const there = await active();
  await upgrade(there, "1.35");
  expect(await describe(there)).toMatchObject({ version: "1.34" });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ version: "1.35", platformVersion: expect.stringMatching(/^eks\.\d+$/) });
  expect(there.told.started).toEqual(["demo 1.34", "demo 1.35"]);
});

test("a control plane that does not start anew makes the update Failed, and the version stays", async () => {
  let starts = 0;
  const there = world({
    start: async () => {
      starts += 1;
      if (starts > 1) throw new Error("no binaries of 1.35");
      return { endpoint: "https://127.0.0.1:6443", certificateAuthority: "Q0E=" };
    },
  });
  await there.cluster();
  const { update } = await upgrade(there, "1.35");
  await there.time.advance(1_000);
  const query = new DescribeUpdateCommand({ name: "demo", updateId: update?.id });
  expect((await there.eks.send(query)).update).toMatchObject({ status: "Failed", errors: [{ errorMessage: "no binaries of 1.35" }] });
  expect(await describe(there)).toMatchObject({ status: "ACTIVE", version: "1.34" });
});

test.each([
  ["1.36", "Unsupported Kubernetes minor version update from 1.34 to 1.36"],
  ["1.34", "Unsupported Kubernetes minor version update from 1.34 to 1.34"],
  ["1.33", "Unsupported Kubernetes minor version update from 1.34 to 1.33"],
])("1.34 does not become %s", async (version, message) => {
  await expect(upgrade(await active(), version)).rejects.toMatchObject({ name: "InvalidParameterException", message });
});

test("no version beyond what EKS offers, and none that leaves nodes more than three minors behind", async () => {
  const newest = world();
  await newest.cluster({ version: "1.36" });
  await expect(upgrade(newest, "1.37")).rejects.toThrow("unsupported Kubernetes version 1.37");

  const there = world();
  await there.cluster({ version: "1.32" });
  const group = { clusterName: "demo", nodegroupName: "old", subnets: ["subnet-a"], nodeRole: role("node"), version: "1.31" };
  await there.eks.send(new CreateNodegroupCommand(group));
  for (const version of ["1.33", "1.34"]) {
    await upgrade(there, version);
    await there.time.advance(1_000);
  }
  await expect(upgrade(there, "1.35")).rejects.toThrow("Nodegroups [old] must be updated");
});

test("encryption can be switched on once", async () => {
  const there = await active();
  const keyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/0b7e";
  const command = new AssociateEncryptionConfigCommand({
    clusterName: "demo",
    encryptionConfig: [{ resources: ["secrets"], provider: { keyArn } }],
  });
  await there.eks.send(command);
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ encryptionConfig: [{ resources: ["secrets"], provider: { keyArn } }] });
  await expect(there.eks.send(command)).rejects.toThrow("Encryption is already enabled for this cluster");
});

test("an unknown update is not found", async () => {
  const there = await active();
  const query = new DescribeUpdateCommand({ name: "demo", updateId: "nope" });
  await expect(there.eks.send(query)).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "No update found for ID: nope" });
});
