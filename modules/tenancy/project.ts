/** A team's project in Argo CD: where its applications may come from, where they may go, and what they may never bring. */
import type { AddonOptions } from "../../environments/schema/addons.ts";
import type { TeamConfig } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import { namespace, teamProject } from "../addons/catalogue/argo-cd/objects.ts";
import { labelsOf } from "./names.ts";

/** None where the team deploys nothing by Argo CD. */
export function projectResources(team: string, config: TeamConfig, argoCd: AddonOptions<"argo-cd">, project: string): CustomResource[] {
  if (!config.delivery) return [];
  const { repositories, developers } = config.delivery;
  const made = teamProject(argoCd, team, {
    description: `What the team ${team} deploys`,
    repositories,
    namespaces: Object.keys(config.namespaces),
    clusters: [],
    developers,
  });
  return [{ ...made, metadata: { ...made.metadata, namespace, labels: labelsOf(team, project) } }];
}
