import { allowing, type Cases, ref, resources } from "./case.ts";

const repository = (attributes: Readonly<Record<string, unknown>>) =>
  resources({ aws_ecr_repository: { it: attributes as Readonly<Record<string, string>> } });
const project = (environment: Readonly<Record<string, unknown>>, more = {}) =>
  resources({ aws_codebuild_project: { it: { environment: environment as Readonly<Record<string, string>>, ...more } } });
const pushing = [{ name: "IMAGE_REPOSITORY", value: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/shop/api" }];

const host = "token.actions.githubusercontent.com";
const trusted = (sub: string | readonly string[], more = {}) =>
  resources({
    aws_iam_role: {
      it: {
        assume_role_policy: allowing({
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
          Condition: { StringLike: { [`${host}:sub`]: sub, [`${host}:aud`]: "sts.amazonaws.com" } },
        }),
        permissions_boundary: "arn:aws:iam::111122223333:policy/boundary",
        ...more,
      },
    },
  });
const circle = "org/1/project/2/user/?/vcs-origin/github.com/example/shop/vcs-ref/refs/heads/main";

export const deliveryCases: Cases = {
  "images-immutable": {
    holds: [repository({ image_tag_mutability: "IMMUTABLE" })],
    fails: [repository({}), repository({ image_tag_mutability: "MUTABLE" })],
  },
  "images-scanned": {
    holds: [repository({ image_scanning_configuration: { scan_on_push: true } })],
    fails: [repository({}), repository({ image_scanning_configuration: { scan_on_push: false } })],
  },
  "images-encrypted": {
    holds: [repository({ encryption_configuration: [{ encryption_type: "KMS", kms_key: ref("aws_kms_key.it.arn") }] })],
    fails: [
      repository({}),
      repository({ encryption_configuration: [{ encryption_type: "AES256" }] }),
      repository({ encryption_configuration: [{ encryption_type: "KMS" }] }),
    ],
  },
  "images-expire": {
    holds: [
      resources({ aws_ecr_repository: { it: {} }, aws_ecr_lifecycle_policy: { it: { repository: ref("aws_ecr_repository.it.name") } } }),
    ],
    fails: [repository({})],
  },
  "builds-unprivileged": {
    holds: [project({ privileged_mode: false }), project({ privileged_mode: true, environment_variable: pushing })],
    fails: [project({ privileged_mode: true })],
  },
  "builds-no-plain-secrets": {
    holds: [
      project({ environment_variable: [{ name: "STAGE", value: "dev" }] }),
      project({ environment_variable: [{ name: "NPM_TOKEN", value: "npm", type: "SECRETS_MANAGER" }] }),
    ],
    fails: [
      project({ environment_variable: [{ name: "NPM_TOKEN", value: "abc" }] }),
      project({ environment_variable: [{ name: "db_password", value: "abc", type: "PLAINTEXT" }] }),
    ],
  },
  "builds-in-network": { holds: [project({}, { vpc_config: { vpc_id: "vpc-1" } })], fails: [project({})] },
  "artifacts-encrypted": {
    holds: [resources({ aws_codepipeline: { it: { artifact_store: [{ encryption_key: { type: "KMS", id: "key" } }] } } })],
    fails: [
      resources({ aws_codepipeline: { it: { artifact_store: [{ location: "bucket" }] } } }),
      resources({ aws_codepipeline: { it: {} } }),
    ],
  },
  "deployments-roll-back": {
    holds: [
      resources({
        aws_codedeploy_deployment_group: { it: { auto_rollback_configuration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] } } },
      }),
    ],
    fails: [
      resources({ aws_codedeploy_deployment_group: { it: {} } }),
      resources({ aws_codedeploy_deployment_group: { it: { auto_rollback_configuration: { enabled: true, events: [] } } } }),
      resources({
        aws_codedeploy_deployment_group: { it: { auto_rollback_configuration: { enabled: false, events: ["DEPLOYMENT_FAILURE"] } } },
      }),
    ],
  },
  "functions-keep-failures": {
    holds: [resources({ aws_lambda_function: { it: { dead_letter_config: { target_arn: "arn" } } } })],
    fails: [resources({ aws_lambda_function: { it: {} } })],
  },
  "ci-subjects-exact": {
    holds: [
      trusted("repo:example/shop:ref:refs/heads/main"),
      trusted(["repo:example/shop:pull_request", "repo:example/shop:environment:prod", "repo:example@1/shop@2:ref:refs/heads/release/*"]),
      trusted(circle),
      resources({
        aws_iam_role: { it: { assume_role_policy: allowing({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }) } },
      }),
    ],
    fails: [
      trusted("repo:example/shop:*"),
      trusted("repo:example/*"),
      trusted("repo:example/*:ref:refs/heads/main"),
      trusted("*"),
      trusted(["repo:example/shop:pull_request", "repo:example/shop:ref:refs/heads/*"]),
      trusted([]),
      trusted("org/1/project/*"),
    ],
  },
  "ci-roles-bounded": {
    holds: [trusted("repo:example/shop:pull_request")],
    fails: [trusted("repo:example/shop:pull_request", { permissions_boundary: undefined })],
  },
};
