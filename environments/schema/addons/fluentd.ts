/** Options of Fluentd. */
import { z } from "zod";
import { whole } from "../forms.ts";
import { options } from "./common.ts";

export const fluentd = options(
  {
    user: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9./-]*[a-z0-9])?$/)
      .meta({
        form: 'a name in Secrets Manager, or without the add-on external-secrets a Kubernetes secret of `logging`, for example "mainline/dev/shipper"',
      })
      .optional()
      .describe(
        "Secret with `username` and `password`, the one that `efk` has in `users`. Absent: the operator's user `elastic`, who may do everything",
      ),
    bufferMiB: whole("MiB", 100, 20_000)
      .default(2048)
      .describe("Disk of a node that waiting logs may take; then reading stops until there is room"),
  },
  [{}, { user: "elasticsearch-shipper", bufferMiB: 4096 }],
);
