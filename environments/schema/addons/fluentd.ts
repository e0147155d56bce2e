/** Options of Fluentd. */
import { z } from "zod";
import { whole } from "../forms.ts";
import { options } from "./common.ts";

export const fluentd = options(
  {
    user: z.string().default("elastic").describe("User of Elasticsearch; the default is the operator's, who may do everything"),
    passwordSecret: z
      .string()
      .optional()
      .describe("Secret of the namespace `logging` with the password under the user's name; absent: the operator's"),
    bufferMiB: whole("MiB", 100, 20_000)
      .default(2048)
      .describe("Disk of a node that waiting logs may take; then reading stops until there is room"),
  },
  [{}, { user: "shipper", passwordSecret: "elasticsearch-shipper", bufferMiB: 4096 }],
);
