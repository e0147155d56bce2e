/** Options of the Pushgateway. */
import { z } from "zod";
import { whole } from "../forms.ts";
import { options } from "./common.ts";

export const prometheusPushgateway = options(
  {
    storageGiB: whole("GiB", 1, 100)
      .optional()
      .describe("Volume that keeps what was pushed over a restart; absent: 2 in production, else none"),
    ingressFrom: z
      .array(z.string().min(1))
      .default([])
      .describe("Namespaces that may push; empty: all. Needs network policies in the VPC CNI"),
  },
  [{}, { storageGiB: 5, ingressFrom: ["apps"] }],
);
