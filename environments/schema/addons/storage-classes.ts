/** Options of the storage classes. */
import { z } from "zod";
import { options } from "./common.ts";

export const storageClasses = options(
  {
    // A volume that nobody gave back is found and paid for; one that was deleted with its claim is gone.
    reclaim: z.enum(["Delete", "Retain"]).optional().describe("What happens to a volume when its claim goes; absent: Retain in production"),
    // Both need the EKS add-on snapshot-controller, which brings the kinds; without it the API server refuses the class.
    snapshots: z
      .boolean()
      .default(false)
      .describe("A class for EBS volume snapshots; the cluster needs the EKS add-on snapshot-controller"),
  },
  [{}, { reclaim: "Retain", snapshots: true }],
);
