/** What teams refer to: one another, roles, addresses, Argo CD, who is told of costs. */
import { addressPlan } from "../../address-plan.ts";
import { contains, overlaps } from "../../ipv4.ts";
import type { Problem } from "../../problem.ts";
import { type Check, repeated } from "../check.ts";
import { namespacesOf, teamsOf } from "./names.ts";

/** Teams share a cluster, and their policies are written with the addresses of a network. */
export const tenancyHasCluster: Check = ({ tenancy, cluster }) =>
  tenancy && !cluster ? [{ path: "cluster", wrong: "is missing, and teams need one", remedy: "Add a cluster or drop the tenancy" }] : [];

/** Teams that are called but do not exist. */
export const teamsExist: Check = (environment) => {
  const names = teamsOf(environment).map(({ name }) => name);
  return teamsOf(environment).flatMap(({ name, team, path }) =>
    Object.keys(team.network.to).flatMap((other): Problem[] => {
      const at = `${path}.network.to.${other}`;
      if (other === name) return [{ path: at, wrong: "is the team itself", remedy: "Set network.within, or drop it" }];
      if (names.includes(other)) return [];
      const others = names.filter((one) => one !== name);
      const remedy = others.length > 0 ? `Choose among ${others.join(", ")}` : "Add it, or drop this line: there is no other team";
      return [{ path: at, wrong: "is not a team of this environment", remedy }];
    }),
  );
};

/** EKS has one entry per role. Teams may share a role; what the cluster stack has made an entry of, they may not. */
export const rolesHaveOneEntry: Check = (environment) => {
  const { account, cluster } = environment;
  const taken = new Map(Object.entries(cluster?.access ?? {}).map(([name, { role }]) => [role, name]));
  return teamsOf(environment).flatMap(({ team: { roles }, path }) => {
    const named = Object.entries(roles).flatMap(([kind, list]) => list.map((role, i) => ({ role, at: `${path}.roles.${kind}[${i}]` })));
    const elsewhere = named.flatMap(({ role, at }): Problem[] => {
      const entry = taken.get(`arn:aws:iam::${account}:role/${role}`);
      if (entry === undefined) return [];
      const remedy = "EKS takes one entry per role: give the team a role of its own, or take that entry out";
      return [{ path: at, found: role, wrong: `has an entry already (cluster.access.${entry})`, remedy }];
    });
    const twice = repeated(named.map(({ role }) => role)).map(({ value, position }): Problem => {
      return {
        path: named[position]?.at ?? path,
        found: value,
        wrong: "is there twice",
        remedy: "Keep the kind with more rights; it has those of the other",
      };
    });
    return [...elsewhere, ...twice];
  });
};

/** A role of pods has the rights of one team, and a name by which whoever applies may hand it out (modules/ci/rights/apply.ts, iam:PassRole). */
export const podRolesFit: Check = (environment) => {
  const prefix = `${environment.project}-${environment.name}-`;
  const named = namespacesOf(environment).flatMap(({ team, config: { accounts }, path }) =>
    Object.entries(accounts).map(([account, role]) => ({ team, role, at: `${path}.accounts.${account}` })),
  );
  return named.flatMap(({ team, role, at }): Problem[] => {
    if (!role.startsWith(prefix)) {
      const remedy = `Name it ${prefix}<more>: an apply by CI hands out roles of this environment only`;
      return [{ path: at, found: role, wrong: `does not begin with "${prefix}"`, remedy }];
    }
    const first = named.find((other) => other.role === role);
    if (first === undefined || first.team === team) return [];
    return [
      { path: at, found: role, wrong: `is of pods of the team ${first.team} (${first.at})`, remedy: "Give each team a role of its own" },
    ];
  });
};

/** Addresses that a policy cannot tell from those of other teams' pods. */
export const addressesOfOthers: Check = (environment) => {
  const { network } = environment;
  if (!network) return [];
  const podBlocks = network.pods ? [network.pods.cidr] : addressPlan(network).blocks("private");
  const shared = network.pods === undefined;
  return teamsOf(environment).flatMap(({ team, path }) => {
    const internal = team.network.loadBalancers.indexOf("internal");
    const balancers: Problem[] =
      shared && internal >= 0
        ? [
            {
              path: `${path}.network.loadBalancers[${internal}]`,
              found: "internal",
              wrong: "lets every pod in: internal load balancers have addresses of the private tier, and so have pods here",
              remedy: "Give pods a block of their own (network.pods), or use public ones",
            },
          ]
        : [];
    const destinations = Object.entries(team.network.outbound).flatMap(([name, { to }]): Problem[] => {
      if (to === "data" || to === "intra") return [];
      const at = { path: `${path}.network.outbound.${name}.to`, found: to };
      const pods = podBlocks.find((block) => overlaps(block, to) && (block === to || !contains(to, block)));
      if (pods !== undefined) return [{ ...at, wrong: `has addresses of other teams' pods (${pods})`, remedy: "Name teams in network.to" }];
      if (!shared || network.interfaceEndpoints.length === 0 || !contains(to, network.cidr)) return [];
      const remedy = "Give pods a block of their own (network.pods), or drop network.interfaceEndpoints";
      return [
        { ...at, wrong: "does not reach interface endpoints: they have addresses of the private tier, and so have pods here", remedy },
      ];
    });
    return [...balancers, ...destinations];
  });
};

/** A budget of which nobody hears. */
export const budgetsAreTold: Check = (environment) =>
  teamsOf(environment).flatMap(({ team: { budget }, path }): Problem[] => {
    if (!budget || budget.emails.length > 0 || budget.topic !== undefined) return [];
    return [{ path: `${path}.budget`, wrong: "has no subscriber", remedy: "Name somebody in emails, or an SNS topic in topic" }];
  });

/** Projects that two places would make, and GitHub teams that Argo CD does not let in. */
export const deliveryFits: Check = (environment) => {
  const argoCd = environment.addons["argo-cd"];
  if (!argoCd) return [];
  const admitted = Object.values(argoCd.sso?.teams ?? {}).flat();
  return teamsOf(environment).flatMap(({ name, team: { delivery }, path }) => {
    if (!delivery) return [];
    const own: Problem[] = Object.hasOwn(argoCd.projects, name)
      ? [{ path: `${path}.delivery`, wrong: `has the name of addons.argo-cd.projects.${name}`, remedy: "Keep one of them" }]
      : [];
    const outside = delivery.developers.flatMap((slug, i): Problem[] => {
      if (admitted.includes(slug)) return [];
      const remedy = "Name it in addons.argo-cd.sso.teams.developer, too";
      return [{ path: `${path}.delivery.developers[${i}]`, found: slug, wrong: "does not get into Argo CD", remedy }];
    });
    return [...own, ...outside];
  });
};
