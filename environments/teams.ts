/**
 * The teams, in one file: who they are is the same in every environment, how much they get is not. A new team is an entry in `people` and a
 * line per environment (docs/tenancy.md).
 */
import type { TeamInput } from "./schema/tenancy.ts";

type Team = Omit<TeamInput, "namespaces">;

/** The same everywhere: roles have the same names in every account. */
const people = {
  shop: {
    owner: "shop@example.com",
    costCentre: "commerce",
    roles: { devops: ["shop-devops"], developer: ["shop-developer"], sqa: ["quality"] },
    // Its own, and this one for the golden path (gitops/charts/service).
    delivery: { repositories: ["https://github.com/example/mainline.git", "https://github.com/example/shop-*"] },
    network: {
      to: { billing: { ports: [8080] } },
      outbound: { https: { to: "0.0.0.0/0", ports: [443] }, database: { to: "data", ports: [5432] } },
    },
  },
  billing: {
    owner: "billing@example.com",
    costCentre: "finance",
    roles: { devops: ["billing-devops"], developer: ["billing-developer"], sqa: ["quality"] },
    delivery: { repositories: ["https://github.com/example/billing"] },
    network: {
      // Called by the shop only, never from outside.
      loadBalancers: [],
      outbound: { https: { to: "0.0.0.0/0", ports: [443] }, database: { to: "data", ports: [5432] } },
    },
  },
} satisfies Record<string, Team>;

const { shop, billing } = people;

export const teams = {
  dev: {
    shop: {
      ...shop,
      namespaces: { shop: { quota: { cpu: 2, memoryGiB: 6 } }, "shop-jobs": { quota: { cpu: 1, memoryGiB: 4, pods: 10 } } },
      budget: { monthlyUsd: 100, emails: [shop.owner] },
    },
    billing: {
      ...billing,
      namespaces: { billing: { quota: { cpu: 1, memoryGiB: 4 } } },
      budget: { monthlyUsd: 50, emails: [billing.owner] },
    },
  },
  staging: {
    shop: {
      ...shop,
      namespaces: { shop: { quota: { cpu: 6, memoryGiB: 16, pods: 60 } }, "shop-jobs": { quota: { cpu: 2, memoryGiB: 8 } } },
      budget: { monthlyUsd: 300, emails: [shop.owner] },
    },
    billing: {
      ...billing,
      namespaces: { billing: { quota: { cpu: 4, memoryGiB: 8 } } },
      budget: { monthlyUsd: 150, emails: [billing.owner] },
    },
  },
  prod: {
    shop: {
      ...shop,
      namespaces: { shop: { quota: { cpu: 20, memoryGiB: 64, pods: 200 } }, "shop-jobs": { quota: { cpu: 4, memoryGiB: 16 } } },
      budget: { monthlyUsd: 1500, emails: [shop.owner, "finance@example.com"] },
    },
    billing: {
      ...billing,
      namespaces: { billing: { quota: { cpu: 8, memoryGiB: 32, pods: 60 } } },
      budget: { monthlyUsd: 600, emails: [billing.owner, "finance@example.com"] },
    },
  },
} satisfies Record<string, Record<string, TeamInput>>;
