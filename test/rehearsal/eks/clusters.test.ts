import {
  CreateClusterCommand,
  type CreateClusterCommandInput,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  DeleteClusterCommand,
  DescribeClusterCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { demo, role, world } from "./world.ts";

const describe = async ({ eks }: ReturnType<typeof world>) => (await eks.send(new DescribeClusterCommand({ name: "demo" }))).cluster;

test("a cluster is CREATING for a moment, then ACTIVE with endpoint, CA and issuer", async () => {
  const there = world();
  const { cluster } = await there.eks.send(new CreateClusterCommand(demo));
  expect(cluster).toMatchObject({ status: "CREATING", arn: "arn:aws:eks:ap-northeast-2:111122223333:cluster/demo", version: "1.34" });
  expect(cluster?.endpoint).toBeUndefined();
  await there.time.advance(999);
  expect(await describe(there)).toMatchObject({ status: "CREATING" });
  await there.time.advance(1);
  const active = await describe(there);
  expect(active).toMatchObject({ status: "ACTIVE", createdAt: new Date("2026-11-21T00:00:00Z") });
  expect(active?.endpoint).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.ap-northeast-2\.eks\.amazonaws\.com$/);
  expect(active?.identity?.oidc?.issuer).toMatch(/^https:\/\/oidc\.eks\.ap-northeast-2\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
  expect(Buffer.from(active?.certificateAuthority?.data ?? "", "base64").toString()).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(there.told.started).toEqual(["demo 1.34"]);
});

test("what was not asked for gets the defaults of EKS", async () => {
  const there = world();
  await there.cluster({ accessConfig: undefined, version: undefined });
  expect(await describe(there)).toMatchObject({
    version: "1.35",
    accessConfig: { authenticationMode: "CONFIG_MAP" },
    kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4", elasticLoadBalancing: { enabled: false } },
    upgradePolicy: { supportType: "EXTENDED" },
    resourcesVpcConfig: {
      vpcId: "vpc-1",
      endpointPublicAccess: true,
      endpointPrivateAccess: false,
      publicAccessCidrs: ["0.0.0.0/0"],
      securityGroupIds: [],
    },
    logging: { clusterLogging: [{ enabled: false, types: ["api", "audit", "authenticator", "controllerManager", "scheduler"] }] },
  });
});

test("services do not get 172.20.0.0/16 where the VPC is outside 10.0.0.0/8", async () => {
  const there = world();
  there.aws.vpcCidr = "172.31.0.0/16";
  await there.cluster();
  expect((await describe(there))?.kubernetesNetworkConfig?.serviceIpv4Cidr).toBe("10.100.0.0/16");
});

test("its security group is made in EC2, with the tags of EKS, and goes with the cluster", async () => {
  const there = world();
  await there.cluster();
  const id = (await describe(there))?.resourcesVpcConfig?.clusterSecurityGroupId ?? "";
  const group = there.aws.securityGroups.get(id);
  expect(group?.name).toMatch(/^eks-cluster-sg-demo-\d+$/);
  expect(group?.tags).toEqual({ Name: group?.name, "kubernetes.io/cluster/demo": "owned", "aws:eks:cluster-name": "demo" });
  const deletion = there.eks.send(new DeleteClusterCommand({ name: "demo" }));
  await there.time.advance(1_000);
  await deletion;
  expect(there.aws.securityGroups.has(id)).toBe(false);
});

test("the deletion is answered when the cluster is gone; meanwhile it is DELETING", async () => {
  const there = world();
  await there.cluster();
  const deletion = there.eks.send(new DeleteClusterCommand({ name: "demo" }));
  await there.time.advance(500);
  expect(await describe(there)).toMatchObject({ status: "DELETING" });
  await there.time.advance(500);
  expect((await deletion).cluster).toMatchObject({ status: "DELETING" });
  await expect(describe(there)).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "No cluster found for name: demo." });
  expect(there.told.stopped).toEqual(["demo"]);
  expect((await there.eks.send(new ListClustersCommand())).clusters).toEqual([]);
});

test("a control plane that does not start makes the cluster FAILED, with the reason", async () => {
  const there = world({ start: () => Promise.reject(new Error("kube-apiserver ended with exit code 1")) });
  await there.cluster();
  const failed = await describe(there);
  expect(failed?.status).toBe("FAILED");
  expect(failed?.health?.issues).toMatchObject([{ code: "InternalFailure", message: "kube-apiserver ended with exit code 1" }]);
  expect(there.service.events()).toContain("demo: failed: the control plane did not start: kube-apiserver ended with exit code 1");
});

test("its creator is admin unless that is turned off: the role behind the session, cluster-wide", async () => {
  const there = world();
  await there.cluster({ accessConfig: { authenticationMode: "API" } });
  const { accessEntries } = await there.eks.send(new ListAccessEntriesCommand({ clusterName: "demo" }));
  expect(accessEntries).toEqual([role("ci")]);
  const query = new ListAssociatedAccessPoliciesCommand({ clusterName: "demo", principalArn: role("ci") });
  expect((await there.eks.send(query)).associatedAccessPolicies).toMatchObject([
    { policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", accessScope: { type: "cluster" } },
  ]);
  expect(there.told.access).toMatchObject([{ principalArn: role("ci"), policies: [{ namespaces: "cluster" }] }]);
});

test("no entries for the creator, where the ConfigMap decides", async () => {
  const there = world();
  await there.cluster({ accessConfig: undefined });
  expect((await there.eks.send(new ListAccessEntriesCommand({ clusterName: "demo" }))).accessEntries).toEqual([]);
});

const vpc = (change: CreateClusterCommandInput["resourcesVpcConfig"]) => ({
  resourcesVpcConfig: { ...demo.resourcesVpcConfig, ...change },
});

test.each<[string, Partial<CreateClusterCommandInput>, string]>([
  ["a name with a dot", { name: "de.mo" }, "Cluster name de.mo does not match"],
  ["an unknown version", { version: "1.19" }, "unsupported Kubernetes version 1.19"],
  ["no subnets", vpc({ subnetIds: [] }), "Subnets are required"],
  ["an unknown subnet", vpc({ subnetIds: ["subnet-a", "subnet-x"] }), "The subnet ID 'subnet-x' does not exist"],
  ["one zone", vpc({ subnetIds: ["subnet-a", "subnet-a2"] }), "Subnets specified must be in at least two different AZs"],
  ["two VPCs", vpc({ subnetIds: ["subnet-a", "subnet-other-vpc"] }), "Subnets specified must all be in one VPC"],
  ["an unknown security group", vpc({ securityGroupIds: ["sg-x"] }), "The security group 'sg-x' does not exist"],
  ["a malformed block", vpc({ publicAccessCidrs: ["203.0.113.0"] }), "The following CIDRs are invalid in publicAccessCidrs: [203.0.113.0]"],
  ["a private block", vpc({ publicAccessCidrs: ["10.0.0.0/8"] }), "The following CIDRs are not allowed in publicAccessCidrs: [10.0.0.0/8]"],
  ["no endpoint", vpc({ endpointPublicAccess: false }), "Private and public endpoint access cannot be false"],
  ["an ARN that is no role's", { roleArn: "arn:aws:iam::111122223333:user/cluster" }, "is not the ARN of an IAM role"],
  ["a missing role", { roleArn: role("nobody") }, "could not be assumed because it does not exist or the trusted entity is not correct"],
  ["a role that trusts another service", { roleArn: role("node") }, "could not be assumed"],
  ["public service addresses", { kubernetesNetworkConfig: { serviceIpv4Cidr: "8.8.0.0/16" } }, "serviceIpv4Cidr 8.8.0.0/16 must be within"],
  [
    "service addresses of the VPC",
    { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.10.0.0/20" } },
    "overlaps with the VPC's 10.10.0.0/16",
  ],
  ["encryption of other things", { encryptionConfig: [{ resources: ["configmaps"] }] }, "must be exactly [secrets]"],
  ["a key that is none", { encryptionConfig: [{ resources: ["secrets"], provider: { keyArn: "key" } }] }, "Invalid KMS key ARN"],
  [
    "a ConfigMap without an admin",
    { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } },
    "must be true if cluster authentication mode",
  ],
])("%s is refused", async (_what, change, message) => {
  const there = world();
  const creation = there.eks.send(new CreateClusterCommand({ ...demo, ...change }));
  await expect(creation).rejects.toMatchObject({ name: "InvalidParameterException", message: expect.stringContaining(message) });
  expect((await there.eks.send(new ListClustersCommand())).clusters).toEqual([]);
  expect([...there.aws.securityGroups.keys()]).toEqual(["sg-own"]);
});

test("a name is taken once, also by two calls at the same time", async () => {
  const there = world();
  const both = await Promise.allSettled([1, 2].map(() => there.eks.send(new CreateClusterCommand(demo))));
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const again = there.eks.send(new CreateClusterCommand(demo));
  await expect(again).rejects.toMatchObject({ name: "ResourceInUseException", message: "Cluster already exists with name: demo" });
});

test("a cluster with node groups, with Fargate profiles, with protection, or in creation is not deleted", async () => {
  const there = world();
  const deletion = () => there.eks.send(new DeleteClusterCommand({ name: "demo" }));
  await there.eks.send(new CreateClusterCommand({ ...demo, bootstrapSelfManagedAddons: true }));
  await expect(deletion()).rejects.toMatchObject({ name: "ResourceInUseException", message: expect.stringContaining("in progress") });
  await there.time.advance(1_000);
  const group = { clusterName: "demo", nodegroupName: "general", subnets: ["subnet-a"], nodeRole: role("node") };
  await there.eks.send(new CreateNodegroupCommand(group));
  await expect(deletion()).rejects.toMatchObject({ message: "Cluster has nodegroups attached", nodegroupName: "general" });

  const fargate = world();
  await fargate.cluster();
  const profile = {
    clusterName: "demo",
    fargateProfileName: "jobs",
    podExecutionRoleArn: role("fargate"),
    selectors: [{ namespace: "jobs" }],
  };
  await fargate.eks.send(new CreateFargateProfileCommand(profile));
  await expect(fargate.eks.send(new DeleteClusterCommand({ name: "demo" }))).rejects.toMatchObject({
    message: "Cluster has Fargate profiles attached",
  });

  const guarded = world();
  await guarded.cluster({ deletionProtection: true });
  await expect(guarded.eks.send(new DeleteClusterCommand({ name: "demo" }))).rejects.toMatchObject({ name: "InvalidRequestException" });
});
