import {
  CreateFargateProfileCommand,
  type CreateFargateProfileCommandInput,
  DeleteFargateProfileCommand,
  DescribeFargateProfileCommand,
  ListAccessEntriesCommand,
  ListFargateProfilesCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { role, type World, world } from "./world.ts";

const jobs: CreateFargateProfileCommandInput = {
  clusterName: "demo",
  fargateProfileName: "jobs",
  podExecutionRoleArn: role("fargate"),
  subnets: ["subnet-a", "subnet-b"],
  selectors: [{ namespace: "jobs", labels: { size: "small" } }],
};
const key = { clusterName: "demo", fargateProfileName: "jobs" };
const create = ({ eks }: World, change: Partial<CreateFargateProfileCommandInput> = {}) =>
  eks.send(new CreateFargateProfileCommand({ ...jobs, ...change }));
const describe = async ({ eks }: World) => (await eks.send(new DescribeFargateProfileCommand(key))).fargateProfile;

async function active(): Promise<World> {
  const there = world();
  await there.cluster();
  return there;
}

test("a profile comes and goes, with the data plane's and the role's entry", async () => {
  const there = await active();
  expect((await create(there)).fargateProfile).toMatchObject({ status: "CREATING", selectors: jobs.selectors });
  await there.time.advance(1_000);
  expect(await describe(there)).toMatchObject({ status: "ACTIVE" });
  expect(there.told.fargate).toEqual([
    { name: "jobs", selectors: [{ namespace: "jobs", labels: { size: "small" } }], zones: ["ap-northeast-2a", "ap-northeast-2b"] },
  ]);
  expect(there.told.access).toMatchObject([{ principalArn: role("fargate"), type: "FARGATE_LINUX" }]);
  await there.eks.send(new DeleteFargateProfileCommand(key));
  expect(await describe(there)).toMatchObject({ status: "DELETING" });
  await there.time.advance(1_000);
  expect((await there.eks.send(new ListFargateProfilesCommand({ clusterName: "demo" }))).fargateProfileNames).toEqual([]);
  expect((await there.eks.send(new ListAccessEntriesCommand({ clusterName: "demo" }))).accessEntries).toEqual([]);
  expect(there.told.fargate).toEqual([]);
});

test("one creation or deletion at a time", async () => {
  const there = await active();
  await create(there);
  await expect(create(there, { fargateProfileName: "more" })).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: "Cannot create Fargate Profile more because cluster demo currently has Fargate profile jobs in status CREATING",
  });
  await there.time.advance(1_000);
  await create(there, { fargateProfileName: "more" });
  await expect(there.eks.send(new DeleteFargateProfileCommand(key))).rejects.toThrow("Cannot delete Fargate Profile jobs because");
});

test.each<[string, Partial<CreateFargateProfileCommandInput>, string]>([
  ["a public subnet", { subnets: ["subnet-public"] }, "Subnet subnet-public provided in Fargate Profile is not a private subnet"],
  ["an unknown subnet", { subnets: ["subnet-x"] }, "The subnet ID 'subnet-x' does not exist"],
  ["no selector", { selectors: [] }, "one to five selectors"],
  ["a selector without namespace", { selectors: [{ labels: { a: "b" } }] }, "must have a namespace"],
  ["a role that Fargate cannot take", { podExecutionRoleArn: role("node") }, "Misconfigured PodExecutionRole Trust Policy"],
])("%s is refused", async (_what, change, message) => {
  const there = await active();
  await expect(create(there, change)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
});

test("an unknown profile is not found", async () => {
  await expect(describe(await active())).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
