/** Findings of single services: pipelines, registries, copies, databases. */
import { expect, test } from "@jest/globals";
import { findingsOf } from "../../review/index.ts";
import { type Change, created, plan, replaced, unchanged, updated, type Values } from "./plans.ts";

const project = (environment: Values): Values => ({ environment: [environment] });
const pipeline = (branch: string, ...more: readonly Values[]): Values => ({
  stage: [
    { action: [{ name: "source", category: "Source", configuration: { BranchName: branch } }] },
    ...more.map((action) => ({ action: [action] })),
  ],
});
const approval: Values = { name: "approve", category: "Approval" };
const images = (count: number): Values => ({
  policy: JSON.stringify({ rules: [{ rulePriority: 1, selection: { countNumber: count } }] }),
});
const own = unchanged("aws_vpc.own", { arn: "arn:aws:ec2:ap-northeast-2:111122223333:vpc/vpc-1" });
const copied = (account: string): Values => ({ rule: [{ destination: [{ bucket: "arn:aws:s3:::copies", account }] }] });
const readers = (account: string): Values => ({
  policy: JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "ecr:BatchGetImage" }],
  }),
});
const others = unchanged("aws_ecr_repository_policy.a", readers("444455556666"));
const endpoint = (isService: string): Values => ({
  policy: JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "*", Resource: "*", Condition: { Bool: { "aws:PrincipalIsAWSService": isService } } },
    ],
  }),
});

test.each<[string, Change, readonly string[]]>([
  [
    "privileged builds",
    updated("aws_codebuild_project.a", project({ privileged_mode: false }), project({ privileged_mode: true })),
    ["caution pipeline-privileged"],
  ],
  [
    "a secret in clear",
    created("aws_codebuild_project.a", project({ environment_variable: [{ name: "NPM_TOKEN", type: "PLAINTEXT", value: "x" }] })),
    ["danger pipeline-secret-in-clear"],
  ],
  [
    "a secret by its name",
    created("aws_codebuild_project.a", project({ environment_variable: [{ name: "NPM_TOKEN", type: "SECRETS_MANAGER", value: "x" }] })),
    [],
  ],
  ["another branch", updated("aws_codepipeline.a", pipeline("main"), pipeline("fix")), ["caution pipeline-source-changed"]],
  ["code from elsewhere", updated("aws_lambda_function.a", { s3_bucket: "a" }, { s3_bucket: "b" }), ["caution pipeline-source-changed"]],
  ["nobody is asked", updated("aws_codepipeline.a", pipeline("main", approval), pipeline("main")), ["danger pipeline-approval-removed"]],
  [
    "one stage more",
    updated("aws_codepipeline.a", pipeline("main", approval), pipeline("main", approval, { name: "b", category: "Build" })),
    [],
  ],
  ["fewer images", updated("aws_ecr_lifecycle_policy.a", images(30), images(3)), ["caution ecr-images-expire"]],
  ["more images", updated("aws_ecr_lifecycle_policy.a", images(30), images(60)), []],
  ["a copy elsewhere", created("aws_s3_bucket_replication_configuration.a", copied("999900001111")), ["danger copies-leave-account"]],
  ["a copy at home", created("aws_s3_bucket_replication_configuration.a", copied("111122223333")), []],
  [
    "another major version",
    updated("aws_db_instance.a", { engine_version: "16.3" }, { engine_version: "17.2" }),
    ["caution database-major-version"],
  ],
  [
    "fewer images, where the rules are replaced",
    replaced("aws_ecr_lifecycle_policy.a", images(30), images(3), "policy"),
    ["caution ecr-images-expire"],
  ],
  ["more images, where the rules are replaced", replaced("aws_ecr_lifecycle_policy.a", images(30), images(60), "policy"), []],
  ["a registry more, with the readers of all", created("aws_ecr_repository_policy.b", readers("444455556666")), []],
  ["a registry more, with another reader", created("aws_ecr_repository_policy.b", readers("999900001111")), ["caution iam-other-account"]],
  ["an endpoint for AWS's services", created("aws_vpc_endpoint.a", endpoint("true")), []],
  ["an endpoint for everybody else", created("aws_vpc_endpoint.a", endpoint("false")), ["caution network-endpoint-policy-opened"]],
  ["a parameter in clear", updated("aws_ssm_parameter.a", { type: "SecureString" }, { type: "String" }), ["danger encryption-off"]],
  [
    "a smaller machine",
    updated("aws_db_instance.a", { instance_class: "db.r7g.2xlarge" }, { instance_class: "db.r7g.xlarge" }),
    ["caution database-smaller"],
  ],
  ["a larger machine", updated("aws_db_instance.a", { instance_class: "db.t4g.medium" }, { instance_class: "db.t4g.large" }), []],
  [
    "messages to somebody",
    created("aws_sns_topic_subscription.a", { protocol: "https", endpoint: "https://a.example" }),
    ["danger copies-leave-account"],
  ],
  [
    "messages to a queue of ours",
    created("aws_sns_topic_subscription.a", { protocol: "sqs", endpoint: "arn:aws:sqs:r:111122223333:q" }),
    [],
  ],
  ["no names", updated("aws_vpc.a", { enable_dns_support: true }, { enable_dns_support: false }), ["danger network-names-off"]],
  ["another start", updated("aws_launch_template.a", { user_data: "YQ==" }, { user_data: "Yg==" }), ["caution eks-nodes-start"]],
  [
    "no way back",
    updated(
      "aws_codedeploy_deployment_group.a",
      { auto_rollback_configuration: [{ enabled: true }] },
      { auto_rollback_configuration: [{ enabled: false }] },
    ),
    ["caution safety-net-off"],
  ],
  ["a patch", updated("aws_db_instance.a", { engine_version: "16.3" }, { engine_version: "16.4" }), []],
])("%s", (_, change, expected) => {
  const told = findingsOf([plan({ changes: [own, others, change] })]).filter(({ danger }) => danger !== "info");
  expect(told.map(({ danger, rule }) => `${danger} ${rule}`)).toEqual(expected);
});

test("a secret's value is told nowhere", () => {
  const change = created("aws_codebuild_project.a", project({ environment_variable: [{ name: "DB_PASSWORD", value: "correct-horse" }] }));
  expect(JSON.stringify(findingsOf([plan({ changes: [change] })]))).not.toContain("correct-horse");
});
