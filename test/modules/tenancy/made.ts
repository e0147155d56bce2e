/** What comes of teams, for tests. */
import { withProfile } from "../../../environments/profiles.ts";
import type { TeamInput } from "../../../environments/schema/tenancy.ts";
import { type Environment, type EnvironmentInput, environmentSchema } from "../../../environments/schema.ts";
import type { CustomResource } from "../../../modules/addons/addon.ts";
import { tenancyPlan } from "../../../modules/tenancy/objects.ts";
import { minimal } from "../../support/environment.ts";

export const shop: TeamInput = { owner: "shop@example.com", namespaces: { shop: {} } };
export const billing: TeamInput = { owner: "billing@example.com", namespaces: { billing: {}, "billing-jobs": {} } };

export function environmentWith(teams: Record<string, TeamInput>, overrides: Partial<EnvironmentInput> = {}): Environment {
  return environmentSchema.parse(withProfile({ ...minimal, ...overrides, tenancy: { ...overrides.tenancy, teams } }));
}

export function objectsOf(
  teams: Record<string, TeamInput>,
  team = "shop",
  overrides: Partial<EnvironmentInput> = {},
): readonly CustomResource[] {
  return tenancyPlan(environmentWith(teams, overrides)).teams.find((made) => made.team === team)?.resources ?? [];
}

export const specOf = (objects: readonly CustomResource[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name)?.spec;
export const policy = (network: TeamInput["network"], name: string, overrides?: Partial<EnvironmentInput>) =>
  specOf(objectsOf({ shop: { ...shop, network }, billing }, "shop", overrides), "NetworkPolicy", name);
