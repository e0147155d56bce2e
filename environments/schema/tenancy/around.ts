/** What is around a team's namespaces: people, network, delivery, cost. */
import { z } from "zod";
import { cidr, email, label, port, roleName, snsTopicArn, whole } from "../forms.ts";

const role = roleName.describe("An IAM role of this account");

export const roles = z.strictObject({
  devops: z.array(role).default([]).describe("Run the team's workloads in every environment, Secrets included"),
  developer: z.array(role).default([]).describe("May do what `tenancy.developer` says"),
  sqa: z.array(role).default([]).describe("Look at everything but Secrets, logs included"),
});

const ports = z.array(port).min(1).describe("TCP ports that are open");

/** Tiers that pods reach by name; others have no business of a team in them. */
const reachableTiers = ["data", "intra"] as const;

function isAddress(text: string): boolean {
  return reachableTiers.some((tier) => tier === text) || cidr.safeParse(text).success;
}

const address = z.string().refine(isAddress).meta({
  form: 'a CIDR block, for example "0.0.0.0/0", or a tier of the network: "data" (databases, file systems), "intra" (the Kubernetes API)',
});

export const network = z.strictObject({
  // What a service lets in is said by its own chart; this opens all of them to one another.
  within: z.boolean().default(false).describe("All pods of the team talk to one another, over all its namespaces"),
  loadBalancers: z
    .array(z.enum(["public", "internal"]))
    .default(["public"])
    .describe("Load balancers that reach its pods, by the tier that they are in"),
  monitoring: z.boolean().default(true).describe("Prometheus scrapes its pods, where it is there"),
  to: z
    .record(label, z.strictObject({ ports }).describe("One team"))
    .default({})
    .describe("Other teams whose pods it calls, by name; opens their side, too"),
  outbound: z
    .record(
      label,
      z.strictObject({ to: address.describe("Addresses; pods of others are never among them"), ports }).describe("One destination"),
    )
    .default({})
    .describe("Destinations outside the cluster, by a name of your choice"),
});

/** Source: GitHub documentation, "About teams": slugs are lower case with hyphens. */
const slug = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9-]{0,98}[A-Za-z0-9])?$/)
  .meta({ form: 'a GitHub team as in its address, for example "shop-developers"' });

export const delivery = z.strictObject({
  repositories: z
    .array(z.string().min(1))
    .min(1)
    .describe("Repositories that its applications may come from; `*` stands for other characters"),
  developers: z.array(slug).default([]).describe("GitHub teams that sync its applications; they are in `addons.argo-cd.sso.teams`, too"),
});

export const budget = z.strictObject({
  monthlyUsd: whole("USD", 1, 10_000_000).describe("Amount, USD a month"),
  warnAtPercent: whole("percent", 1, 100)
    .default(80)
    .describe("Actual cost at which a warning is sent; another comes when the forecast is above the amount"),
  // Source: AWS Budgets API reference, Subscribers: ten e-mail addresses and one topic.
  emails: z.array(email).max(10).default([]).describe("Addresses that are told"),
  topic: snsTopicArn.optional().describe("SNS topic that is told; its policy lets budgets.amazonaws.com publish"),
});
