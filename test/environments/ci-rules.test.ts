/** Mistakes in what is said about CI, and what is near one and let through. */
import { expect, test } from "@jest/globals";
import { serviceTeamsExist } from "../../environments/checks/ci.ts";
import type { Environment } from "../../environments/schema.ts";
import { environmentOf } from "../support/environment.ts";
import { complaint, said } from "./mistakes.ts";

const secret = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:docker-AbCdEf";
const service = { team: "shop", repository: "example/shop-api" };
const source = { connection: "github", repository: "example/shop-api" };
const connections = { github: { provider: "GitHub" } };
const fleet = { image: "ami-0a1b2c3d4e5f67890", min: 2, max: 4 };
const withDeployment = (deployment: object) => ({ "dev.ci": { deployments: { shop: deployment } } });

test.each([
  {
    mistake: "a pipeline without a source",
    changes: { "dev.ci": { connections, pipelines: { shop: { build: {} } } } },
    says: "ci.pipelines.shop.source  is missing. Give an object of connection, repository, branch, paths (Where its code comes from).",
  },
  {
    mistake: "every branch",
    changes: { "dev.ci": { github: {}, services: { shop: { ...service, branches: ["*"] } } } },
    says: 'ci.services.shop.branches[0]  "*" is not a branch or the branches below a folder, for example "main" or "release/*"; never "*". Meaning: Branches whose jobs may push.',
  },
  {
    mistake: "a repository without its owner",
    changes: { "dev.ci": { github: {}, services: { shop: { ...service, repository: "shop-api" } } } },
    says: expect.stringContaining('ci.services.shop.repository  "shop-api" is not a repository as owner/name'),
  },
  {
    mistake: "a repository with a wildcard",
    changes: { "dev.ci": { github: { repository: "example/*" } } },
    says: expect.stringContaining('ci.github.repository  "example/*" is not a repository as owner/name'),
  },
  {
    mistake: "a connection that is not there",
    changes: { "dev.ci": { connections, pipelines: { shop: { source: { ...source, connection: "gitlab" } } } } },
    says: 'ci.pipelines.shop.source.connection  "gitlab" is not in ci.connections. Choose among github, or add it.',
  },
  {
    mistake: "a deployment and a service that are not there, told together",
    changes: { "dev.ci": { connections, pipelines: { shop: { source, build: { service: "api" }, deployment: "shop" } } } },
    says: [
      'ci.pipelines.shop.build.service  "api" is not in ci.services. Add it.',
      'ci.pipelines.shop.deployment  "shop" is not in ci.deployments. Add it.',
    ].join("\n"),
  },
  {
    mistake: "an approval before nothing",
    changes: { "dev.ci": { connections, pipelines: { shop: { source, approval: { message: "?" } } } } },
    says: "ci.pipelines.shop.approval  is before no deployment. Name a deployment, or drop the approval.",
  },
  {
    mistake: "builds without a network",
    changes: { "dev.network": undefined, "dev.cluster": undefined, "dev.ci": { connections, pipelines: { shop: { source } } } },
    says: "network  is missing, and builds and fleets of `ci` live in its private subnets. Add a network or drop pipelines and fleets.",
  },
  {
    mistake: "builds without a way out",
    changes: { "dev.network.nat": "none", "dev.cluster": undefined, "dev.ci": { connections, pipelines: { shop: { source } } } },
    says: 'network.nat  "none" leaves no way out, and builds and fleets of `ci` live in its private subnets. Set network.nat, or a default route by transit gateway.',
  },
  {
    mistake: "a deployment to nowhere",
    changes: withDeployment({}),
    says: "ci.deployments.shop  names no instances. Set one of fleet, autoScalingGroup, tags.",
  },
  {
    mistake: "a deployment to two places",
    changes: withDeployment({ fleet, tags: { role: "web" } }),
    says: "ci.deployments.shop  names fleet and tags. Set one of fleet, autoScalingGroup, tags.",
  },
  {
    mistake: "blue-green without a load balancer",
    changes: withDeployment({ style: "blue-green", autoScalingGroup: "web" }),
    says: "ci.deployments.shop  is blue-green without autoScalingGroup and targetGroup. Set both: the group is copied, the load balancer switched.",
  },
  {
    mistake: "both rules of health",
    changes: withDeployment({ fleet, minimumHealthy: { hosts: 1, percent: 50 } }),
    says: "ci.deployments.shop.minimumHealthy  does not say either hosts or percent. Set one of them.",
  },
  {
    mistake: "as many healthy instances as there are",
    changes: withDeployment({ fleet, minimumHealthy: { hosts: 2 } }),
    says: "ci.deployments.shop.minimumHealthy.hosts  2 leaves none of 2 instances to deploy to. Lower it, or raise fleet.min.",
  },
  {
    mistake: "a load balancer that reaches no instance",
    changes: withDeployment({ fleet, targetGroup: "shop" }),
    says: "ci.deployments.shop.fleet.served  is missing, and shop reaches none of the instances. Name the port and the load balancer's security group.",
  },
  {
    mistake: "a fleet with more than it may have",
    changes: withDeployment({ fleet: { ...fleet, min: 5 } }),
    says: "ci.deployments.shop.fleet.min  5 is above max 4. Lower it, or raise max.",
  },
  {
    mistake: "a service that nobody can push",
    changes: { "dev.ci": { services: { shop: service } } },
    says: "ci.services.shop  has nobody who may push its images. Set ci.github, circleciProject or assumedBy, or build it in a pipeline.",
  },
  {
    mistake: "a project of CircleCI without its organization",
    changes: { "dev.ci": { services: { shop: { ...service, circleciProject: "12345678-90ab-cdef-1234-567890abcdef" } } } },
    says: 'ci.services.shop.circleciProject  "12345678-90ab-cdef-1234-567890abcdef" is not trusted. Set ci.circleci.organization.',
  },
  {
    mistake: "previews that nobody may push",
    changes: {
      "dev.ci": { services: { shop: { ...service, previews: true, assumedBy: ["arn:aws:iam::111122223333:role/mainline-dev-jenkins"] } } },
    },
    says: "ci.services.shop.previews  true lets nobody push: GitHub is not trusted. Set ci.github, or drop it.",
  },
  {
    mistake: "a cache without the credentials that it needs",
    changes: { "dev.ci": { registries: { pullThrough: { docker: { upstream: "registry-1.docker.io" } } } } },
    says: "ci.registries.pullThrough.docker.secret  is missing, and registry-1.docker.io asks for credentials. Name a secret with `username` and `accessToken`.",
  },
  {
    mistake: "credentials that ECR does not read",
    changes: { "dev.ci": { registries: { pullThrough: { docker: { upstream: "registry-1.docker.io", secret } } } } },
    says: expect.stringContaining("is a secret that ECR does not read. Its name must begin with ecr-pullthroughcache/."),
  },
  {
    mistake: "a secret that was left from another account",
    changes: { "dev.ci": { notifications: { lambda: { secret: secret.replace("111122223333", "123456789012") } } } },
    says: expect.stringMatching(
      /^ci\.notifications\.lambda\.secret .* is not in 111122223333, ap-northeast-2\. Name a secret of this account and region\.$/,
    ),
  },
  {
    mistake: "pipelines whose builds would share artifacts",
    changes: { "dev.ci": { connections, pipelines: { "shop-administration-eu": { source }, "shop-administration-kr": { source } } } },
    says: "ci.pipelines.shop-administration-kr  has the first 20 characters of shop-administration-eu, so that their builds would share artifacts. Rename one.",
  },
  {
    mistake: "copies of a registry in itself",
    changes: { "dev.ci": { registries: { replicas: [{ region: "ap-northeast-2" }] } } },
    says: 'ci.registries.replicas[0]  "ap-northeast-2" is this registry itself. Name another region or account.',
  },
  {
    mistake: "an environment that does not exist",
    changes: { "dev.ci": { registries: { readers: { staging: "444455556666" } } } },
    says: 'ci.registries.readers.staging  "444455556666" is of an environment that does not exist. Choose among dev, prod.',
  },
  {
    mistake: "an account that is not the environment's",
    changes: { "dev.ci": { registries: { readers: { prod: "999900001111" } } } },
    says: 'ci.registries.readers.prod  "999900001111" is not prod\'s account. Set it to "444455556666".',
  },
])("$mistake", ({ changes, says }) => expect(said(changes)).toEqual(says));

test.each([
  ["teams of any environment", { shop: {} }, []],
  [
    "a team of none",
    { billing: {} },
    [
      {
        environment: "dev",
        path: "ci.services.shop.team",
        found: "shop",
        wrong: "is a team of no environment",
        remedy: "Choose among billing",
      },
    ],
  ],
  ["no environment that says which teams there are", undefined, []],
])("services name %s", (_, teams, problems) => {
  const dev = environmentOf({ name: "dev", ci: { github: {}, services: { shop: service } } });
  const prod = { ...environmentOf({ name: "prod" }), ...(teams && { tenancy: { teams } }) } as unknown as Environment;
  expect(serviceTeamsExist([dev, prod])).toEqual(problems);
});

test.each([
  ["roles for CI alone", { "dev.ci": { github: {} } }],
  [
    "a service that only a pipeline builds",
    { "dev.ci": { connections, services: { shop: service }, pipelines: { shop: { source, build: { service: "shop" } } } } },
  ],
  [
    "a service that only our own agents push",
    { "dev.ci": { services: { shop: { ...service, assumedBy: ["arn:aws:iam::111122223333:role/mainline-dev-jenkins"] } } } },
  ],
  ["a repository with ids", { "dev.ci": { github: { repository: "example@12/mainline@34" } } }],
  [
    "copies in another account of the same region",
    { "dev.ci": { registries: { replicas: [{ region: "ap-northeast-2", account: "444455556666" }] } } },
  ],
  [
    "deployments by tag without a network",
    { "dev.network": undefined, "dev.cluster": undefined, ...withDeployment({ tags: { role: "web" } }) },
  ],
  [
    "a fleet behind a load balancer",
    withDeployment({ fleet: { ...fleet, served: { port: 8080, from: "sg-0a1b2c3d4e5f67890" } }, targetGroup: "shop" }),
  ],
  ["one healthy instance of two", withDeployment({ fleet, minimumHealthy: { hosts: 1 } })],
])("%s", (_, changes) => expect(complaint(changes)).toBe(""));
