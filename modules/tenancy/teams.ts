/**
 * The teams themselves: namespaces as Terraform resources, so that guardrails and plans see them; everything in them as one Helm release per
 * team, so that one team's change moves nothing of another. Terraform destroys in reverse: rights and limits go before the namespaces.
 */
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1/index.js";
import { Fn, type ITerraformDependable, type TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
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
  /** Ids of installed add-ons, comma-separated, as the add-on stack publishes them; absent where the environment has no Argo CD. */
  readonly installed?: string;
  readonly named: Namer;
  readonly after: readonly ITerraformDependable[];
}

export class Teams extends Construct {
  private readonly needsArgoCd: TerraformMetaArguments["lifecycle"];

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: TeamsSettings,
  ) {
    super(scope, id);
    const { environment, installed } = settings;
    if (installed !== undefined) {
      // Told at the plan, before anything of the team is touched; Helm would fail in the middle of an apply.
      const errorMessage = `Argo CD is not installed in ${environment.name} yet. Apply ${environment.name}-addons first.`;
      this.needsArgoCd = { precondition: [{ condition: Fn.contains(Fn.split(",", installed), "argo-cd"), errorMessage }] };
    }
    for (const team of settings.teams) this.make(team);
  }

  private make({ team, config, namespaces, resources }: TeamObjects): void {
    const { environment, charts, named, after } = this.settings;
    const scope = new Construct(this, team);
    // A namespace takes everything in it along, volumes included.
    const lifecycle = guarded(environment.protection);
    const made = namespaces.map(
      ({ name, ...metadata }) => new NamespaceV1(scope, `namespace-${name}`, { metadata: { name, ...metadata }, lifecycle }),
    );
    const objects = installation(scope, "objects", { name: `team-${team}`, resources, charts, dependsOn: [...after, ...made] });
    if (config.delivery) objects.lifecycle = this.needsArgoCd;
    const { budget, costCentre = environment.costCentre } = config;
    if (budget) teamBudget(scope, "budget", { name: named(`team-${team}`), team, costCentre, budget });
  }
}
