/** What holds data, and what keeps it. */
import { add, all, type Case, ref, set } from "../../case.ts";

const db = "aws_db_instance.orders";
const bucket = ref("aws_s3_bucket.data.id");

export const keeping: readonly Case[] = [
  {
    id: "database-public",
    base: "sample",
    finds: ["network-"],
    at: db,
    change: set(db, { publicly_accessible: true }),
  },
  {
    id: "database-without-last-snapshot",
    base: "sample",
    finds: ["safety-net-off", "destroys-contents", "protection-", "deletion-", "backup-"],
    at: db,
    change: set(db, { skip_final_snapshot: true }),
  },
  {
    id: "database-in-one-zone",
    base: "sample",
    finds: ["safety-net-off", "protection-", "availability-"],
    at: db,
    change: set(db, { multi_az: false }),
  },
  {
    id: "database-of-next-major",
    base: "sample",
    finds: ["database-", "upgrade", "engine-"],
    at: db,
    change: set(db, { engine_version: "17.2", allow_major_version_upgrade: true }),
  },
  {
    id: "bucket-forgets-after-a-day",
    base: "sample",
    finds: ["s3-lifecycle-", "retention-"],
    at: "aws_s3_bucket_lifecycle_configuration.data",
    change: add("aws_s3_bucket_lifecycle_configuration.data", {
      bucket,
      rule: [{ id: "tidy", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 1 }] }],
    }),
  },
  {
    id: "bucket-public-by-acl",
    base: "sample",
    finds: ["s3-"],
    at: "logs",
    change: all(
      add("aws_s3_bucket_ownership_controls.logs", {
        bucket: ref("aws_s3_bucket.logs.id"),
        rule: { object_ownership: "BucketOwnerPreferred" },
      }),
      add("aws_s3_bucket_acl.logs", {
        bucket: ref("aws_s3_bucket.logs.id"),
        acl: "public-read",
        depends_on: ["aws_s3_bucket_ownership_controls.logs"],
      }),
    ),
  },
  {
    id: "bucket-copied-to-other-account",
    base: "sample",
    finds: ["copies-", "s3-"],
    at: "aws_s3_bucket_replication_configuration.data",
    change: add("aws_s3_bucket_replication_configuration.data", {
      bucket,
      role: ref("aws_iam_role.app.arn"),
      rule: [
        {
          id: "all",
          status: "Enabled",
          destination: [{ bucket: "arn:aws:s3:::partner-copies", account: "999900001111" }],
        },
      ],
    }),
  },
  {
    id: "table-expires-items",
    base: "sample",
    finds: ["retention-", "safety-net-off", "ttl", "expir", "data-"],
    at: "aws_dynamodb_table.carts",
    change: set("aws_dynamodb_table.carts", { ttl: { enabled: true, attribute_name: "created" } }),
  },
  {
    id: "secret-gone-at-once",
    base: "sample",
    finds: ["retention-", "safety-net-off", "protection-", "destroys-contents", "deletion-"],
    at: "aws_secretsmanager_secret.shop",
    change: set("aws_secretsmanager_secret.shop", { recovery_window_in_days: 0 }),
  },
  {
    id: "queue-unencrypted",
    base: "sample",
    finds: ["encryption-", "safety-net-off"],
    at: "aws_sqs_queue.orders",
    change: set("aws_sqs_queue.orders", { sqs_managed_sse_enabled: false }),
  },
  {
    id: "parameter-in-clear",
    base: "sample",
    finds: ["encryption-", "safety-net-off", "destroy", "replace", "secret-"],
    at: "aws_ssm_parameter.token",
    change: set("aws_ssm_parameter.token", { type: "String" }),
  },
  { id: "database-of-next-patch", base: "sample", finds: [], change: set(db, { engine_version: "16.4" }) },
  {
    id: "database-backups-longer",
    base: "sample",
    finds: [],
    change: set(db, { backup_retention_period: 30, performance_insights_enabled: true }),
  },
  {
    id: "table-with-index",
    base: "sample",
    finds: [],
    change: set("aws_dynamodb_table.carts", {
      attribute: [
        { name: "id", type: "S" },
        { name: "owner", type: "S" },
      ],
      global_secondary_index: [{ name: "owner", hash_key: "owner", projection_type: "ALL" }],
    }),
  },
  {
    id: "bucket-tidies-uploads",
    base: "sample",
    finds: [],
    change: add("aws_s3_bucket_lifecycle_configuration.data", {
      bucket,
      rule: [
        { id: "tidy", status: "Enabled", filter: [{ prefix: "" }], abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
      ],
    }),
  },
  {
    id: "things-described",
    base: "sample",
    finds: [],
    change: all(
      set("aws_kms_key.data", { description: "Data of the sample" }),
      set("aws_secretsmanager_secret.shop", { description: "Of the shop" }),
      set("aws_iam_role.app", { description: "Application" }),
      set("aws_route53_zone.main", { comment: "The sample" }),
    ),
  },
  {
    id: "alarm-added",
    base: "sample",
    finds: [],
    change: add("aws_cloudwatch_metric_alarm.queue", {
      alarm_name: "orders-old",
      namespace: "AWS/SQS",
      metric_name: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: ref("aws_sqs_queue.orders.name") },
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 3,
      period: 300,
      statistic: "Maximum",
      threshold: 600,
      alarm_actions: [ref("aws_sns_topic.alerts.arn")],
    }),
  },
];
