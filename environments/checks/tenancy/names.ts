/** Names of teams and namespaces: none that is somebody else's, none twice. */
import { addonNamespaces } from "../../addon-namespaces.ts";
import type { Problem } from "../../problem.ts";
import type { Environment } from "../../schema.ts";
import { type Check, repeated } from "../check.ts";

/** Namespaces that Kubernetes makes, and the one of the teams' Helm records (modules/tenancy/names.ts). */
const platformNamespaces = ["default", "kube-node-lease", "kube-public", "tenancy"];
/** Argo CD's own project and that of the root application (Argo CD, "Projects"; modules/addons/catalogue/argo-cd/policy.ts); and this platform's. */
const platformTeams = ["default", "platform", "system", "rights"];

/** Teams with their paths. */
export function teamsOf({ tenancy }: Environment) {
  return Object.entries(tenancy?.teams ?? {}).map(([name, team]) => ({ name, team, path: `tenancy.teams.${name}` }));
}

/** Namespaces of all teams with their paths. */
export function namespacesOf(environment: Environment) {
  return teamsOf(environment).flatMap(({ name: team, team: { namespaces }, path }) =>
    Object.entries(namespaces).map(([name, config]) => ({ team, name, config, path: `${path}.namespaces.${name}` })),
  );
}

/** A team whose name stands for something else in Argo CD, in the cluster or among add-ons. */
export const teamNames: Check = (environment) =>
  teamsOf(environment).flatMap(({ name, path }): Problem[] => {
    const remedy = "Rename the team";
    if (name.startsWith("kube-")) return [{ path, wrong: 'begins with "kube-", which is reserved for Kubernetes', remedy }];
    if (addonNamespaces.some((own) => own === name)) return [{ path, wrong: "has the name of an add-on's namespace", remedy }];
    if (platformTeams.includes(name)) return [{ path, wrong: "has a name that the platform itself uses", remedy }];
    return [];
  });

/** A namespace that belongs to Kubernetes, to an add-on or to another team: its quota and policies would come over others' pods. */
export const namespaceNames: Check = (environment) => {
  const all = namespacesOf(environment);
  const foreign = all.flatMap(({ name, path }): Problem[] => {
    const remedy = "Name one of the team's own";
    if (platformNamespaces.includes(name) || name.startsWith("kube-")) return [{ path, wrong: "is a namespace of the platform", remedy }];
    if (addonNamespaces.some((own) => own === name)) return [{ path, wrong: "is an add-on's namespace", remedy }];
    return [];
  });
  const twice = repeated(all.map(({ name }) => name)).map(({ value, position }): Problem => {
    const owner = all.find(({ name }) => name === value)?.team;
    return { path: all[position]?.path ?? "tenancy.teams", wrong: `is ${owner}'s already`, remedy: "A namespace has one team; rename it" };
  });
  return [...foreign, ...twice];
};

/** A namespace that is not `restricted` says why. */
export const podSecurityReasons: Check = (environment) =>
  namespacesOf(environment).flatMap(({ config: { podSecurity, because }, path }): Problem[] => {
    if (podSecurity === "restricted" || because !== undefined) return [];
    const remedy = `Say in ${path}.because why its pods cannot be restricted`;
    return [{ path: `${path}.podSecurity`, found: podSecurity, wrong: "has no reason", remedy }];
  });

/** Longest name of a role. Source: IAM user guide, "IAM and AWS STS quotas". */
const longestRoleName = 64;

/** The role that a team's secrets are read with (modules/tenancy/secrets.ts): three names that may be 32 characters each. */
export const secretRoleNames: Check = (environment) => {
  if (!environment.addons["external-secrets"]) return [];
  return teamsOf(environment).flatMap(({ name, path }): Problem[] => {
    const role = `${environment.project}-${environment.name}-team-${name}-secrets`;
    if (role.length <= longestRoleName) return [];
    const wrong = `makes the role ${role} of ${role.length} characters, and AWS takes ${longestRoleName}`;
    return [{ path, wrong, remedy: "Shorten the team's name, or that of the environment or project" }];
  });
};
