/** The ci stack: what an account has for what it asks, and how its parts hang together. */
import { describe, expect, test } from "@jest/globals";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { isObject, resourcesOf } from "../../modules/terraform-json.ts";
import { ci as contract } from "../../stacks/contracts.ts";
import { environmentOf, synthStack } from "../support/synth.ts";
import { type CiInput, everything, fleet, notifications, pipeline, service } from "./ci-input.ts";

function synth(ci: CiInput, overrides: Partial<EnvironmentInput> = {}) {
  const json = synthStack(environmentOf({ ci, ...overrides }), "ci");
  const resources = new Map(resourcesOf(json).map(({ address, attributes }) => [address, attributes]));
  const of = (type: string) => Object.entries(json.resource?.[type] ?? {});
  return { json, resources, of, types: [...new Set(resourcesOf(json).map(({ type }) => type))] };
}

test("an environment that only plans and applies has trust, a boundary and two roles", () => {
  const { types, of } = synth({ github: {} });
  expect(types.sort()).toEqual([
    "aws_iam_openid_connect_provider",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
  ]);
  expect(of("aws_iam_role").map(([, { name, max_session_duration: seconds }]) => [name, seconds])).toEqual([
    ["mainline-test-plan", 3600],
    ["mainline-test-apply", 7200],
  ]);
});

test("applies change what the environment has, stack by stack", () => {
  const attached = (overrides: Partial<EnvironmentInput>) =>
    synth({ github: {} }, overrides)
      .of("aws_iam_policy")
      .map(([, { name }]) => String(name).replace("mainline-test-", ""));
  expect(attached({})).toEqual(["ci-boundary", "apply-state", "apply-network", "apply-cluster", "apply-ci"]);
  expect(attached({ network: undefined, cluster: undefined })).toEqual(["ci-boundary", "apply-state", "apply-ci"]);
});

test("every role that jobs take is within the boundary, roles of AWS services are not taken by jobs", () => {
  const roles = synth(everything).of("aws_iam_role");
  const taken = roles.filter(([, { assume_role_policy: trust }]) => String(trust).includes("AssumeRoleWithWebIdentity"));
  expect(taken.map(([, { name }]) => name)).toEqual([
    "mainline-test-plan",
    "mainline-test-apply",
    "mainline-test-push-api",
    "mainline-test-preview-api",
    "mainline-test-push-web",
  ]);
  for (const [, { permissions_boundary: boundary }] of taken) expect(boundary).toBe(`\${aws_iam_policy.trust_boundary.arn}`);
});

describe("Atlantis", () => {
  const atlantis = {
    host: "atlantis.test.example.com",
    app: { id: 1, slug: "example-atlantis", secret: "atlantis" },
    roles: { plan: "arn:aws:iam::111122223333:role/mainline-test-plan", apply: "arn:aws:iam::111122223333:role/mainline-test-apply" },
    teams: { plan: ["a"], apply: ["b"] },
  };
  test.each([
    ["where it is installed", { atlantis }, true],
    ["where it is not", {}, false],
  ])("may take both roles %s", (_, addons, trusted) => {
    const { of } = synth({ github: {} }, { addons: { "storage-classes": {}, ...addons } });
    const trust = of("aws_iam_role").map(([, role]) => String(role.assume_role_policy));
    expect(trust.map((text) => text.includes("role/mainline-test-atlantis"))).toEqual([trusted, trusted]);
  });
});

test("every service has its repository and its role; one that only a pipeline builds has no role", () => {
  const { of } = synth({
    connections: everything.connections,
    services: { api: service },
    pipelines: { api: { ...pipeline, build: { service: "api" } } },
  });
  expect(of("aws_ecr_repository").map(([, { name }]) => name)).toEqual(["shop/api"]);
  expect(of("aws_iam_role").map(([name]) => name)).not.toContain("registries_api_jobs_push_role");
  expect(of("aws_ecr_repository")[0]?.[1]).toMatchObject({ image_tag_mutability: "IMMUTABLE", tags: { team: "shop" } });
});

test("pull requests push into a repository of their own, where nothing is released from, and only there", () => {
  const { of } = synth(everything);
  expect(of("aws_ecr_repository").map(([, { name }]) => name)).toEqual(["shop/api", "shop/api/previews", "shop/web"]);
  const rights = Object.fromEntries(of("aws_iam_role_policy").map(([name, { policy }]) => [name, String(policy)]));
  const trust = Object.fromEntries(of("aws_iam_role").map(([, { name, assume_role_policy: text }]) => [String(name), String(text)]));
  const preview = rights["registries_api-previews_jobs_push_own"] ?? "";
  expect(preview).toContain("aws_ecr_repository.registries_api-previews_repository.arn");
  expect(preview).not.toContain("aws_ecr_repository.registries_api_repository.arn");
  expect([trust["mainline-test-preview-api"], trust["mainline-test-push-api"]].map((text) => text?.includes(":pull_request"))).toEqual([
    true,
    false,
  ]);
});

test("copies in another region can be pulled and are limited there, before the first is made", () => {
  const { of } = synth(everything);
  const templates = of("aws_ecr_repository_creation_template").filter(([, { provider }]) => provider !== undefined);
  expect(templates.map(([, { provider, applied_for: why }]) => [provider, why])).toEqual([["aws.ap-northeast-1", ["REPLICATION"]]]);
  const [{ policy: pulls } = {}] = of("aws_ecr_repository_policy").map(([, attributes]) => attributes);
  const [{ policy: expiry } = {}] = of("aws_ecr_lifecycle_policy").map(([, attributes]) => attributes);
  expect(templates[0]?.[1]).toMatchObject({ repository_policy: pulls, lifecycle_policy: expiry });
  expect(of("aws_ecr_replication_configuration")[0]?.[1].depends_on).toEqual(
    templates.map(([name]) => `aws_ecr_repository_creation_template.${name}`),
  );
});

test.each([
  ["aws_ecr_replication_configuration", 1],
  ["aws_ecr_registry_policy", 1],
  ["aws_ecr_pull_through_cache_rule", 1],
  ["aws_ecr_repository_creation_template", 3],
  ["aws_ecr_registry_scanning_configuration", 1],
  ["aws_codebuild_project", 2],
  ["aws_codepipeline", 1],
  ["aws_codedeploy_deployment_group", 3],
  ["aws_codedeploy_deployment_config", 1],
  ["aws_ssm_association", 1],
  ["aws_autoscaling_group", 1],
  ["aws_chatbot_slack_channel_configuration", 1],
  ["aws_lambda_function", 1],
  ["aws_sns_topic", 1],
  ["aws_codestarnotifications_notification_rule", 5],
])("%s: %i with everything, none for roles alone", (type, count) => {
  expect(synth(everything).of(type)).toHaveLength(count);
  expect(synth({ github: {} }).of(type)).toHaveLength(0);
});

describe("deployments", () => {
  const groups = Object.fromEntries(synth(everything).of("aws_codedeploy_deployment_group"));
  const at = (name: string) => groups[`delivery_${name}-deployment_group`];

  test("in place on a fleet: rolled back when it fails or an instance does", () => {
    expect(at("web")).toMatchObject({
      deployment_config_name: "CodeDeployDefault.OneAtATime",
      deployment_style: { deployment_type: "IN_PLACE", deployment_option: "WITHOUT_TRAFFIC_CONTROL" },
      auto_rollback_configuration: { enabled: true, events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] },
      alarm_configuration: { enabled: true, ignore_poll_alarm_failure: false },
    });
  });
  test("blue-green behind a load balancer, with a rule and alarms of its own; who replaces the group is CodeDeploy", () => {
    expect(at("shop")).toMatchObject({
      deployment_style: { deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" },
      load_balancer_info: { target_group_info: [{ name: "shop" }] },
      blue_green_deployment_config: { green_fleet_provisioning_option: { action: "COPY_AUTO_SCALING_GROUP" } },
      alarm_configuration: { alarms: ["shop-5xx"] },
      lifecycle: { ignore_changes: ["autoscaling_groups"] },
    });
  });
  test("a fleet is reached by its load balancer on one port, and by nobody where none is named", () => {
    const rules = (served?: { port: number; from: string }) => {
      const { of } = synth({ deployments: { web: { fleet: { ...fleet, ...(served && { served }) } } } });
      const groups = Object.values(of("aws_launch_template")[0]?.[1].vpc_security_group_ids ?? []);
      return [
        groups.length,
        of("aws_vpc_security_group_ingress_rule").map(([, { from_port: port, referenced_security_group_id: from }]) => [port, from]),
      ];
    };
    expect(rules()).toEqual([1, []]);
    expect(rules({ port: 8080, from: "sg-0a1b2c3d4e5f67890" })).toEqual([2, [[8080, "sg-0a1b2c3d4e5f67890"]]]);
  });
  test("by tags: an instance has all of them", () => {
    expect(at("old")).toMatchObject({
      ec2_tag_set: [{ ec2_tag_filter: [{ key: "role", value: "web" }] }, { ec2_tag_filter: [{ key: "tier", value: "old" }] }],
      auto_rollback_configuration: { events: ["DEPLOYMENT_FAILURE"] },
    });
  });
});

test("only the build of an image is privileged, and both run in the private subnets", () => {
  const projects = synth(everything).of("aws_codebuild_project");
  const seen = projects.map(([name, { environment, vpc_config: vpc }]) => [
    name,
    isObject(environment) && environment.privileged_mode,
    JSON.stringify(vpc).includes("privateSubnetIds"),
  ]);
  expect(seen).toEqual([
    ["delivery_api_build_project", true, true],
    ["delivery_api_test_project", false, true],
  ]);
});

test("what looks like Terraform in commands and messages stays what it was", () => {
  const { of } = synth(everything);
  expect(JSON.stringify(of("aws_codebuild_project"))).toContain(`$\${IMAGE_REPOSITORY`);
  expect(JSON.stringify(of("aws_codepipeline"))).toContain(`Deploy $\${this}?`);
});

test("artifacts expire, and code of functions does not", () => {
  const [[, lifecycle] = []] = synth(everything).of("aws_s3_bucket_lifecycle_configuration");
  expect(lifecycle?.rule).toMatchObject([
    { id: "old-versions", filter: [{ prefix: "" }], noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
    { id: "expiry-api-mainline-test", filter: [{ prefix: "api-mainline-test/" }], expiration: [{ days: 30 }] },
  ]);
  expect(JSON.stringify(lifecycle)).not.toContain("functions/");
});

test("what Slack did not get is kept, and an alarm says so", () => {
  const { of } = synth({ notifications });
  const queue = `\${aws_sqs_queue.delivery_news_slack_undelivered.arn}`;
  expect(of("aws_lambda_function")[0]?.[1]).toMatchObject({ dead_letter_config: { target_arn: queue } });
  expect(of("aws_sns_topic_subscription")[0]?.[1].redrive_policy).toBe(JSON.stringify({ deadLetterTargetArn: queue }));
  expect(of("aws_cloudwatch_metric_alarm").map(([, { alarm_name: name }]) => name)).toEqual(["mainline-test-slack-undelivered"]);
});

test("news alone need no network", () => {
  const { json } = synth({ notifications }, { network: undefined, cluster: undefined });
  expect(json.data?.terraform_remote_state).toBeUndefined();
});

test("every value of the contract is published; a service's as JSON", () => {
  const { output = {} } = synth(everything).json;
  expect(Object.keys(output).sort()).toEqual(Object.keys(contract.terms).sort());
  expect(Object.keys(JSON.parse(String(output.repositories?.value)))).toEqual(["api", "web"]);
  expect(output.registry?.value).toBe("111122223333.dkr.ecr.ap-northeast-2.amazonaws.com");
});

test("a provider that the account has already is trusted by its ARN and not made again", () => {
  const { types, of } = synth({ github: { provider: "existing" } });
  expect(types).not.toContain("aws_iam_openid_connect_provider");
  const [[, role] = []] = of("aws_iam_role");
  expect(role?.assume_role_policy).toContain("arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com");
});

test.each([true, false])("protection.deletion %s guards images, trust, artifacts and their key", (deletion) => {
  const json = synthStack(environmentOf({ ci: everything, protection: { deletion } }), "ci");
  const held = resourcesOf(json).filter(
    ({ attributes }) => isObject(attributes.lifecycle) && attributes.lifecycle.prevent_destroy === deletion,
  );
  expect([...new Set(held.map(({ type }) => type))].sort()).toEqual([
    "aws_ecr_repository",
    "aws_iam_openid_connect_provider",
    "aws_kms_key",
    "aws_s3_bucket",
  ]);
});
