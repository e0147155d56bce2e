/** Decisions of CI that need no stack: what goes when, what a build does, how a deployment goes, how names are cut. */
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { buildspec, testspec } from "../../../modules/ci/builds/buildspec.ts";
import { newestImage } from "../../../modules/ci/deployments/fleet.ts";
import { awsConfiguration, ownRule, styleOf } from "../../../modules/ci/deployments/rules.ts";
import { artifactFolder, pipelineName } from "../../../modules/ci/pipelines/names.ts";
import { stages, trigger } from "../../../modules/ci/pipelines/stages.ts";
import { previewPolicy, releasePolicy } from "../../../modules/ci/registries/lifecycle.ts";
import { pullPolicy } from "../../../modules/ci/registries/policies.ts";
import { templatesOf } from "../../../modules/ci/registries/registry.ts";
import { copyRegions } from "../../../modules/ci/registries/replicas.ts";
import { changesOf } from "../../../modules/ci/rights/apply.ts";
import { boundaryStatements } from "../../../modules/ci/rights/boundary.ts";
import { policyDocument } from "../../../modules/iam/policy.ts";
import { stackNames } from "../../../stacks/contract.ts";
import { isAllowed } from "../../support/iam.ts";

describe("images", () => {
  /** In the order of their priorities, which ECR wants to begin at 1. */
  const rules = (policy: string) =>
    JSON.parse(policy).rules.map((rule: { rulePriority: number; selection: object }) => [rule.rulePriority, rule.selection]);
  const days = (countNumber: number) => ({ countType: "sinceImagePushed", countUnit: "days", countNumber });

  test("of releases stay while they are among the newest; nothing else is counted with them", () => {
    expect(rules(releasePolicy({ images: 100, untaggedDays: 7 }))).toEqual([
      [1, { tagStatus: "untagged", ...days(7) }],
      [2, { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: 100 }],
    ]);
  });
  test("of pull requests go by age, with or without a tag", () => {
    expect(rules(previewPolicy({ previewDays: 14 }))).toEqual([[1, { tagStatus: "any", ...days(14) }]]);
  });
  test.each([
    ["another region", [{ region: "ap-northeast-1" }], ["ap-northeast-1"]],
    [
      "two regions, by name",
      [{ region: "us-west-2" }, { region: "ap-northeast-1", account: "111122223333" }],
      ["ap-northeast-1", "us-west-2"],
    ],
    ["another account, which has its own rules", [{ region: "ap-northeast-1", account: "444455556666" }], []],
  ])("are copied to %s: this account looks after %j in %j", (_, replicas, regions) => {
    expect(copyRegions({ account: "111122223333" }, { replicas })).toEqual(regions);
  });

  test.each([
    ["a node of dev", "arn:aws:iam::111122223333:role/mainline-dev-node", "ecr:BatchGetImage", true],
    ["a node of prod", "arn:aws:iam::777788889999:role/mainline-prod-node", "ecr:GetDownloadUrlForLayer", true],
    ["a role of dev's name in prod", "arn:aws:iam::777788889999:role/mainline-dev-node", "ecr:BatchGetImage", false],
    ["somebody else in dev", "arn:aws:iam::111122223333:role/finance", "ecr:BatchGetImage", false],
    ["a stranger", "arn:aws:iam::999900001111:role/mainline-dev-node", "ecr:BatchGetImage", false],
  ])("are pulled by %s: %s %s", (_, role, action, allowed) => {
    const document = JSON.parse(pullPolicy("mainline", { dev: "111122223333", prod: "777788889999" }));
    const [statement] = document.Statement;
    const patterns: string[] = statement.Condition.ArnLike["aws:PrincipalArn"];
    const named = patterns.some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(role));
    const trusted = statement.Principal.AWS.includes(`arn:aws:iam::${role.split(":")[4]}:root`);
    expect(named && trusted && statement.Action.includes(action)).toBe(allowed);
  });

  test("that ECR fetches by itself follow their upstream, copies do not", () => {
    const keep = { images: 30, untaggedDays: 7, previewDays: 14 };
    const pullThrough = { quay: { upstream: "quay.io" as const } };
    const made = templatesOf({ keep, readers: {}, replicas: [], replicasFrom: ["111122223333"], pullThrough });
    expect(made.map(({ prefix, appliedFor, mutability }) => [prefix, appliedFor, mutability])).toEqual([
      ["quay", "PULL_THROUGH_CACHE", "MUTABLE"],
      ["ROOT", "REPLICATION", "IMMUTABLE"],
    ]);
  });
});

describe("a build", () => {
  test("has all four phases, and pushes nothing that failed", () => {
    const { phases, artifacts } = parse(buildspec({ commands: ["make"], image: true }));
    expect(Object.keys(phases)).toEqual(["install", "pre_build", "build", "post_build"]);
    expect(phases.build.commands[0]).toBe("make");
    expect(phases.post_build.commands[0]).toContain("CODEBUILD_BUILD_SUCCEEDING");
    expect(artifacts).toEqual({ files: ["**/*"] });
  });

  test.each([
    [true, 5],
    [false, 0],
  ])("with an image: %s, has %i commands of Docker and a registry, and keeps packages", (image, count) => {
    const spec = parse(buildspec({ commands: [], image }));
    const { install: _, ...phases } = spec.phases;
    const commands: string[] = Object.values(phases as Record<string, { commands: string[] }>).flatMap((phase) => phase.commands);
    expect(commands.filter((command) => /docker|IMAGE_REPOSITORY/.test(command))).toHaveLength(count);
    expect(spec.cache.paths).toContain("/root/.npm/**/*");
  });

  test("tests run their commands and nothing else", () => {
    expect(parse(testspec(["make test"])).phases).toEqual({ build: { commands: ["make test"] } });
  });
});

describe("a pipeline", () => {
  const parts = {
    connectionArn: "connection",
    provider: "GitHub" as const,
    buildProject: "build",
    testProject: "test",
    topicArn: "topic",
    deployment: { application: "app", group: "group" },
  };
  const source = { connection: "github", repository: "example/shop", branch: "main", paths: [] as string[] };
  const config = { source, build: {}, approval: { message: "Deploy?" } } as unknown as Parameters<typeof stages>[0];
  const { approval: _, ...unasked } = config;

  test.each([
    ["everything", config, parts, ["source", "build", "test", "approval", "deploy"]],
    ["no tests", config, { ...parts, testProject: undefined }, ["source", "build", "approval", "deploy"]],
    ["no approval", unasked, parts, ["source", "build", "test", "deploy"]],
    ["no deployment", unasked, { ...parts, deployment: undefined }, ["source", "build", "test"]],
  ])("with %s", (_what, wanted, given, expected) => {
    expect(stages(wanted as typeof config, given).map(({ name }) => name)).toEqual(expected);
  });

  test("hands on what was built, and what was tested is what is deployed", () => {
    const all = stages(config, parts).flatMap(({ action }) => action);
    expect(all.map(({ category, inputArtifacts, outputArtifacts }) => [category, inputArtifacts, outputArtifacts])).toEqual([
      ["Source", undefined, ["source"]],
      ["Build", ["source"], ["built"]],
      ["Test", ["built"], undefined],
      ["Approval", undefined, undefined],
      ["Deploy", ["built"], undefined],
    ]);
  });

  test.each([
    ["GitHub", "https://github.com/example/shop/commit/#{source.CommitId}"],
    ["GitLab", "https://gitlab.com/example/shop/-/commit/#{source.CommitId}"],
    ["Bitbucket", "https://bitbucket.org/example/shop/commits/#{source.CommitId}"],
  ] as const)("asks for approval with the commit in %s, and never with its message, which may be too long", (provider, link) => {
    const [asked] = stages(config, { ...parts, provider }).flatMap(({ action }) =>
      action.filter(({ category }) => category === "Approval"),
    );
    expect(asked?.configuration).toMatchObject({ CustomData: "Deploy? Commit #{source.CommitId}", ExternalEntityLink: link });
  });

  test.each([
    [[], { branches: { includes: ["main"] } }],
    [["api/**"], { branches: { includes: ["main"] }, filePaths: { includes: ["api/**"] } }],
  ])("is started by pushes that change %j", (paths, push) => {
    expect(trigger({ ...config, source: { ...source, paths } }).gitConfiguration.push).toEqual([push]);
  });

  test("has a folder of its own, although CodePipeline cuts names", () => {
    const folders = ["shop-api", "shop-web"].map((name) => artifactFolder(pipelineName({ prefix: "mainline-shared" }, name)));
    expect(folders).toEqual(["shop-api-mainline-sh", "shop-web-mainline-sh"]);
  });
});

test.each([
  ["one at a time", { batch: "one" }, "CodeDeployDefault.OneAtATime", undefined],
  ["half", { batch: "half" }, "CodeDeployDefault.HalfAtATime", undefined],
  ["all", { batch: "all" }, "CodeDeployDefault.AllAtOnce", undefined],
  [
    "never fewer than two",
    { batch: "one", minimumHealthy: { hosts: 2 } },
    "CodeDeployDefault.OneAtATime",
    { type: "HOST_COUNT", value: 2 },
  ],
  [
    "never under 75 %",
    { batch: "one", minimumHealthy: { percent: 75 } },
    "CodeDeployDefault.OneAtATime",
    { type: "FLEET_PERCENT", value: 75 },
  ],
  ["down to nothing", { batch: "one", minimumHealthy: { hosts: 0 } }, "CodeDeployDefault.OneAtATime", { type: "HOST_COUNT", value: 0 }],
] as const)("a deployment %s", (_, config, aws, own) => {
  expect([awsConfiguration(config), ownRule(config as Parameters<typeof ownRule>[0])]).toEqual([aws, own]);
});

test.each([
  ["in-place", undefined, "IN_PLACE", "WITHOUT_TRAFFIC_CONTROL"],
  ["in-place", "web", "IN_PLACE", "WITH_TRAFFIC_CONTROL"],
  ["blue-green", "web", "BLUE_GREEN", "WITH_TRAFFIC_CONTROL"],
] as const)("%s with target group %s is %s %s", (style, targetGroup, deploymentType, deploymentOption) => {
  expect(styleOf({ style, targetGroup })).toEqual({ deploymentType, deploymentOption });
});

test.each([
  ["t3.small", "x86_64"],
  ["m7g.large", "arm64"],
])("a fleet of %s starts from the newest image for %s, which EC2 looks up", (instance, machine) => {
  expect(newestImage(instance)).toBe(`resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${machine}`);
});

describe("rights of applies", () => {
  test.each(stackNames)("to change %s fit into one policy", (stack) => {
    const statements = changesOf(stack, "111122223333");
    expect(statements.length).toBeGreaterThan(0);
    expect(policyDocument(...statements).length).toBeLessThanOrEqual(6144);
  });

  test("and the boundary fits, too", () => {
    const state = {
      bucket: "b".repeat(63),
      folder: "production",
      keyAlias: `alias/${"k".repeat(40)}`,
      account: "111122223333",
      region: "ap-southeast-2",
    };
    const providers = ["token.actions.githubusercontent.com", `oidc.circleci.com/org/${"1".repeat(36)}`].map(
      (host) => `arn:aws:iam::111122223333:oidc-provider/${host}`,
    );
    expect(
      policyDocument(...boundaryStatements({ state, prefix: "p".repeat(27), providers, otherRegions: ["ap-northeast-1", "us-west-2"] }))
        .length,
    ).toBeLessThanOrEqual(6144);
  });

  test("a stack that nobody gave rights to has none", async () => {
    expect(changesOf("unheard-of", "111122223333")).toEqual([]);
    expect(await isAllowed([], { action: "ec2:CreateVpc", resource: "arn:aws:ec2:ap-northeast-2:111122223333:vpc/vpc-1" })).toBe(false);
  });
});
