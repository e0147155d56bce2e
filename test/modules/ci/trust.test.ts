/** Who may take the roles of CI, decided as STS does: tokens of other repositories, branches, environments and forks are refused. */
import { describe, expect, test } from "@jest/globals";
import { applyTrust, planTrust } from "../../../modules/ci/platform-roles.ts";
import { previewTrust, pushTrust } from "../../../modules/ci/registries/push-role.ts";
import { circleci, github, type Issuer, providerArn, trustSubjects } from "../../../modules/ci/trust/issuers.ts";
import { circleSubject, githubSubject } from "../../../modules/ci/trust/subjects.ts";
import { policyDocument, type Statement } from "../../../modules/iam/policy.ts";
import { type Asking, isTrusted } from "../../support/iam-trust.ts";

const account = "111122223333";
const provider = providerArn(account, github);
const organization = "11111111-2222-3333-4444-555555555555";
const project = "66666666-7777-8888-9999-000000000000";
const user = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

const platform = {
  context: { environment: "prod" },
  config: { provider: "make", branch: "main", planMinutes: 60, applyMinutes: 120 },
  repository: "example/mainline",
  providerArn: provider,
  atlantis: `arn:aws:iam::${account}:role/mainline-prod-atlantis`,
} as unknown as Parameters<typeof planTrust>[0];

const service = {
  team: "shop",
  repository: "example/shop-api",
  branches: ["main", "release/*"],
  environments: ["images"],
  previews: false,
  circleciProject: project,
  assumedBy: ["arn:aws:iam::777788889999:role/mainline-prod-jenkins"],
};
const ci = { github: platform.config, circleci: { provider: "make" as const, organization } };

const roles: Readonly<Record<string, readonly Statement[]>> = {
  plan: planTrust(platform),
  apply: applyTrust(platform),
  push: pushTrust(account, service, ci),
  previews: previewTrust(account, service),
};

/** Roles that let somebody in. */
async function letIn(asking: Asking): Promise<string[]> {
  const decided = await Promise.all(
    Object.entries(roles).map(async ([role, trust]) => ({ role, in: await isTrusted(trust, account, asking) })),
  );
  return decided.filter((role) => role.in).map(({ role }) => role);
}

/** A token as its issuer signs it. */
const token = (issuer: Issuer, sub: string, aud = issuer.audience) => ({ issuer, sub, aud });
const hub = (sub: string, aud?: string) => token(github, sub, aud);
const circle = (sub: string) => token(circleci(organization), sub);
const circleJob = (repository: string, branch: string, who = user) =>
  `org/${organization}/project/${project}/user/${who}/vcs-origin/github.com/${repository}/vcs-ref/refs/heads/${branch}`;

const own = "repo:example/mainline";
const shop = "repo:example/shop-api";

describe.each([
  // what                                                  token                                                     who lets it in
  ["a pull request of the repository itself", hub(`${own}:pull_request`), ["plan"]],
  ["the base branch", hub(`${own}:ref:refs/heads/main`), ["plan"]],
  ["the protected environment", hub(`${own}:environment:prod`), ["apply"]],
  ["another environment of the repository", hub(`${own}:environment:dev`), []],
  ["an environment whose name begins alike", hub(`${own}:environment:prod-2`), []],
  ["another branch", hub(`${own}:ref:refs/heads/feature`), []],
  ["a branch that is named like an environment", hub(`${own}:ref:refs/heads/environment:prod`), []],
  ["a tag that is named like the branch", hub(`${own}:ref:refs/tags/main`), []],
  ["a pull request of a fork", hub("repo:stranger/mainline:pull_request"), []],
  ["a repository whose name begins alike", hub("repo:example/mainline-2:pull_request"), []],
  ["another repository of the same owner", hub("repo:example/other:environment:prod"), []],
  ["an owner whose name ends alike", hub("repo:an-example/mainline:pull_request"), []],
  ["a token for somebody else", hub(`${own}:pull_request`, "https://github.com/example"), []],
  ["the same subject in capitals", hub("repo:Example/Mainline:pull_request"), []],
  ["the repository made anew under other ids", hub("repo:example@9/mainline@9:pull_request"), []],
  ["the service's branch", hub(`${shop}:ref:refs/heads/main`), ["push"]],
  ["a release branch of the service", hub(`${shop}:ref:refs/heads/release/1.2`), ["push"]],
  ["a branch beside the releases", hub(`${shop}:ref:refs/heads/release-hack`), []],
  ["the service's environment", hub(`${shop}:environment:images`), ["push"]],
  ["a pull request of the service", hub(`${shop}:pull_request`), ["previews"]],
  ["a pull request of the service's fork", hub("repo:stranger/shop-api:pull_request"), []],
  ["CircleCI on the service's branch", circle(circleJob("example/shop-api", "main")), ["push"]],
  ["CircleCI on another branch", circle(circleJob("example/shop-api", "feature")), []],
  ["CircleCI, a fork", circle(circleJob("stranger/shop-api", "main")), []],
  [
    "CircleCI, a fork whose branch is named like a subject",
    circle(circleJob("stranger/shop-api", "x/vcs-origin/github.com/example/shop-api/vcs-ref/refs/heads/main")),
    [],
  ],
  ["CircleCI, another project", circle(circleJob("example/shop-api", "main").replace(project, user)), []],
  ["CircleCI, the token without a branch", circle(`org/${organization}/project/${project}/user/${user}`), []],
  ["another organization of CircleCI", token(circleci(user), circleJob("example/shop-api", "main").replaceAll(organization, user)), []],
])("%s", (_, job, expected) => {
  test(`is let in by ${expected.length === 0 ? "nobody" : expected.join(" and ")}`, async () => {
    expect(await letIn(job)).toEqual(expected);
  });
});

describe.each([
  ["Atlantis of the environment", `arn:aws:iam::${account}:role/mainline-prod-atlantis`, ["plan", "apply"]],
  ["Atlantis of another environment", `arn:aws:iam::${account}:role/mainline-dev-atlantis`, []],
  ["a role of that name in another account", "arn:aws:iam::777788889999:role/mainline-prod-atlantis", []],
  ["agents of Jenkins", "arn:aws:iam::777788889999:role/mainline-prod-jenkins", ["push"]],
  ["agents of a Jenkins elsewhere", "arn:aws:iam::999900001111:role/mainline-prod-jenkins", []],
])("%s", (_, role, expected) => {
  test(`is let in by ${expected.length === 0 ? "nobody" : expected.join(" and ")}`, async () => {
    expect(await letIn({ role })).toEqual(expected);
  });
});

test("without trust in GitHub no statement names it", () => {
  const { github: _, ...others } = ci;
  expect(policyDocument(...pushTrust(account, service, others))).not.toContain("githubusercontent");
});

test("subjects are compared exactly where they have no wildcard", () => {
  const [first, second] = [githubSubject("example/a", { pullRequest: true }), githubSubject("example/a", { branch: "release/*" })];
  expect(trustSubjects("", provider, github, [first]).condition).toHaveProperty("StringEquals");
  expect(trustSubjects("", provider, github, [first]).condition).not.toHaveProperty("StringLike");
  expect(trustSubjects("", provider, github, [first, second]).condition).toHaveProperty("StringLike");
});

test("ids of a repository are part of GitHub's subject and not of CircleCI's", () => {
  const repository = "example@12/shop@34";
  expect(githubSubject(repository, { branch: "main" })).toBe("repo:example@12/shop@34:ref:refs/heads/main");
  expect(circleSubject({ organization, project, repository, branch: "main" })).toContain("/vcs-origin/github.com/example/shop/vcs-ref/");
});
