/** Options of Velero. */
import { z } from "zod";
import { arn, whole } from "../forms.ts";
import { options } from "./common.ts";

export const velero = options(
  {
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .meta({ form: "the name of an S3 bucket" })
      .describe("Bucket of the backups, in this region; best with versioning and a lock, and in another account"),
    prefix: z
      .string()
      .regex(/^[\w][\w/-]*[\w]$/)
      .meta({ form: 'a prefix without a slash at either end, for example "velero/dev"' })
      .optional()
      .describe("Prefix of the keys; absent: the cluster's name, so that clusters may share a bucket"),
    key: arn.optional().describe("ARN of the KMS key that encrypts the bucket; absent: keys of S3"),
    schedules: z
      .record(
        z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/)
          .meta({ form: "a name of lower-case letters, digits and hyphens" }),
        z.strictObject({
          cron: z
            .string()
            .regex(/^\S+( \S+){4}$/)
            .meta({ form: 'five fields of cron, in UTC, for example "0 18 * * *"' })
            .describe("When, in UTC"),
          days: whole("days", 1, 3650).describe("How long a backup is kept"),
          namespaces: z.array(z.string()).default(["*"]).describe("Namespaces that it holds; patterns are allowed"),
        }),
      )
      // 03:00 in Seoul. A week is what is asked for in practice; longer is a decision of who pays for snapshots.
      .default({ daily: { cron: "0 18 * * *", days: 7, namespaces: ["*"] } })
      .describe("Backups by time, by name; empty: only by hand"),
  },
  [
    { bucket: "example-dev-velero" },
    {
      bucket: "example-prod-velero",
      prefix: "prod/main",
      key: "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      schedules: { daily: { cron: "0 18 * * *", days: 30 }, apps: { cron: "0 */6 * * *", days: 3, namespaces: ["team-*"] } },
    },
  ],
);
