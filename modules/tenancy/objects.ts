/** All Kubernetes objects of a team but its namespaces, as plain values: what Terraform installs and what tests hold against a real API. */
import type { AddonId } from "../../environments/schema/addons.ts";
import type { Environment, TeamConfig } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import { quotaLabel } from "../addons/quota.ts";
import { addressesOf } from "./addresses.ts";
import { roleBindings } from "./bindings.ts";
import { borderPolicies } from "./borders.ts";
import { labelsOf } from "./names.ts";
import { networkPolicies } from "./network-policies.ts";
import { projectResources } from "./project.ts";
import { quotaResources } from "./quota.ts";
import { clusterRoles } from "./rights.ts";
import { secretStoreResources } from "./secrets.ts";

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
  /** Add-ons whose kinds are among them. */
  readonly needs: readonly AddonId[];
}

/** What a tenancy is made of. Its network is needed for addresses; checks hold that there is one. */
export interface TenancyPlan {
  /** Of the whole cluster. */
  readonly shared: readonly CustomResource[];
  readonly teams: readonly TeamObjects[];
}

export function tenancyPlan(environment: Environment): TenancyPlan {
  const { tenancy, network, addons, project } = environment;
  if (!tenancy || !network) throw new Error("Teams need a tenancy and a network: set both.");
  const { teams, developer } = tenancy;
  const addresses = addressesOf(network);
  const monitored = addons["kube-prometheus-stack"] !== undefined;
  const argoCd = addons["argo-cd"];
  const gates = addons["aws-load-balancer-controller"] !== undefined;
  return {
    shared: [...clusterRoles(developer, project), ...borderPolicies(project)],
    teams: sorted(teams).map(([team, config]) => {
      const delivered = argoCd ? projectResources(team, config, argoCd, project) : [];
      const stores = addons["external-secrets"] ? secretStoreResources(team, Object.keys(config.namespaces).sort(), environment) : [];
      return {
        team,
        config,
        namespaces: sorted(config.namespaces).map(([name, settings]) =>
          namespaceSettings(name, settings, team, config, { project, gates }),
        ),
        resources: [
          ...sorted(config.namespaces).flatMap(([name, settings]) => [
            ...quotaResources(team, name, settings, project),
            ...networkPolicies(name, { team, teams, project, addresses, monitored }),
            ...roleBindings(team, name, project),
          ]),
          ...delivered,
          ...stores,
        ],
        needs: [...(delivered.length > 0 ? (["argo-cd"] as const) : []), ...(stores.length > 0 ? (["external-secrets"] as const) : [])],
      };
    }),
  };
}

/** `enforce` refuses pods; `audit` and `warn` say so in the log and to whoever applies. Source: Kubernetes documentation, "Pod Security Admission". */
function namespaceSettings(
  name: string,
  { podSecurity, because }: TeamConfig["namespaces"][string],
  team: string,
  { owner }: TeamConfig,
  { project, gates }: { readonly project: string; readonly gates: boolean },
): NamespaceSettings {
  const modes = ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]);
  return {
    name,
    labels: {
      ...labelsOf(team, project),
      "app.kubernetes.io/managed-by": "terraform",
      [quotaLabel]: "limited",
      // New pods count as ready only when the load balancer sends to them. The webhook that adds the gate lets pods pass while it is away
      // (failurePolicy Ignore, the chart's default). Source: AWS Load Balancer Controller, "Pod readiness gate".
      ...(gates && { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" }),
      ...Object.fromEntries(modes),
    },
    annotations: { owner, ...(because && { "pod-security-because": because }) },
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
