/** Options of Argo Rollouts. */
import { z } from "zod";
import { options } from "./common.ts";

export const argoRollouts = options(
  {
    dashboard: z
      .boolean()
      .default(false)
      .describe("A read-only web page of all rollouts, inside the cluster only; Argo CD shows them, too"),
    // It costs calls of the ELB API at each step; the pods' readiness gate says the same without.
    verifyTargetGroups: z
      .boolean()
      .default(false)
      .describe("Before a step goes on, ask AWS whether the new pods are healthy in the load balancer"),
  },
  [{}, { dashboard: true, verifyTargetGroups: true }],
);
