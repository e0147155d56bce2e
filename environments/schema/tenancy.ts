/** What can be set about the teams that share an environment's cluster. */
import { z } from "zod";
import { email, label, namespaceName, tagValue } from "./forms.ts";
import { budget, delivery, network, roles } from "./tenancy/around.ts";
import { namespace } from "./tenancy/namespace.ts";

const team = z.strictObject({
  owner: email.describe("Who answers for the team; an annotation of its namespaces"),
  costCentre: tagValue.optional().describe("Who pays for the team, as a tag of its budget; absent: the environment's"),
  namespaces: z
    .record(namespaceName, namespace.describe("One namespace"))
    .refine((namespaces) => Object.keys(namespaces).length > 0)
    .meta({ form: "at least one namespace" })
    .describe("Its namespaces by name, each with a quota"),
  roles: roles.prefault({}).describe("Who belongs to it: IAM roles by what they may do in its namespaces"),
  network: network.prefault({}).describe("What its pods may talk to; nothing else gets in or out"),
  delivery: delivery.optional().describe("What Argo CD may deploy for it; absent, or without Argo CD: no project"),
  budget: budget.optional().describe("Monthly cost of what carries the tag `team`; absent: none"),
});

const developer = z.strictObject({
  // Where Argo CD deploys, a change by hand is undone at the next sync; what is needed in a hurry, devops may do.
  changes: z
    .boolean()
    .default(false)
    .describe("Whether developers change workloads by hand, and get into pods; false: they look, logs included"),
  secrets: z
    .boolean()
    .default(false)
    .describe("Whether developers read Secrets. Whoever changes workloads can read them all the same, through a pod that mounts them"),
});

export const tenancySchema = z.strictObject({
  developer: developer.prefault({}).describe("What developers may do in the namespaces of their team"),
  // No default: a name that teams.ts does not have would take away every team.
  teams: z.record(label, team.describe("One team")).describe("Teams by name"),
});

/** What a file says of one team. */
export type TeamInput = z.input<typeof team>;
