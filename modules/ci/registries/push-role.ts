/** The role by which jobs push the images of one service, and nothing else. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import type { Statement } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";
import { circleci, github, providerArn, trustSubjects } from "../trust/issuers.ts";
import { trustRoles } from "../trust/roles.ts";
import { circleSubject, githubSubject } from "../trust/subjects.ts";
import { pushRights } from "./policies.ts";

export interface PushRoleSettings {
  readonly context: CiContext;
  /** Last part of its name. */
  readonly name: string;
  readonly description: string;
  readonly trust: readonly Statement[];
  readonly repositoryArn: string;
  readonly boundary: string;
  /** What its trust is in. */
  readonly after: readonly ITerraformDependable[];
}

export class PushRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { context, name, repositoryArn, ...given }: PushRoleSettings) {
    super(scope, id);
    // As long as the longest build may take.
    const sessionMinutes = 60;
    const role = new CiRole(this, "push", { ...given, name: context.named(name), statements: pushRights(repositoryArn), sessionMinutes });
    this.arn = role.arn;
  }
}

/**
 * Who may push: jobs of the service's repository on its branches and in its environments, in GitHub Actions and CircleCI, and named roles. Nobody, where
 * only a pipeline builds the service.
 */
export function pushTrust(
  account: string,
  config: CiConfig["services"][string],
  ci: Pick<CiConfig, "github" | "circleci">,
): readonly Statement[] {
  const { repository, branches, environments, circleciProject, assumedBy } = config;
  const githubJobs = [
    ...branches.map((branch) => githubSubject(repository, { branch })),
    ...environments.map((environment) => githubSubject(repository, { environment })),
  ];
  const circleJobs =
    ci.circleci && circleciProject !== undefined
      ? branches.map((branch) =>
          circleSubject({ organization: ci.circleci?.organization ?? "", project: circleciProject, repository, branch }),
        )
      : [];
  const circle = circleci(ci.circleci?.organization ?? "");
  return [
    ...(ci.github ? [trustSubjects("jobs of the service's own repository", providerArn(account, github), github, githubJobs)] : []),
    ...(circleJobs.length > 0 ? [trustSubjects("the same in CircleCI", providerArn(account, circle), circle, circleJobs)] : []),
    ...trustRoles("agents of ours, such as Jenkins's", assumedBy),
  ];
}

/** Who may push previews: pull requests inside the repository. Those of forks get no token. */
export function previewTrust(account: string, { repository }: Pick<CiConfig["services"][string], "repository">): readonly Statement[] {
  const subjects = [githubSubject(repository, { pullRequest: true })];
  return [trustSubjects("pull requests of the service's own repository", providerArn(account, github), github, subjects)];
}
