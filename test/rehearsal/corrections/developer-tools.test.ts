/** What the gateway keeps for services that the emulator lacks: made, read back as it was given, changed, gone, and refused as AWS does. */
import { describe, expect, test } from "@jest/globals";
import { projects } from "../../../rehearsal/corrections/codebuild/projects.ts";
import { connections } from "../../../rehearsal/corrections/codeconnections/connections.ts";
import { applications } from "../../../rehearsal/corrections/codedeploy/applications.ts";
import { pipelineTimes } from "../../../rehearsal/corrections/codepipeline/pipeline-times.ts";
import { notificationRules } from "../../../rehearsal/corrections/codestar-notifications/rules.ts";
import { cacheRules } from "../../../rehearsal/corrections/ecr/cache-rules.ts";
import { creationTemplates } from "../../../rehearsal/corrections/ecr/creation-templates.ts";
import { registryPolicies } from "../../../rehearsal/corrections/ecr/registry-policy.ts";
import { forgottenSettings } from "../../../rehearsal/corrections/lambda/forgotten-settings.ts";
import { associations } from "../../../rehearsal/corrections/ssm/associations.ts";
import type { AwsRequest, Correction } from "../../../rehearsal/gateway/service.ts";
import { answer, corrected, json, rest } from "../gateway/requests.ts";

/** A service that answers by the JSON protocol; what reaches the emulator says so. */
function service(correction: Correction, emulate: (request: AwsRequest) => string | object = () => ({ emulated: true })) {
  const emulator = corrected(correction, (request) => answer(emulate(request)));
  return async (action: string, body: object) => {
    const response = await emulator.respond(json(correction.service, `Target.${action}`, body));
    const text = response.body.toString("utf8");
    return response.status === 200 ? JSON.parse(text) : response.headers["x-amzn-errortype"];
  };
}

test("build projects: as they were given, with an ARN in their role's account", async () => {
  const call = service(projects());
  const given = {
    name: "shop",
    serviceRole: "arn:aws:iam::111122223333:role/shop",
    source: { type: "CODEPIPELINE" },
    vpcConfig: { vpcId: "vpc-1" },
  };
  expect((await call("CreateProject", given)).project).toMatchObject({
    ...given,
    arn: "arn:aws:codebuild:ap-northeast-2:111122223333:project/shop",
  });
  expect(await call("CreateProject", given)).toBe("ResourceAlreadyExistsException");
  await call("UpdateProject", { name: "shop", timeoutInMinutes: 5 });
  const { projects: there, projectsNotFound } = await call("BatchGetProjects", { names: ["arn:aws:codebuild:x:y:project/shop", "other"] });
  expect([there[0].vpcConfig, there[0].timeoutInMinutes, projectsNotFound]).toEqual([{ vpcId: "vpc-1" }, 5, ["other"]]);
  await call("DeleteProject", { name: "shop" });
  expect((await call("BatchGetProjects", { names: ["shop"] })).projects).toEqual([]);
});

describe("CodeDeploy", () => {
  const call = service(applications());
  const key = { applicationName: "app", deploymentGroupName: "group" };

  test("groups: names of scaling groups come back as things, changes are kept, also a new name", async () => {
    await call("CreateApplication", { applicationName: "app", tags: [{ Key: "a", Value: "b" }] });
    await call("CreateDeploymentGroup", { ...key, autoScalingGroups: ["fleet"], serviceRoleArn: "role", tags: [] });
    expect((await call("GetDeploymentGroup", key)).deploymentGroupInfo).toMatchObject({
      ...key,
      serviceRoleArn: "role",
      autoScalingGroups: [{ name: "fleet" }],
    });
    await call("UpdateDeploymentGroup", {
      applicationName: "app",
      currentDeploymentGroupName: "group",
      newDeploymentGroupName: "other",
      serviceRoleArn: "new",
    });
    expect(await call("GetDeploymentGroup", key)).toBe("DeploymentGroupDoesNotExistException");
    expect((await call("GetDeploymentGroup", { ...key, deploymentGroupName: "other" })).deploymentGroupInfo.serviceRoleArn).toBe("new");
    expect((await call("ListTagsForResource", { ResourceArn: "arn:aws:codedeploy:r:1:application:app" })).Tags).toEqual([
      { Key: "a", Value: "b" },
    ]);
  });

  test("an application takes its groups with it; without one there is no group", async () => {
    await call("DeleteApplication", { applicationName: "app" });
    expect(await call("GetApplication", { applicationName: "app" })).toBe("ApplicationDoesNotExistException");
    expect(await call("CreateDeploymentGroup", key)).toBe("ApplicationDoesNotExistException");
  });

  test("configurations", async () => {
    const rule = { deploymentConfigName: "slow", minimumHealthyHosts: { type: "HOST_COUNT", value: 2 } };
    await call("CreateDeploymentConfig", rule);
    expect((await call("GetDeploymentConfig", rule)).deploymentConfigInfo).toMatchObject(rule);
    expect(await call("CreateDeploymentConfig", rule)).toBe("DeploymentConfigAlreadyExistsException");
    await call("DeleteDeploymentConfig", rule);
    expect(await call("GetDeploymentConfig", rule)).toBe("DeploymentConfigDoesNotExistException");
  });
});

test("pipelines: times are seconds", async () => {
  const call = service(pipelineTimes, () => ({
    pipeline: { name: "p" },
    metadata: { pipelineArn: "arn", created: "2026-11-21T00:00:00.000Z", updated: 7 },
  }));
  expect(await call("GetPipeline", { name: "p" })).toEqual({
    pipeline: { name: "p" },
    metadata: { pipelineArn: "arn", created: 1795219200, updated: 7 },
  });
});

test("connections wait for somebody, and are of the emulator's account", async () => {
  const call = service(connections(), () => "<Account>111122223333</Account>");
  const { ConnectionArn } = await call("CreateConnection", {
    ConnectionName: "github",
    ProviderType: "GitHub",
    Tags: [{ Key: "a", Value: "b" }],
  });
  expect(ConnectionArn).toMatch(/^arn:aws:codeconnections:ap-northeast-2:111122223333:connection\//);
  expect((await call("GetConnection", { ConnectionArn })).Connection).toMatchObject({
    ConnectionName: "github",
    ConnectionStatus: "PENDING",
  });
  expect((await call("ListTagsForResource", { ResourceArn: ConnectionArn })).Tags).toEqual([{ Key: "a", Value: "b" }]);
  await call("DeleteConnection", { ConnectionArn });
  expect(await call("GetConnection", { ConnectionArn })).toBe("ResourceNotFoundException");
});

test("notification rules say what their events and targets are", async () => {
  const emulator = corrected(notificationRules(), () => answer("asked"));
  const call = async (action: string, body: object) =>
    JSON.parse(await emulator.ask(rest("codestar-notifications", "POST", `/${action}`, JSON.stringify(body))));
  const Resource = "arn:aws:codepipeline:ap-northeast-2:111122223333:shop";
  const { Arn } = await call("createNotificationRule", {
    Name: "shop",
    Resource,
    EventTypeIds: ["codepipeline-pipeline-x"],
    Targets: [{ TargetAddress: "topic" }],
  });
  await call("updateNotificationRule", { Arn, Status: "DISABLED" });
  expect(await call("describeNotificationRule", { Arn })).toMatchObject({
    Name: "shop",
    Status: "DISABLED",
    EventTypes: [{ EventTypeId: "codepipeline-pipeline-x", ServiceName: "codepipeline", ResourceType: "pipeline" }],
    Targets: [{ TargetAddress: "topic", TargetStatus: "ACTIVE" }],
  });
  await call("deleteNotificationRule", { Arn });
  expect(await call("describeNotificationRule", { Arn })).toMatchObject({ __type: "ResourceNotFoundException" });
});

test.each([
  [cacheRules, "PullThroughCacheRule", "ecrRepositoryPrefix", "pullThroughCacheRules", "PullThroughCacheRuleNotFoundException"],
  [creationTemplates, "RepositoryCreationTemplate", "prefix", "repositoryCreationTemplates", "TemplateNotFoundException"],
])("ECR, %p: one per prefix, as given, changed, gone", async (make, kind, field, list, missing) => {
  const call = service(make());
  const asked = { [field === "prefix" ? "prefixes" : "ecrRepositoryPrefixes"]: ["quay"] };
  await call(`Create${kind}`, { [field]: "quay", other: 1 });
  expect(await call(`Create${kind}`, { [field]: "quay" })).toMatch(/AlreadyExistsException$/);
  await call(`Update${kind}`, { [field]: "quay", other: 2 });
  expect((await call(`Describe${kind}s`, asked))[list]).toEqual([{ [field]: "quay", other: 2 }]);
  await call(`Delete${kind}`, { [field]: "quay" });
  expect(await call(`Describe${kind}s`, asked)).toBe(missing);
});

test("ECR, creation templates: each region has its own", async () => {
  const correction = creationTemplates();
  const emulator = corrected(correction, () => answer({}));
  const call = async (region: string, action: string, body: object) => {
    const response = await emulator.respond({ ...json(correction.service, `Target.${action}RepositoryCreationTemplate`, body), region });
    return JSON.parse(response.body.toString("utf8"));
  };
  for (const region of ["ap-northeast-1", "ap-northeast-2"]) await call(region, "Create", { prefix: "ROOT", description: region });
  const listed = { ...json(correction.service, "Target.DescribeRepositoryCreationTemplates", {}), region: "ap-northeast-1" };
  const { body } = await emulator.respond(listed);
  expect(JSON.parse(body.toString("utf8")).repositoryCreationTemplates).toEqual([{ prefix: "ROOT", description: "ap-northeast-1" }]);
});

test("the registry's policy: one, in the emulator's account, until it is deleted", async () => {
  const call = service(registryPolicies(), () => "<Account>111122223333</Account>");
  expect(await call("GetRegistryPolicy", {})).toBe("RegistryPolicyNotFoundException");
  expect(await call("PutRegistryPolicy", { policyText: "{}" })).toEqual({ registryId: "111122223333", policyText: "{}" });
  expect(await call("GetRegistryPolicy", {})).toEqual({ registryId: "111122223333", policyText: "{}" });
  await call("DeleteRegistryPolicy", {});
  expect(await call("GetRegistryPolicy", {})).toBe("RegistryPolicyNotFoundException");
});

test("associations are applied at once; tags of other things are the emulator's", async () => {
  const call = service(associations());
  const { AssociationDescription } = await call("CreateAssociation", { Name: "AWS-ConfigureAWSPackage" });
  const { AssociationId } = AssociationDescription;
  await call("UpdateAssociation", { AssociationId, ScheduleExpression: "rate(1 day)" });
  expect((await call("DescribeAssociation", { AssociationId })).AssociationDescription).toMatchObject({
    ScheduleExpression: "rate(1 day)",
    Overview: { Status: "Success" },
  });
  expect(await call("ListTagsForResource", { ResourceType: "Association", ResourceId: AssociationId })).toEqual({ TagList: [] });
  expect(await call("ListTagsForResource", { ResourceType: "Parameter", ResourceId: "p" })).toEqual({ emulated: true });
  await call("DeleteAssociation", { AssociationId });
  expect(await call("DescribeAssociation", { AssociationId })).toBe("AssociationDoesNotExist");
});

test("functions: where failures and logs go is read back, alone and beside the code, until the function is gone", async () => {
  const emulator = corrected(forgottenSettings(), ({ method, url }) =>
    answer(
      method === "GET" && !url.pathname.endsWith("configuration")
        ? { Configuration: { Runtime: "nodejs22.x" }, Code: {} }
        : { Runtime: "nodejs22.x" },
    ),
  );
  const functions = "/2015-03-31/functions";
  const call = async (method: string, path: string, body?: object) =>
    JSON.parse(await emulator.ask(rest("lambda", method, `${functions}${path}`, body && JSON.stringify(body))));
  const [DeadLetterConfig, LoggingConfig] = [{ TargetArn: "queue" }, { LogFormat: "JSON" }];
  expect(await call("POST", "", { FunctionName: "f", DeadLetterConfig })).toEqual({ Runtime: "nodejs22.x", DeadLetterConfig });
  await call("PUT", "/f/configuration", { LoggingConfig });
  expect(await call("GET", "/f")).toEqual({ Configuration: { Runtime: "nodejs22.x", DeadLetterConfig, LoggingConfig }, Code: {} });
  expect(await call("GET", "/f/configuration")).toEqual({ Runtime: "nodejs22.x", DeadLetterConfig, LoggingConfig });
  expect(await call("GET", "/g/configuration")).toEqual({ Runtime: "nodejs22.x" });
  await call("DELETE", "/f");
  expect(await call("GET", "/f/configuration")).toEqual({ Runtime: "nodejs22.x" });
});

test("two sets of corrections have nothing in common", async () => {
  await service(cacheRules())("CreatePullThroughCacheRule", { ecrRepositoryPrefix: "quay" });
  expect(await service(cacheRules())("DescribePullThroughCacheRules", { ecrRepositoryPrefixes: ["quay"] })).toBe(
    "PullThroughCacheRuleNotFoundException",
  );
});
