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
  readonly service: string;
  readonly config: CiConfig["services"][string];
  readonly ci: Pick<CiConfig, "github" | "circleci">;
  readonly repositoryArn: string;
  readonly boundaryArn: string;
  readonly issuers: readonly ITerraformDependable[];
}

export class PushRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, settings: PushRoleSettings) {
    super(scope, id);
    const { context, service, config, ci, repositoryArn, boundaryArn: boundary, issuers } = settings;
    const role = new CiRole(this, "push", {
      name: context.named(`push-${service}`),
      description: `Pushes images of ${config.team}/${service}`,
      trust: pushTrust(context.account, config, ci),
      statements: pushRights(repositoryArn),
      boundary,
      // As long as the longest build may take.
      sessionMinutes: 60,
      after: issuers,
    });
    this.arn = role.arn;
  }
}

/** Who may push: jobs of the service's repository on its branches and in its environments, in GitHub Actions and CircleCI, and named roles. */
export function pushTrust(
  account: string,
  config: CiConfig["services"][string],
  ci: Pick<CiConfig, "github" | "circleci">,
): readonly Statement[] {
  const { repository, branches, environments, previews, circleciProject, assumedBy } = config;
  const githubJobs = [
    ...branches.map((branch) => githubSubject(repository, { branch })),
    ...environments.map((environment) => githubSubject(repository, { environment })),
    ...(previews ? [githubSubject(repository, { pullRequest: true })] : []),
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

/** Whether anybody may push by this role; a service that only a pipeline builds has none. */
export function isPushedByJobs(config: CiConfig["services"][string], ci: Pick<CiConfig, "github" | "circleci">): boolean {
  return ci.github !== undefined || (ci.circleci !== undefined && config.circleciProject !== undefined) || config.assumedBy.length > 0;
}
