/** What holds data, and what keeps it. */
import { add, all, at, type Case, ref, remove, set } from "../case.ts";

const lost = ["renamed", "stateful-", "resource-destroyed", "resource-replaced", "destroy", "replace", "delete"];
const guarded = [
  "deletion-protection-off",
  "safety-net-off",
  "destroys-contents",
  "protection-",
  "retention-",
  "backup-",
  "stateful-",
  "encryption-",
  "kms-",
  "s3-",
  "force-destroy",
];
const db = "aws_db_instance.orders";
const table = "aws_dynamodb_table.carts";

export const data: readonly Case[] = [
  { id: "database-renamed", base: "sample", finds: lost, at: db, change: set(db, { identifier: "orders-2", deletion_protection: true }) },
  { id: "database-encrypted-anew", base: "sample", finds: [...lost, ...guarded], at: db, change: set(db, { storage_encrypted: false }) },
  { id: "database-unprotected", base: "sample", finds: guarded, at: db, change: set(db, { deletion_protection: false }) },
  { id: "database-backups-shorter", base: "sample", finds: guarded, at: db, change: set(db, { backup_retention_period: 1 }) },
  { id: "database-deleted", base: "sample", finds: lost, at: db, change: remove(db) },
  {
    id: "database-forgotten",
    base: "sample",
    finds: [...lost, "forget", "state-"],
    at: db,
    change: (draft) => {
      remove(db)(draft);
      draft.removed = [{ from: db, lifecycle: [{ destroy: false }] }];
    },
  },
  {
    id: "table-key-changed",
    base: "sample",
    finds: lost,
    at: table,
    change: set(table, { hash_key: "cart", attribute: [{ name: "cart", type: "S" }] }),
  },
  { id: "table-unprotected", base: "sample", finds: guarded, at: table, change: set(table, { deletion_protection_enabled: false }) },
  {
    id: "table-recovery-off",
    base: "sample",
    finds: guarded,
    at: table,
    change: set(table, { point_in_time_recovery: { enabled: false } }),
  },
  {
    id: "bucket-renamed",
    base: "sample",
    finds: lost,
    at: "aws_s3_bucket.logs",
    change: set("aws_s3_bucket.logs", { bucket: "sample-logs-2" }),
  },
  {
    id: "bucket-force-destroy",
    base: "sample",
    finds: guarded,
    at: "aws_s3_bucket.data",
    change: set("aws_s3_bucket.data", { force_destroy: true }),
  },
  {
    id: "bucket-access-block-off",
    base: "sample",
    finds: guarded,
    at: "data",
    change: set("aws_s3_bucket_public_access_block.data", { block_public_policy: false, restrict_public_buckets: false }),
  },
  {
    id: "bucket-access-block-gone",
    base: "sample",
    finds: [...guarded, ...lost],
    at: "data",
    change: remove("aws_s3_bucket_public_access_block.data"),
  },
  {
    id: "bucket-versions-suspended",
    base: "sample",
    finds: guarded,
    at: "data",
    change: set("aws_s3_bucket_versioning.data", { versioning_configuration: { status: "Suspended" } }),
  },
  {
    id: "bucket-encryption-gone",
    base: "sample",
    finds: [...guarded, ...lost],
    at: "data",
    change: remove("aws_s3_bucket_server_side_encryption_configuration.data"),
  },
  {
    id: "file-system-replaced",
    base: "sample",
    finds: lost,
    at: "shared",
    change: set("aws_efs_file_system.shared", { creation_token: "sample-2" }),
  },
  { id: "vault-deleted", base: "sample", finds: lost, at: "aws_backup_vault.main", change: remove("aws_backup_vault.main") },
  { id: "log-group-deleted", base: "sample", finds: lost, at: "audit", change: remove("aws_cloudwatch_log_group.audit") },
  {
    id: "log-group-shorter",
    base: "sample",
    finds: guarded,
    at: "audit",
    change: set("aws_cloudwatch_log_group.audit", { retention_in_days: 7 }),
  },
  {
    id: "registry-deleted",
    base: "sample",
    finds: lost,
    at: "aws_ecr_repository.shop",
    change: remove("aws_ecr_repository_policy.shop", "aws_ecr_repository.shop"),
  },
  {
    id: "registry-mutable",
    base: "sample",
    finds: [...guarded, "ecr-"],
    at: "shop",
    change: set("aws_ecr_repository.shop", { image_tag_mutability: "MUTABLE" }),
  },
  { id: "key-deleted", base: "sample", finds: lost, at: "aws_kms_key.logs", change: remove("aws_kms_key.logs") },
  { id: "key-gone-sooner", base: "sample", finds: guarded, at: "data", change: set("aws_kms_key.data", { deletion_window_in_days: 7 }) },
  { id: "key-not-rotated", base: "sample", finds: guarded, at: "data", change: set("aws_kms_key.data", { enable_key_rotation: false }) },
  { id: "key-disabled", base: "sample", finds: guarded, at: "data", change: set("aws_kms_key.data", { is_enabled: false }) },
  {
    id: "zone-deleted",
    base: "sample",
    finds: [...lost, "dns-"],
    at: "aws_route53_zone.main",
    change: remove("aws_route53_record.shop", "aws_route53_zone.main"),
  },
  { id: "address-released", base: "sample", finds: lost, at: "aws_eip.nat", change: remove("aws_eip.nat") },
  { id: "subnet-moved", base: "sample", finds: lost, at: "aws_subnet.b", change: set("aws_subnet.b", { cidr_block: "10.90.2.0/24" }) },
  {
    id: "load-balancer-unprotected",
    base: "sample",
    finds: guarded,
    at: "aws_lb.app",
    change: set("aws_lb.app", { enable_deletion_protection: false }),
  },
  {
    id: "secret-deleted",
    base: "sample",
    finds: lost,
    at: "aws_secretsmanager_secret.shop",
    change: remove("aws_secretsmanager_secret_policy.shop", "aws_secretsmanager_secret.shop"),
  },
  {
    id: "output-removed",
    base: "sample",
    finds: ["contract-", "output-"],
    change: (draft) => {
      delete draft.output?.vpcId;
    },
  },
  {
    id: "output-of-another-type",
    base: "sample",
    finds: ["contract-", "output-"],
    change: (draft) => {
      draft.output = { ...draft.output, tableName: { value: [ref("aws_dynamodb_table.carts.name")] } };
    },
  },

  // Harmless: in place, or more of the same.
  {
    id: "everything-tagged",
    base: "sample",
    finds: [],
    change: (draft) => {
      for (const [type, named] of Object.entries(draft.resource))
        for (const attributes of Object.values(named))
          if (/^aws_(vpc|subnet|eip|lb|kms_key|s3_bucket|db_instance|iam_role|iam_policy)$/.test(type)) attributes.tags = { team: "shop" };
    },
  },
  {
    id: "address-in-the-code-moved",
    base: "sample",
    finds: [],
    change: (draft) => {
      const attributes = at(draft, "aws_sns_topic.alerts");
      remove("aws_sns_topic.alerts")(draft);
      add("aws_sns_topic.alarms", attributes)(draft);
      draft.moved = [{ from: "aws_sns_topic.alerts", to: "aws_sns_topic.alarms" }];
    },
  },
  {
    id: "database-moved-in-the-code",
    base: "sample",
    finds: [],
    change: (draft) => {
      const attributes = at(draft, db);
      remove(db)(draft);
      add("aws_db_instance.shop-orders", attributes)(draft);
      draft.moved = [{ from: db, to: "aws_db_instance.shop-orders" }];
    },
  },
  { id: "logs-kept-longer", base: "sample", finds: [], change: set("aws_cloudwatch_log_group.audit", { retention_in_days: 731 }) },
  { id: "database-bigger", base: "sample", finds: [], change: set(db, { allocated_storage: 100 }) },
  {
    id: "bucket-added",
    base: "sample",
    finds: [],
    change: all(
      add("aws_s3_bucket.extra", { bucket: "sample-extra" }),
      add("aws_s3_bucket_public_access_block.extra", {
        bucket: ref("aws_s3_bucket.extra.id"),
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ),
  },
  { id: "topic-named", base: "sample", finds: [], change: set("aws_sns_topic.alerts", { display_name: "Alarms" }) },
  { id: "queue-keeps-longer", base: "sample", finds: [], change: set("aws_sqs_queue.orders", { message_retention_seconds: 1209600 }) },
  { id: "secret-value-changed", base: "sample", finds: [], change: set("aws_ssm_parameter.token", { value: "ssm-secret-two" }) },
  {
    id: "output-added",
    base: "sample",
    finds: [],
    change: (draft) => {
      draft.output = { ...draft.output, zoneId: { value: ref("aws_route53_zone.main.zone_id") } };
    },
  },
  { id: "nothing", base: "sample", finds: [], change: () => {} },
];
