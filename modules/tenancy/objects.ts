/** All Kubernetes objects of a team but its namespaces, as plain values: what Terraform installs and what tests hold against a real API. */
import type { Environment, TeamConfig } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import { quotaLabel } from "../addons/quota.ts";
import { addressesOf } from "./addresses.ts";
import { roleBindings } from "./bindings.ts";
import { labelsOf } from "./names.ts";
import { networkPolicies } from "./network-policies.ts";
import { projectResources } from "./project.ts";
import { quotaResources } from "./quota.ts";
import { clusterRoles } from "./rights.ts";

export interface NamespaceSettings {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface TeamObjects {
  readonly team: string;
  readonly config: TeamConfig;
  readonly namespaces: readonly NamespaceSettings[];
  /** In these namespaces, and in Argo CD's. */
  readonly resources: readonly CustomResource[];
}

/** What a tenancy is made of. Its network is needed for addresses; checks hold that there is one. */
export interface TenancyPlan {
  /** Of the whole cluster. */
  readonly shared: readonly CustomResource[];
  readonly teams: readonly TeamObjects[];
}

export function tenancyPlan({ tenancy, network, addons, project }: Environment): TenancyPlan {
  if (!tenancy || !network) throw new Error("Teams need a tenancy and a network: set both.");
  const { teams, developer } = tenancy;
  const addresses = addressesOf(network);
  const monitored = addons["kube-prometheus-stack"] !== undefined;
  const argoCd = addons["argo-cd"];
  return {
    shared: clusterRoles(developer, project),
    teams: sorted(teams).map(([team, config]) => ({
      team,
      config,
      namespaces: sorted(config.namespaces).map(([name, settings]) => namespaceSettings(name, settings, team, config, project)),
      resources: [
        ...sorted(config.namespaces).flatMap(([name, settings]) => [
          ...quotaResources(team, name, settings, project),
          ...networkPolicies(name, { team, teams, project, addresses, monitored }),
          ...roleBindings(team, name, project),
        ]),
        ...(argoCd ? projectResources(team, config, argoCd, project) : []),
      ],
    })),
  };
}

/** `enforce` refuses pods; `audit` and `warn` say so in the log and to whoever applies. Source: Kubernetes documentation, "Pod Security Admission". */
function namespaceSettings(
  name: string,
  { podSecurity, because }: TeamConfig["namespaces"][string],
  team: string,
  { owner }: TeamConfig,
  project: string,
): NamespaceSettings {
  const modes = ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]);
  return {
    name,
    labels: {
      ...labelsOf(team, project),
      "app.kubernetes.io/managed-by": "terraform",
      [quotaLabel]: "limited",
      ...Object.fromEntries(modes),
    },
    annotations: { owner, ...(because && { "pod-security-because": because }) },
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
