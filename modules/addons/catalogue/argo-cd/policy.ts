/**
 * Who may do what in Argo CD, as data, and as the lines of its policy.csv. Everybody who got in reads (policy.default); what stands here comes
 * on top. Source: Argo CD, "RBAC Configuration", and its built-in policy (assets/builtin-policy.csv), which has role:readonly and role:admin.
 * test/modules/addons/argo-cd-policy.test.ts says by Argo CD's own model (casbin) who may do what.
 */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";

type Options = AddonOptions<"argo-cd">;

/** The project of the root application. It may make projects, so only devops and the automation sync it. */
export const platformProject = "platform";
/** The local account of pipelines: a token, no password. */
export const automation = "automation";
export const defaultRole = "role:readonly";

interface Rule {
  readonly who: string;
  readonly resource: "applications" | "logs";
  readonly action: string;
  /** `<project>/<application>`. */
  readonly on: string;
}

/** What developers may do in a project: sync, and restart without a commit. Not create, delete, override, roll back or exec. */
const developerActions = ["sync", "action/apps/Deployment/restart", "action/apps/StatefulSet/restart", "action/argoproj.io/Rollout/*"];

function developerRules(who: string, project: string): Rule[] {
  return developerActions.map((action) => ({ who, resource: "applications", action, on: `${project}/*` }));
}

/** Projects that every developer syncs: those that name no teams of their own. */
function openProjects({ projects }: Options): string[] {
  return Object.keys(projects)
    .filter((name) => projects[name]?.developers.length === 0)
    .sort();
}

/** Lines of policy.csv, for all projects. */
export function policyCsv(options: Options): string {
  const rules: Rule[] = [
    ...openProjects(options).flatMap((project) => developerRules("role:developer", project)),
    // It may only sync. That it also reads, as everybody does, is what `argocd app sync` needs to show the result.
    { who: "role:automation", resource: "applications", action: "sync", on: "*/*" },
  ];
  const members = [
    ["role:devops", "role:admin"],
    // Said although it is the default: a stricter default must not take it away.
    ["role:developer", "role:readonly"],
    ["role:sqa", "role:readonly"],
    [automation, "role:automation"],
    ...Object.entries(options.users).map(([name, { role }]) => [name, `role:${role}`]),
    ...(["devops", "developer", "sqa"] as const).flatMap((role) =>
      (options.sso?.teams[role] ?? []).map((team) => [groupOf(options, team), `role:${role}`]),
    ),
  ];
  return `${[...rules.map(ruleLine), ...members.map(([who, role]) => `g, ${who}, ${role}`)].join("\n")}\n`;
}

/** Roles of one project, which only count inside of it: its own teams, and pipelines with tokens of the project. */
export function projectRoles(options: Options, project: string, developers: readonly string[]) {
  const role = (name: string, description: string, rules: (who: string) => readonly Rule[], groups: readonly string[] = []) => ({
    name,
    description,
    policies: rules(`proj:${project}:${name}`).map(ruleLine),
    ...(groups.length > 0 && { groups }),
  });
  return [
    role("automation", "Pipelines of the project; tokens by `argocd proj role create-token`", (who) => [
      { who, resource: "applications", action: "get", on: `${project}/*` },
      { who, resource: "applications", action: "sync", on: `${project}/*` },
    ]),
    ...(developers.length > 0 && options.sso
      ? [
          role(
            "developer",
            "Teams that sync this project",
            (who) => developerRules(who, project),
            developers.map((team) => groupOf(options, team)),
          ),
        ]
      : []),
  ];
}

/** Every team that gets in: those with a role, and those of a single project. */
export function teamsOf({ sso, projects }: Options): string[] {
  const named = [...Object.values(sso?.teams ?? {}), ...Object.values(projects).map(({ developers }) => developers)];
  return [...new Set(named.flat())].sort();
}

/** How dex names a team. Source: dex, "Authentication through GitHub", teamNameField. */
function groupOf({ sso }: Options, team: string): string {
  return `${sso?.organisation}:${team}`;
}

function ruleLine({ who, resource, action, on }: Rule): string {
  return `p, ${who}, ${resource}, ${action}, ${on}, allow`;
}
