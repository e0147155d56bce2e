/** Options of the vertical pod autoscaler. */
import { z } from "zod";
import { options } from "./common.ts";

export const verticalPodAutoscaler = options(
  {
    // A recommendation costs nothing; a pod that is restarted for one costs somebody's request.
    update: z
      .boolean()
      .default(false)
      .describe("Also apply recommendations to pods whose VerticalPodAutoscaler asks for it; else only recommend"),
  },
  [{}, { update: true }],
);
