/** Options of Karpenter. */
import { z } from "zod";
import { label, labelKey, labelValue, whole } from "../forms.ts";
import { options } from "./common.ts";

const taint = z.strictObject({
  key: labelKey.describe("Key of the taint"),
  value: labelValue.default("").describe("Value of the taint"),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).describe("What happens to pods that do not tolerate it"),
});

const pool = z.strictObject({
  categories: z
    .array(z.enum(["c", "m", "r", "t", "i", "g", "p"]))
    .min(1)
    .default(["c", "m", "r"])
    .describe("Instance categories, by the first letter of the type"),
  // Older generations cost more per unit of work, and some lack Nitro, which pods in security groups need.
  generation: whole("a generation", 1, 20).default(6).describe("Oldest generation, for example 6 of m6i"),
  architectures: z
    .array(z.enum(["amd64", "arm64"]))
    .min(1)
    .default(["amd64"])
    .describe("Architectures; images must exist for all of them"),
  // A spot instance is gone two minutes after a warning: workloads must be made for that.
  capacity: z
    .array(z.enum(["on-demand", "spot"]))
    .min(1)
    .default(["on-demand"])
    .describe(
      "Purchase options; the cheapest that is there is taken. `spot` needs EC2 Spot's service-linked role, once in an account: `aws iam create-service-linked-role --aws-service-name spot.amazonaws.com`",
    ),
  // A bound on the bill: a Deployment scaled by mistake stops here.
  cpus: whole("vCPUs", 1, 10_000).default(64).describe("vCPUs of all nodes of the pool together, at most"),
  diskGiB: whole("GiB", 20, 16_384).default(50).describe("Root volume"),
  labels: z.record(labelKey, labelValue).default({}).describe("Labels of its nodes"),
  taints: z.array(taint).default([]).describe("Taints of its nodes"),
});

export const karpenter = options(
  {
    pools: z
      .record(label, pool.describe("One pool"))
      .refine((pools) => Object.keys(pools).length > 0)
      .meta({ form: "at least one pool" })
      .prefault({ general: {} })
      .describe("Node pools by name"),
  },
  [
    {},
    {
      pools: {
        general: { cpus: 200 },
        batch: {
          categories: ["c", "m"],
          generation: 7,
          architectures: ["amd64", "arm64"],
          capacity: ["spot", "on-demand"],
          cpus: 100,
          diskGiB: 100,
          labels: { workload: "batch" },
          taints: [{ key: "batch", effect: "NoSchedule" }],
        },
      },
    },
  ],
);
