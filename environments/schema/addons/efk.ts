/** Options of Elasticsearch and Kibana. What ships logs to them has options of its own: fluent-bit.ts, fluentd.ts. */
import { z } from "zod";
import { arn, whole } from "../forms.ts";
import { options } from "./common.ts";
import { secretNamed } from "./names.ts";

const size = z
  .string()
  .regex(/^[1-9]\d*Gi$/)
  .meta({ form: 'a size in GiB, for example "50Gi"' });

/** Source: S3 user guide, "General purpose bucket naming rules". */
const bucket = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  .meta({ form: "a bucket name of 3 to 63 lower-case letters, digits, points and hyphens" });

export const efk = options(
  {
    storage: size
      .optional()
      .describe("Volume of each Elasticsearch node with data; absent: 30Gi, 200Gi in production. It can grow, not shrink"),
    memoryGiB: whole("GiB", 2, 64).optional().describe("Memory of each node with data, half of it heap; absent: 2, 4 in production"),
    dataNodes: whole("nodes", 2, 30)
      .default(3)
      .describe("Nodes with data in production, over all zones; development has one node for everything"),
    retentionDays: whole("days", 3, 400)
      .optional()
      .describe(
        "Age at which a day's index is deleted; absent: 7, 30 in production. A node with data takes 2000 shards in production, two per namespace and day",
      ),
    host: z.hostname().optional().describe("Name of Kibana; makes an Ingress of the class `alb`. Absent: `kubectl port-forward` only"),
    certificate: arn.optional().describe("Certificate of the host in ACM; absent: the load balancer controller finds it by name"),
    snapshots: z
      .strictObject({
        bucket: bucket.describe("Bucket in this region that exists already, encrypted and without public access"),
        prefix: z.string().min(1).default("elasticsearch").describe("Prefix of the keys; the rights end there"),
        kmsKey: arn.optional().describe("Key of the bucket where it is not S3's own"),
        retentionDays: whole("days", 1, 400).default(30).describe("Age at which a snapshot is deleted"),
      })
      .optional()
      .describe("Nightly snapshots to S3; absent: none"),
    logstash: z.boolean().default(false).describe("Logstash for what comes from outside the cluster: Beats protocol at port 5044"),
    filebeat: z.boolean().default(false).describe("Filebeat on every node for files of the node itself: audit log, cloud-init"),
    users: z
      .array(secretNamed("mainline/dev/shipper"))
      .default([])
      .describe(
        "Secrets with `username`, `password` and `roles` (names, with commas) of further users; the role `shipper` is there for shippers",
      ),
  },
  [
    {},
    {
      storage: "50Gi",
      memoryGiB: 4,
      dataNodes: 6,
      retentionDays: 14,
      host: "kibana.dev.example.com",
      certificate: "arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      snapshots: {
        bucket: "example-dev-snapshots",
        prefix: "elasticsearch",
        kmsKey: "arn:aws:kms:ap-northeast-2:111122223333:key/0a1b2c3d-12ab-34cd-56ef-1234567890ab",
        retentionDays: 14,
      },
      logstash: true,
      filebeat: true,
      users: ["elasticsearch-shipper"],
    },
  ],
);
