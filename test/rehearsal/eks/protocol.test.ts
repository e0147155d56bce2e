import {
  CreateAddonCommand,
  CreateClusterCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  ListClustersCommand,
  ListIdentityProviderConfigsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { detachedDataPlane } from "../../../rehearsal/eks/detached.ts";
import { route } from "../../../rehearsal/eks/routes.ts";
import { createEksService } from "../../../rehearsal/eks/service.ts";
import type { AwsRequest } from "../../../rehearsal/gateway/service.ts";
import { fakeAws } from "./fake-aws.ts";
import { manualScheduler } from "./manual-scheduler.ts";
import { account, demo, region, world } from "./world.ts";

const request = (method: string, path: string, body = ""): AwsRequest => ({
  service: "eks",
  region,
  accessKeyId: "AKIA",
  method,
  url: new URL(`http://eks.${region}.amazonaws.com${path}`),
  headers: {},
  body: Buffer.from(body),
});

test("an ARN in a path keeps its slashes; query parameters become lists, numbers and flags", () => {
  const arn = "arn:aws:iam::111122223333:role/people/devops";
  expect(route(request("GET", `/clusters/demo/access-entries/${encodeURIComponent(arn)}/access-policies?maxResults=5`))).toEqual({
    operation: "ListAssociatedAccessPolicies",
    input: { clusterName: "demo", principalArn: arn, maxResults: 5 },
  });
  expect(route(request("DELETE", "/tags/arn%3Aaws%3Aeks?tagKeys=a&tagKeys=b")).input).toEqual({
    resourceArn: "arn:aws:eks",
    tagKeys: ["a", "b"],
  });
  expect(route(request("DELETE", "/clusters/demo/addons/coredns?preserve=true")).input).toMatchObject({ preserve: true });
});

test("an error has the status, the type in a header, and its subject in the body", async () => {
  const { service } = world();
  const response = await service.handle(request("GET", "/clusters/nope"));
  expect({ ...response, body: JSON.parse(response.body.toString()) }).toEqual({
    status: 404,
    headers: { "content-type": "application/json", "x-amzn-errortype": "ResourceNotFoundException" },
    body: { clusterName: "nope", message: "No cluster found for name: nope." },
  });
});

test.each([
  ["POST", "/clusters", "{}", 400, "Missing required parameter: name."],
  ["POST", "/clusters", "not JSON", 400, "The request body is not a JSON object."],
  ["GET", "/clusters/demo/insights", "", 400, "The emulated EKS has no GET /clusters/demo/insights."],
  ["GET", "/clusters?nextToken=!", "", 400, "Invalid nextToken"],
])("%s %s %s is refused", async (method, path, body, status, message) => {
  const response = await world().service.handle(request(method, path, body));
  expect([response.status, JSON.parse(response.body.toString()).message]).toEqual([status, message]);
});

test("times are seconds since 1970", async () => {
  const there = world();
  await there.cluster();
  const response = await there.service.handle(request("GET", "/clusters/demo"));
  expect(JSON.parse(response.body.toString()).cluster.createdAt).toBe(Date.parse("2026-11-21T00:00:00Z") / 1000);
});

test("a fault of another service is told as such, and leaves no cluster behind", async () => {
  const service = createEksService({
    account,
    dataPlane: detachedDataPlane(),
    scheduler: manualScheduler(),
    upstream: () => Promise.reject(new Error("moto ended")),
  });
  const response = await service.handle(request("POST", "/clusters", JSON.stringify(demo)));
  expect([response.status, JSON.parse(response.body.toString()).message]).toEqual([500, "moto ended"]);
  expect(service.snapshot()).toEqual([]);
});

test("lists come in pages", async () => {
  const there = world();
  for (const name of ["a", "b", "c"]) await there.cluster({ name });
  const first = await there.eks.send(new ListClustersCommand({ maxResults: 2 }));
  expect(first.clusters).toEqual(["a", "b"]);
  const second = await there.eks.send(new ListClustersCommand({ maxResults: 2, nextToken: first.nextToken }));
  expect([second.clusters, second.nextToken]).toEqual([["c"], undefined]);
});

test("tags of clusters and of what they have are set, removed and listed", async () => {
  const there = world();
  await there.cluster({ tags: { owner: "a" } });
  const { addon } = await there.eks.send(new CreateAddonCommand({ clusterName: "demo", addonName: "vpc-cni", tags: { owner: "a" } }));
  for (const resourceArn of [`arn:aws:eks:${region}:${account}:cluster/demo`, addon?.addonArn]) {
    await there.eks.send(new TagResourceCommand({ resourceArn, tags: { team: "x" } }));
    await there.eks.send(new UntagResourceCommand({ resourceArn, tagKeys: ["owner"] }));
    expect((await there.eks.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ team: "x" });
  }
  expect((await there.eks.send(new DescribeClusterCommand({ name: "demo" }))).cluster?.tags).toEqual({ team: "x" });
  const unknown = there.eks.send(new TagResourceCommand({ resourceArn: `arn:aws:eks:${region}:${account}:cluster/x`, tags: {} }));
  await expect(unknown).rejects.toMatchObject({ name: "NotFoundException" });
});

test("versions are offered newest first, one as default", async () => {
  const { clusterVersions } = await world().eks.send(new DescribeClusterVersionsCommand());
  expect(clusterVersions?.map(({ clusterVersion }) => clusterVersion)).toEqual(["1.36", "1.35", "1.34", "1.33", "1.32"]);
  const one = await world().eks.send(new DescribeClusterVersionsCommand({ defaultOnly: true }));
  expect(one.clusterVersions).toMatchObject([{ clusterVersion: "1.35", status: "standard-support", versionStatus: "STANDARD_SUPPORT" }]);
});

test("there are no identity provider configurations", async () => {
  const there = world();
  await there.cluster();
  const { identityProviderConfigs } = await there.eks.send(new ListIdentityProviderConfigsCommand({ clusterName: "demo" }));
  expect(identityProviderConfigs).toEqual([]);
});

test("the second look at a passing state is held until it is final; the first is not", async () => {
  const time = manualScheduler();
  const dataPlane = detachedDataPlane();
  const service = createEksService({
    account,
    dataPlane,
    upstream: fakeAws().answer,
    scheduler: time,
    delays: { create: 3_000, hold: 5_000 },
  });
  await service.handle(request("POST", "/clusters", JSON.stringify(demo)));
  const look = async () => JSON.parse((await service.handle(request("GET", "/clusters/demo"))).body.toString()).cluster.status;
  expect(await look()).toBe("CREATING");
  const second = look();
  await time.advance(3_100);
  expect(await second).toBe("ACTIVE");
});

test("the same salt gives the same ids", async () => {
  const arns = await Promise.all([world(), world()].map(async (there) => (await there.eks.send(new CreateClusterCommand(demo))).cluster));
  expect(arns[0]).toEqual(arns[1]);
});

test("the snapshot says what a report needs", async () => {
  const there = world();
  await there.cluster();
  await there.eks.send(new CreateAddonCommand({ clusterName: "demo", addonName: "vpc-cni", addonVersion: "v1.20.0-eksbuild.1" }));
  expect(there.service.snapshot()).toMatchObject([
    { name: "demo", status: "ACTIVE", version: "1.34", addons: [{ name: "vpc-cni", status: "CREATING", version: "v1.20.0-eksbuild.1" }] },
  ]);
});
