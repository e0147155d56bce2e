/**
 * Subjects of tokens: who a job is, as its CI system signs it. A subject is exact; the only wildcard stands for the rest of a branch's name,
 * or for a user's id of fixed length. Pure.
 */

/** What GitHub Actions calls a job: of a pull request, of a branch or of an environment. Tokens of forks' pull requests do not exist. */
export type GithubJob = { readonly pullRequest: true } | { readonly branch: string } | { readonly environment: string };

/**
 * `sub` of GitHub's tokens. A job with an environment has that subject whatever its branch, so the environment's own rules must limit branches.
 * An organization that customizes its subjects (`include_claim_keys`) must keep these two parts, repository and context.
 * Source: GitHub documentation, "OpenID Connect reference", "Example subject claims".
 */
export function githubSubject(repository: string, job: GithubJob): string {
  if ("pullRequest" in job) return `repo:${repository}:pull_request`;
  if ("environment" in job) return `repo:${repository}:environment:${job.environment}`;
  return `repo:${repository}:ref:refs/heads/${job.branch}`;
}

/** A user's id in CircleCI: as many characters as a UUID has. `*` would also match a fork whose branch is named like the rest of a subject. */
const someUser = [8, 4, 4, 4, 12].map((length) => "?".repeat(length)).join("-");

export interface CircleProject {
  readonly organization: string;
  readonly project: string;
  /** owner/name; ids that GitHub's tokens carry are no part of what CircleCI signs. */
  readonly repository: string;
  readonly branch: string;
}

/** `sub` of CircleCI's second kind of token (`CIRCLE_OIDC_TOKEN_V2`). Source: CircleCI documentation, "Using OpenID Connect tokens in jobs". */
export function circleSubject({ organization, project, repository, branch }: CircleProject): string {
  const origin = `github.com/${repository.replaceAll(/@\d+/g, "")}`;
  return `org/${organization}/project/${project}/user/${someUser}/vcs-origin/${origin}/vcs-ref/refs/heads/${branch}`;
}
