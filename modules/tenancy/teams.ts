/**
 * The teams themselves: namespaces as Terraform resources, so that guardrails and plans see them; everything in them as one Helm release per
 * team, so that one team's change moves nothing of another. Terraform destroys in reverse: rights and limits go before the namespaces.
 */
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1/index.js";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AddonId } from "../../environments/schema/addons.ts";
import type { Environment } from "../../environments/schema.ts";
import type { OwnCharts } from "../addons/own-charts.ts";
import type { Namer } from "../naming.ts";
import { guarded } from "../protection.ts";
import { teamBudget } from "./budget.ts";
import { installation } from "./installation.ts";
import type { TeamObjects } from "./objects.ts";

export interface TeamsSettings {
  readonly environment: Pick<Environment, "name" | "costCentre" | "protection">;
  readonly teams: readonly TeamObjects[];
  readonly charts: OwnCharts;
  /** Ids of installed add-ons, comma-separated, as the add-on stack publishes them; absent where no team needs one. */
  readonly installed?: string;
  readonly named: Namer;
  /** By team. */
  readonly after: (team: string) => readonly ITerraformDependable[];
}

export class Teams extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly settings: TeamsSettings,
  ) {
    super(scope, id);
    for (const team of settings.teams) this.make(team);
  }

  private make({ team, config, namespaces, resources, needs }: TeamObjects): void {
    const { environment, charts, named, after } = this.settings;
    const scope = new Construct(this, team);
    // A namespace takes everything in it along, volumes included.
    const lifecycle = guarded(environment.protection);
    const made = namespaces.map(
      ({ name, ...metadata }) => new NamespaceV1(scope, `namespace-${name}`, { metadata: { name, ...metadata }, lifecycle }),
    );
    const objects = installation(scope, "objects", { name: `team-${team}`, resources, charts, dependsOn: [...after(team), ...made] });
    if (needs.length > 0) objects.lifecycle = { precondition: needs.map((addon) => this.isInstalled(addon)) };
    const { budget, costCentre = environment.costCentre } = config;
    if (budget) teamBudget(scope, "budget", { name: named(`team-${team}`), team, costCentre, budget });
  }

  /** Told at the plan, before anything of the team is touched; Helm would fail in the middle of an apply. */
  private isInstalled(addon: AddonId) {
    const { environment, installed = "" } = this.settings;
    return {
      condition: Fn.contains(Fn.split(",", installed), addon),
      errorMessage: `The add-on ${addon} is not installed in ${environment.name} yet. Apply ${environment.name}-addons first.`,
    };
  }
}
