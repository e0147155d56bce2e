/** CI of the shared environment: registries, builds, pipelines, machines that are deployed to. */
import { type Attributes, add, at, type Case, policy, ref, set } from "../../case.ts";

const repository = "aws_ecr_repository.registries_shop-api_repository";
const readers = "aws_ecr_repository_policy.registries_shop-api_readers";
const push = "aws_iam_role.registries_shop-api_jobs_push_role";
const tests = "aws_codebuild_project.delivery_shop-admin_test_project";
const builds = "aws_codebuild_project.delivery_shop-admin_build_project";
const pipeline = "aws_codepipeline.delivery_shop-admin_pipeline";
const fleet = "aws_autoscaling_group.delivery_shop-admin-deployment_fleet_group";
const machine = "aws_launch_template.delivery_shop-admin-deployment_fleet_start_template";
const expiry = "aws_ecr_lifecycle_policy.registries_shop-api_expiry";
const keeping =
  (count: number): Case["change"] =>
  (draft) => {
    const attributes = at(draft, expiry);
    attributes.policy = String(attributes.policy).replace('"countNumber":30', `"countNumber":${count}`);
  };
const inEnvironment =
  (address: string, more: Attributes): Case["change"] =>
  (draft) =>
    void Object.assign(at(draft, address).environment as Attributes, more);

export const delivery: readonly Case[] = [
  {
    id: "registry-for-any-role",
    base: "delivery",
    finds: ["iam-"],
    at: "shop-api_readers",
    change: policy(readers, "policy", ({ Statement: [first] }) => {
      delete first?.Condition;
    }),
  },
  {
    id: "registry-goes-with-its-images",
    base: "delivery",
    finds: ["destroys-contents", "ecr-"],
    at: "shop-api_repository",
    change: set(repository, { force_delete: true }),
  },
  { id: "registry-keeps-three", base: "delivery", finds: ["ecr-", "retention-"], at: "shop-api_expiry", change: keeping(3) },
  {
    id: "registry-scans-less",
    base: "delivery",
    finds: ["ecr-"],
    at: "registry_scanning",
    change: set("aws_ecr_registry_scanning_configuration.registries_registry_scanning", { scan_type: "BASIC", rule: [] }),
  },
  {
    id: "images-copied-to-other-account",
    base: "delivery",
    finds: ["copies-", "ecr-"],
    at: "registry_replication",
    change: set("aws_ecr_replication_configuration.registries_registry_replication", {
      replication_configuration: { rule: [{ destination: [{ region: "ap-northeast-2", registry_id: "999900001111" }] }] },
    }),
  },
  {
    id: "images-pulled-from-elsewhere",
    base: "delivery",
    finds: ["ecr-", "destroy", "replace"],
    at: "registry_quay",
    change: set("aws_ecr_pull_through_cache_rule.registries_registry_quay", {
      upstream_registry_url: "registry-1.docker.io",
      credential_arn: "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf",
    }),
  },
  {
    id: "push-from-every-branch",
    base: "delivery",
    finds: ["iam-trust-"],
    at: "shop-api_jobs_push_role",
    change: policy(push, "assume_role_policy", ({ Statement: [first] }) => {
      if (first?.Condition) first.Condition.StringLike = { "token.actions.githubusercontent.com:sub": "repo:example/shop-api:*" };
    }),
  },
  {
    id: "tests-privileged",
    base: "delivery",
    finds: ["pipeline-", "codebuild-", "privileged"],
    at: "test_project",
    change: inEnvironment(tests, { privileged_mode: true }),
  },
  {
    id: "build-with-secret-in-clear",
    base: "delivery",
    finds: ["pipeline-", "codebuild-", "secret-"],
    at: "build_project",
    change: inEnvironment(builds, {
      environment_variable: [{ name: "NPM_TOKEN", type: "PLAINTEXT", value: ["npm", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("_") }],
    }),
  },
  {
    id: "pipeline-of-another-branch",
    base: "delivery",
    finds: ["pipeline-", "source-"],
    at: "shop-admin_pipeline",
    change: (draft) => {
      const [source] = at(draft, pipeline).stage as { action: { configuration: Attributes }[] }[];
      if (source?.action[0]) source.action[0].configuration.BranchName = "quick-fix";
    },
  },
  {
    id: "pipeline-without-approval",
    base: "delivery",
    finds: ["pipeline-", "approval-"],
    at: "shop-admin_pipeline",
    change: (draft) => {
      const attributes = at(draft, pipeline);
      attributes.stage = (attributes.stage as Attributes[]).filter(({ name }) => name !== "approval");
    },
  },
  {
    id: "function-called-by-anybody",
    base: "delivery",
    finds: ["iam-"],
    at: "from-anywhere",
    change: add("aws_lambda_permission.from-anywhere", {
      function_name: "mainline-shared-slack",
      action: "lambda:InvokeFunction",
      principal: "*",
      statement_id: "anywhere",
    }),
  },
  {
    id: "news-from-any-account",
    base: "delivery",
    finds: ["iam-"],
    at: "news_all_policy",
    change: policy("aws_sns_topic_policy.delivery_news_all_policy", "policy", ({ Statement: [first] }) => {
      delete first?.Condition;
    }),
  },
  {
    id: "fleet-to-none",
    base: "delivery",
    finds: ["eks-nodes-", "fleet-", "capacity-", "availability-"],
    at: "fleet_group",
    change: set(fleet, { min_size: 0, max_size: 0 }),
  },
  {
    id: "fleet-with-open-metadata",
    base: "delivery",
    finds: ["eks-imds"],
    at: "fleet_start_template",
    change: set(machine, { metadata_options: { http_endpoint: "enabled", http_put_response_hop_limit: 1, http_tokens: "optional" } }),
  },

  // Harmless: more, longer, larger.
  { id: "registry-keeps-more", base: "delivery", finds: [], change: keeping(60) },
  { id: "tests-larger", base: "delivery", finds: [], change: inEnvironment(tests, { compute_type: "BUILD_GENERAL1_MEDIUM" }) },
  { id: "build-may-last-longer", base: "delivery", finds: [], change: set(builds, { build_timeout: 60 }) },
  { id: "fleet-may-grow", base: "delivery", finds: [], change: set(fleet, { max_size: 6 }) },
  {
    id: "registry-added",
    base: "delivery",
    finds: [],
    change: (draft) => {
      add("aws_ecr_repository.registries_shop-jobs_repository", { ...at(draft, repository), name: "shop/shop-jobs" })(draft);
      add("aws_ecr_repository_policy.registries_shop-jobs_readers", {
        ...at(draft, readers),
        repository: ref("aws_ecr_repository.registries_shop-jobs_repository.name"),
      })(draft);
    },
  },
  {
    id: "build-log-kept-longer",
    base: "delivery",
    finds: [],
    change: set("aws_cloudwatch_log_group.delivery_shop-admin_build_log", { retention_in_days: 180 }),
  },
];
