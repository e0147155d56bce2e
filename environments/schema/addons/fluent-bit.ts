/** Options of Fluent Bit. */
import { z } from "zod";
import { arn, whole } from "../forms.ts";
import { options } from "./common.ts";
import { secretNamed } from "./names.ts";

export const fluentBit = options(
  {
    opensearch: z
      .strictObject({
        endpoint: z.hostname().describe("Host of the domain, without https://"),
        domain: arn.describe("ARN of the domain; the rights end there"),
      })
      .optional()
      .describe("Ships to a domain of Amazon OpenSearch Service, signed with the pod's own role. Absent: to `efk`"),
    user: secretNamed("mainline/dev/shipper")
      .optional()
      .describe(
        "Secret with `username` and `password`, the one that `efk` has in `users`. Absent: the operator's user `elastic`, who may do everything",
      ),
    // Bigger than a day of most nodes and small against their disk of 50 GiB and more.
    bufferMiB: whole("MiB", 100, 20_000)
      .default(2048)
      .describe("Disk of a node that waiting logs may take; what comes after drops the oldest"),
    excludeNamespaces: z.array(z.string()).default([]).describe("Namespaces whose logs are not shipped"),
  },
  [
    {},
    { user: "elasticsearch-shipper", bufferMiB: 4096, excludeNamespaces: ["kube-system"] },
    {
      opensearch: {
        endpoint: "vpc-logs-0a1b2c3d4e5f.ap-northeast-2.es.amazonaws.com",
        domain: "arn:aws:es:ap-northeast-2:111122223333:domain/logs",
      },
    },
  ],
);
