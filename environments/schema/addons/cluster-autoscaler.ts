/** Options of the cluster autoscaler. */
import { z } from "zod";
import { whole } from "../forms.ts";
import { options } from "./common.ts";

export const clusterAutoscaler = options(
  {
    priorities: z
      .record(z.string().regex(/^[1-9]\d{0,2}$/), z.array(z.string().min(1)).min(1))
      .default({})
      .describe("Expressions of group names by priority, the highest first, for example spot before on demand; empty: least waste decides"),
    // Cluster Autoscaler FAQ, "How does scale-down work?": both are 10 minutes there, too; less makes groups swing.
    idleMinutes: whole("minutes", 1, 240).default(10).describe("How long a node must be unneeded before it goes"),
    utilization: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .meta({ form: "a number from 0 to 1" })
      .describe("Share of a node's capacity that is requested below which it is unneeded"),
  },
  [{}, { priorities: { "20": [".*-spot-.*"], "10": [".*"] }, idleMinutes: 20, utilization: 0.6 }],
);
