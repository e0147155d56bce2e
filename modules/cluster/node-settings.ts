/** What managed and self-managed groups have in common. */
import type { ITerraformDependable } from "cdktf";
import type { NodesConfig } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import type { Cluster } from "./control-plane.ts";

export interface NodeSettings {
  readonly cluster: Cluster;
  /** By name, as in the environment file. */
  readonly groups: Readonly<Record<string, NodesConfig>>;
  readonly keyArn: string;
  /** By zone id. */
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly securityGroupIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Pods live in subnets of their own. */
  readonly ownPodSubnets: boolean;
  /** What must be there before a node starts. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * Subnets of a group: those of its zones, or of all.
 * @throws where the network has no such zone.
 */
export function subnetsOf(name: string, group: NodesConfig, { subnetIds }: Pick<NodeSettings, "subnetIds">): string[] {
  const zones = group.zones ?? Object.keys(subnetIds);
  return zones.map((zone) => {
    const subnet = subnetIds[zone];
    if (subnet !== undefined) return subnet;
    throw new UserError(`Node group ${name} names zone ${zone}, but the network has ${Object.keys(subnetIds).join(", ")}.`);
  });
}
