/** Options of the storage classes. */
import { z } from "zod";
import { options } from "./common.ts";

export const storageClasses = options(
  {
    // A volume that nobody gave back is found and paid for; one that was deleted with its claim is gone.
    reclaim: z.enum(["Delete", "Retain"]).optional().describe("What happens to a volume when its claim goes; absent: Retain in production"),
    // Costs two small pods; without the kinds no chart that takes snapshots can be installed.
    snapshots: z
      .boolean()
      .default(true)
      .describe("Class for EBS volume snapshots; the cluster stack then has the EKS add-on snapshot-controller, which brings their kinds"),
  },
  [{}, { reclaim: "Retain", snapshots: false }],
);
