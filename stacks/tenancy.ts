/** The teams that share a cluster: namespaces with quotas and network policies, rights, access, Argo CD projects and budgets. */
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { OwnCharts } from "../modules/addons/own-charts.ts";
import { clusterName } from "../modules/naming.ts";
import { groupOf } from "../modules/tenancy/names.ts";
import { tenancyPlan } from "../modules/tenancy/objects.ts";
import { TeamAccess } from "../modules/tenancy/team-access.ts";
import { TeamRights } from "../modules/tenancy/team-rights.ts";
import { TeamRoles } from "../modules/tenancy/team-roles.ts";
import { Teams } from "../modules/tenancy/teams.ts";
import { addons, cluster, tenancy } from "./contracts.ts";
import { kubernetesProviders } from "./kubernetes-providers.ts";
import { PlatformStack } from "./platform-stack.ts";

/** Tenancy. */
export class TenancyStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "tenancy");
    const { name, account, project, tenancy: config } = environment;
    if (!config) throw new UserError(`${name} has no teams. Set \`tenancy\`, or leave its stack out.`);
    const clusterValues = this.read(cluster);
    kubernetesProviders(this, { ...clusterValues, name: clusterName(environment) });
    const { shared, teams } = tenancyPlan(environment);
    const charts = new OwnCharts(this, "charts");

    const roles = new TeamRoles(this, "roles", { environment, teams: config.teams, cluster: clusterValues });
    const rights = new TeamRights(this, "rights", { project, roles: shared, charts });
    new Teams(this, "team", {
      environment,
      teams,
      charts,
      ...(teams.some(({ needs }) => needs.length > 0) && { installed: this.read(addons).installed }),
      named: this.named,
      after: (team) => [...rights.ready, ...(roles.readers.get(team) ?? [])],
    });
    new TeamAccess(this, "access", { cluster: clusterValues.name, account, teams: config.teams });

    const names = teams.map(({ team }) => team);
    const namespaces = teams.flatMap((team) => team.namespaces.map((namespace) => namespace.name)).sort();
    this.publish(tenancy, {
      teams: names.join(","),
      namespaces: namespaces.join(","),
      developerGroups: names.map((team) => groupOf(team, "developer")).join(","),
    });
  }
}
