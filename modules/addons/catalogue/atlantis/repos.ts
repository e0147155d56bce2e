/**
 * The server's side of Atlantis's configuration (repos.yaml): what a pull request cannot change. Source: Atlantis, "Server-Side Repo Config"
 * and "Custom Workflows".
 */
import { stringify } from "yaml";
import type { AddonOptions } from "../../../../environments/schema/addons.ts";

type Options = AddonOptions<"atlantis">;

/** Profiles of the AWS configuration file, by what a step does. */
const profiles = { plan: "plan", apply: "apply" } as const;

/** Before anything changes: reviewed, checks green, and no commit on the base branch that the plan has not seen. */
const requirements = ["approved", "mergeable", "undiverged"];

/**
 * repos.yaml as text.
 * @param workflow name of the one workflow, which files of repositories refer to.
 */
export function repositoryConfig(options: Options, repositories: readonly string[], workflow: string): string {
  const { branch, file, hook } = options;
  const repos = repositories.map((name) => ({
    id: `github.com/${name}`,
    branch: `/^${branch.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$/`,
    repo_config_file: file,
    workflow,
    allowed_workflows: [workflow],
    // In the repository, a pull request could loosen its own requirements and run its own steps before anybody looked.
    allowed_overrides: [],
    allow_custom_workflows: false,
    plan_requirements: [],
    apply_requirements: requirements,
    import_requirements: requirements,
    // A missing or broken file must not mean "plan whatever is found" (runatlantis/atlantis#1834).
    autodiscover: { mode: "disabled" },
    repo_locks: { mode: "on_plan" },
    policy_check: false,
    ...(hook !== undefined && {
      pre_workflow_hooks: [
        {
          // Where it fails, Atlantis shows its output on the pull request (server/events/command_runner.go, 0.46).
          run: withoutCredentials(hook),
          description: "Projects of this pull request",
          // Not for an apply: after the approval, no code of the pull request runs before Terraform does.
          commands: "plan",
        },
      ],
    }),
  }));
  const metrics = { prometheus: { endpoint: "/metrics" } };
  return stringify({ repos, workflows: { [workflow]: steps(options) }, metrics }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * Each step takes its own role. With `mainline`, a plan is reviewed where it is made, and an apply begins by asking whether this very file is
 * what was reviewed, and was not blocked.
 */
function steps({ mainline }: Options) {
  const as = (profile: keyof typeof profiles) => ({ env: { name: "AWS_PROFILE", value: profiles[profile] } });
  const wait = { extra_args: ["-lock-timeout=120s"] };
  const subject = '--plan "$PLANFILE" --stack "$PROJECT_NAME"';
  // Overrides are part of the change, so that its reviewers see them.
  const overrides = '--overrides "$(git rev-parse --show-toplevel)/review-overrides.yaml"';
  const review = mainline === undefined ? [] : ["show", { run: `${mainline} atlantis review ${subject} --shown "$SHOWFILE" ${overrides}` }];
  const verify = mainline === undefined ? [] : [{ run: `${mainline} atlantis verify ${subject}` }];
  return {
    plan: { steps: [as("plan"), "init", { plan: wait }, ...review] },
    apply: { steps: [...verify, as("apply"), { apply: wait }] },
    import: { steps: [as("apply"), "init", { import: wait }] },
    state_rm: { steps: [as("apply"), "init", { state_rm: wait }] },
  };
}

/**
 * The hook runs code of the pull request before anybody looked at it: it gets neither AWS's nor GitHub's credentials by its environment. It runs
 * as Atlantis's own user all the same, and what that user may read it can find; docs/atlantis.md says who may therefore open pull requests.
 */
function withoutCredentials(command: string): string {
  const kept = ["PATH", "BASE_BRANCH_NAME", "HEAD_BRANCH_NAME", "HEAD_COMMIT", "PULL_NUM", "DIR", "BASE_REPO_NAME", "BASE_REPO_OWNER"];
  const set = kept.map((name) => `${name}="$${name}"`).join(" ");
  return `env -i HOME="$(mktemp -d)" AWS_EC2_METADATA_DISABLED=true ${set} timeout 300 sh -ec '${command.replaceAll("'", "'\\''")}'`;
}

/** ~/.aws/config: the pod's own identity may only take these two roles, and which one is decided by the step. */
export function awsConfig({ roles }: Options, region: string): string {
  return Object.entries(profiles)
    .map(([use, profile]) =>
      [
        `[profile ${profile}]`,
        `role_arn = ${roles[use as keyof typeof profiles]}`,
        // What SDKs call the credentials of a container; pod identity serves them at the same variables.
        "credential_source = EcsContainer",
        `role_session_name = atlantis-${use}`,
        `region = ${region}`,
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** Who may comment what, as --gh-team-allowlist takes it. */
export function teamAllowlist({ teams }: Options): string {
  const commands = { plan: ["plan"], apply: ["plan", "apply", "import", "state", "unlock"] } as const;
  return Object.entries(commands)
    .flatMap(([role, allowed]) => teams[role as keyof typeof commands].flatMap((team) => allowed.map((command) => `${team}:${command}`)))
    .join(",");
}
