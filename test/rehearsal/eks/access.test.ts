import {
  AssociateAccessPolicyCommand,
  type AssociateAccessPolicyCommandInput,
  CreateAccessEntryCommand,
  type CreateAccessEntryCommandInput,
  CreatePodIdentityAssociationCommand,
  type CreatePodIdentityAssociationCommandInput,
  DeleteAccessEntryCommand,
  DeletePodIdentityAssociationCommand,
  DescribeAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  ListAccessEntriesCommand,
  ListAccessPoliciesCommand,
  ListPodIdentityAssociationsCommand,
  UpdateAccessEntryCommand,
  UpdatePodIdentityAssociationCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { role, type World, world } from "./world.ts";

const devops = { clusterName: "demo", principalArn: role("devops") };
const view = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

const enter = ({ eks }: World, change: Partial<CreateAccessEntryCommandInput> = {}) =>
  eks.send(new CreateAccessEntryCommand({ ...devops, ...change }));
const allow = ({ eks }: World, change: Partial<AssociateAccessPolicyCommandInput> = {}) =>
  eks.send(new AssociateAccessPolicyCommand({ ...devops, policyArn: view, accessScope: { type: "cluster" }, ...change }));

async function active(): Promise<World> {
  const there = world();
  await there.cluster();
  return there;
}

test.each<[string, Partial<CreateAccessEntryCommandInput>, string, string[]]>([
  ["a role", {}, "arn:aws:sts::111122223333:assumed-role/devops/{{SessionName}}", []],
  [
    "a role under a path",
    { principalArn: "arn:aws:iam::111122223333:role/people/devops" },
    "arn:aws:sts::111122223333:assumed-role/devops/{{SessionName}}",
    [],
  ],
  ["a user", { principalArn: "arn:aws:iam::111122223333:user/kim" }, "arn:aws:iam::111122223333:user/kim", []],
  ["a role with names of its own", { username: "ops:{{SessionName}}", kubernetesGroups: ["ops"] }, "ops:{{SessionName}}", ["ops"]],
  ["nodes", { type: "EC2_LINUX" }, "system:node:{{EC2PrivateDNSName}}", ["system:nodes"]],
  ["Fargate", { type: "FARGATE_LINUX" }, "system:node:{{SessionName}}", ["system:bootstrappers", "system:nodes", "system:node-proxier"]],
])("the entry of %s gets its user name and groups, and reaches the control plane", async (_who, change, username, groups) => {
  const there = await active();
  const { accessEntry } = await enter(there, change);
  expect(accessEntry).toMatchObject({ username, kubernetesGroups: groups, type: change.type ?? "STANDARD" });
  expect(accessEntry).not.toHaveProperty("policies");
  const principalArn = change.principalArn ?? devops.principalArn;
  expect(there.told.access).toEqual([{ principalArn, type: change.type ?? "STANDARD", username, groups, policies: [] }]);
});

test.each<[string, Partial<CreateAccessEntryCommandInput>, string]>([
  [
    "a group of Kubernetes",
    { kubernetesGroups: ["system:masters"] },
    "The kubernetes group name system:masters is invalid, it cannot start with system:",
  ],
  ["a user name of Kubernetes", { username: "system:admin" }, "The username must not begin with system:"],
  [
    "groups for nodes",
    { type: "EC2_LINUX", kubernetesGroups: ["x"] },
    "Kubernetes groups cannot be set for access entries of type EC2_LINUX",
  ],
  ["an unknown type", { type: "LINUX" }, "The access entry type LINUX is not supported"],
  ["a session", { principalArn: "arn:aws:sts::111122223333:assumed-role/devops/kim" }, "The specified principalArn is invalid"],
  ["a role that does not exist", { principalArn: role("nobody") }, "The specified principalArn is invalid: invalid principal."],
  ["a user for nodes", { type: "EC2_LINUX", principalArn: "arn:aws:iam::111122223333:user/kim" }, "must be of an IAM role"],
  [
    "a service-linked role",
    { principalArn: "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX" },
    "principalArn value of a Service Linked Role",
  ],
])("an entry with %s is refused", async (_what, change, message) => {
  const there = await active();
  await expect(enter(there, change)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
  expect((await there.eks.send(new ListAccessEntriesCommand({ clusterName: "demo" }))).accessEntries).toEqual([]);
});

test("a principal has one entry, and none where the ConfigMap decides", async () => {
  const there = await active();
  await enter(there);
  await expect(enter(there)).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: "The specified access entry resource is already in use on this cluster.",
  });
  const old = world();
  await old.cluster({ accessConfig: undefined });
  await expect(enter(old)).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: expect.stringContaining("authentication mode must be set to one of [API, API_AND_CONFIG_MAP]"),
  });
});

test("groups and user name change in place; nodes' names cannot be given", async () => {
  const there = await active();
  await enter(there);
  await there.eks.send(new UpdateAccessEntryCommand({ ...devops, username: "ops", kubernetesGroups: ["a", "b"] }));
  expect((await there.eks.send(new DescribeAccessEntryCommand(devops))).accessEntry).toMatchObject({
    username: "ops",
    kubernetesGroups: ["a", "b"],
  });
  expect(there.told.access).toMatchObject([{ username: "ops", groups: ["a", "b"] }]);
  await enter(there, { principalArn: role("node"), type: "EC2_LINUX" });
  const change = { clusterName: "demo", principalArn: role("node"), username: "system:node:{{EC2PrivateDNSName}}" };
  await expect(there.eks.send(new UpdateAccessEntryCommand(change))).rejects.toThrow("The username must not begin with system:");
});

test("a deleted entry is gone, with its policies", async () => {
  const there = await active();
  await enter(there);
  await allow(there);
  await there.eks.send(new DeleteAccessEntryCommand(devops));
  expect(there.told.access).toEqual([]);
  await expect(there.eks.send(new DescribeAccessEntryCommand(devops))).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a policy is associated, its scope replaced, and disassociated; the control plane follows", async () => {
  const there = await active();
  await enter(there);
  const first = await allow(there);
  expect(there.told.access).toMatchObject([{ policies: [{ policyArn: view, namespaces: "cluster" }] }]);
  await there.time.advance(5_000);
  const second = await allow(there, { accessScope: { type: "namespace", namespaces: ["apps", "team-*"] } });
  expect(second.associatedAccessPolicy?.associatedAt).toEqual(first.associatedAccessPolicy?.associatedAt);
  expect(there.told.access).toMatchObject([{ policies: [{ policyArn: view, namespaces: ["apps", "team-*"] }] }]);
  const query = new ListAccessEntriesCommand({ clusterName: "demo", associatedPolicyArn: view });
  expect((await there.eks.send(query)).accessEntries).toEqual([devops.principalArn]);
  await there.eks.send(new DisassociateAccessPolicyCommand({ ...devops, policyArn: view }));
  expect(there.told.access).toMatchObject([{ policies: [] }]);
  const again = there.eks.send(new DisassociateAccessPolicyCommand({ ...devops, policyArn: view }));
  await expect(again).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test.each<[string, Partial<AssociateAccessPolicyCommandInput>, string]>([
  ["a policy of IAM", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, "is not a valid access policy"],
  [
    "namespaces for the whole cluster",
    { accessScope: { type: "cluster", namespaces: ["apps"] } },
    "must be empty if the accessScope.type is cluster",
  ],
  ["no namespaces", { accessScope: { type: "namespace" } }, "is required if the accessScope.type is namespace"],
  ["a malformed namespace", { accessScope: { type: "namespace", namespaces: ["Apps"] } }, "The namespace Apps"],
])("%s is refused", async (_what, change, message) => {
  const there = await active();
  await enter(there);
  await expect(allow(there, change)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
});

test("entries of nodes take no policies; an unknown principal has no entry", async () => {
  const there = await active();
  await enter(there, { principalArn: role("node"), type: "EC2_LINUX" });
  await expect(allow(there, { principalArn: role("node") })).rejects.toMatchObject({ name: "InvalidParameterException" });
  await expect(allow(there)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("the five policies of the user guide are offered", async () => {
  const { accessPolicies } = await world().eks.send(new ListAccessPoliciesCommand());
  for (const name of ["ClusterAdmin", "Admin", "AdminView", "Edit", "View"]) {
    expect(accessPolicies).toContainEqual({
      name: `AmazonEKS${name}Policy`,
      arn: `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`,
    });
  }
});

const web: CreatePodIdentityAssociationCommandInput = {
  clusterName: "demo",
  namespace: "apps",
  serviceAccount: "web",
  roleArn: role("pods"),
};

test("a pod identity association is made, changed, listed by namespace, and deleted", async () => {
  const there = await active();
  const { association } = await there.eks.send(new CreatePodIdentityAssociationCommand(web));
  const { associationId } = association ?? {};
  expect(associationId).toMatch(/^a-[a-z0-9]{17}$/);
  there.aws.roles.set("pods-2", { service: "pods.eks.amazonaws.com", actions: ["sts:AssumeRole", "sts:TagSession"] });
  const changed = await there.eks.send(
    new UpdatePodIdentityAssociationCommand({ clusterName: "demo", associationId, roleArn: role("pods-2"), disableSessionTags: true }),
  );
  expect(changed.association).toMatchObject({
    roleArn: role("pods-2"),
    disableSessionTags: true,
    associationArn: association?.associationArn,
  });
  const list = async (namespace: string) =>
    (await there.eks.send(new ListPodIdentityAssociationsCommand({ clusterName: "demo", namespace }))).associations;
  expect(await list("apps")).toMatchObject([{ associationId }]);
  expect(await list("other")).toEqual([]);
  await there.eks.send(new DeletePodIdentityAssociationCommand({ clusterName: "demo", associationId }));
  expect(await list("apps")).toEqual([]);
});

test.each<[string, Partial<CreatePodIdentityAssociationCommandInput>, string]>([
  ["a role that is missing", { roleArn: role("nobody") }, "the role does not exist"],
  ["a role without sts:TagSession", { roleArn: role("pods-untagged") }, "sts:TagSession"],
  ["a malformed namespace", { namespace: "Apps" }, "Namespace Apps is not a valid Kubernetes name"],
])("an association with %s is refused", async (_what, change, message) => {
  const there = await active();
  const creation = there.eks.send(new CreatePodIdentityAssociationCommand({ ...web, ...change }));
  await expect(creation).rejects.toMatchObject({ name: "InvalidParameterException", message: expect.stringContaining(message) });
});

test("a service account has one association", async () => {
  const there = await active();
  await there.eks.send(new CreatePodIdentityAssociationCommand(web));
  await expect(there.eks.send(new CreatePodIdentityAssociationCommand(web))).rejects.toMatchObject({ name: "ResourceInUseException" });
});
