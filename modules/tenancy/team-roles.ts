/** AWS roles of teams' namespaces: the one that a team's secrets are read with, and those that its pods have. */
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment, TenancyConfig } from "../../environments/schema.ts";
import { ServiceRole } from "../cluster/role.ts";
import { type ReaderSettings, secretReader, secretRoleOf } from "./secrets.ts";

export interface TeamRolesSettings {
  readonly environment: Environment;
  readonly teams: TenancyConfig["teams"];
  /** Tokens of the cluster's state, but for the name. */
  readonly cluster: ReaderSettings["cluster"] & { readonly name: string; readonly kmsKeyArn: string };
}

export class TeamRoles extends Construct {
  /** By team: what its stores wait for. One that finds no role is not asked again for minutes. */
  readonly readers: ReadonlyMap<string, readonly ITerraformDependable[]>;

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: TeamRolesSettings,
  ) {
    super(scope, id);
    const teams = Object.entries(settings.teams);
    this.readers = new Map(teams.map(([team, { namespaces }]) => [team, this.forSecrets(team, Object.keys(namespaces).sort())]));
    for (const [, { namespaces }] of teams) {
      for (const [namespace, { accounts }] of Object.entries(namespaces)) this.forPods(namespace, accounts);
    }
  }

  /** None where nothing would take it. */
  private forSecrets(team: string, namespaces: readonly string[]): readonly ITerraformDependable[] {
    const { environment, cluster } = this.settings;
    const reader = environment.addons["external-secrets"];
    if (!reader) return [];
    return new ServiceRole(this, `secrets-${team}`, {
      name: secretRoleOf(team, environment),
      description: `Reads the secrets of the team ${team} for its namespaces`,
      policies: [],
      ...secretReader({ team, namespaces, environment, cluster, keys: [cluster.kmsKeyArn, ...reader.keys] }),
    }).rights;
  }

  private forPods(namespace: string, accounts: Readonly<Record<string, string>>): void {
    const { environment, cluster } = this.settings;
    for (const [serviceAccount, role] of Object.entries(accounts)) {
      new EksPodIdentityAssociation(this, `pods-${namespace}-${serviceAccount}`, {
        clusterName: cluster.name,
        namespace,
        serviceAccount,
        roleArn: `arn:aws:iam::${environment.account}:role/${role}`,
      });
    }
  }
}
