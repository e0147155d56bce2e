/** Options of Fluentd. */
import { whole } from "../forms.ts";
import { options } from "./common.ts";
import { secretNamed } from "./names.ts";

export const fluentd = options(
  {
    user: secretNamed("mainline/dev/shipper")
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
