/**
 * What nobody should change in the console: who may do what, what is open, what is encrypted, kept and recorded. An edit of these is told
 * first. Exact types; `*` is every attribute, tags apart.
 */

const access = "who may do what";
const open = "what is reachable";
const encryption = "what is encrypted, and by which key";
const kept = "what is kept, and what may be deleted";
const record = "the record of what happens";

const rows: readonly (readonly [why: string, attributes: readonly string[] | "*", types: readonly string[]])[] = [
  [access, "*", ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_user", "aws_iam_user_policy"]],
  [access, "*", ["aws_iam_group_policy", "aws_iam_openid_connect_provider", "aws_iam_account_password_policy", "aws_organizations_policy"]],
  [access, "*", ["aws_eks_access_entry", "aws_eks_access_policy_association", "aws_eks_pod_identity_association"]],
  [
    access,
    "*",
    [
      "aws_s3_bucket_policy",
      "aws_kms_key_policy",
      "aws_kms_grant",
      "aws_ecr_repository_policy",
      "aws_sns_topic_policy",
      "aws_sqs_queue_policy",
    ],
  ],
  [access, ["assume_role_policy", "inline_policy", "managed_policy_arns", "permissions_boundary"], ["aws_iam_role"]],
  [access, ["policy", "is_enabled"], ["aws_kms_key"]],
  [access, ["access_config", "vpc_config"], ["aws_eks_cluster"]],
  [access, ["policy"], ["aws_vpc_endpoint", "aws_efs_file_system_policy"]],
  [
    open,
    "*",
    ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group_rule", "aws_network_acl_rule"],
  ],
  [open, ["ingress", "egress"], ["aws_security_group", "aws_default_security_group", "aws_network_acl", "aws_default_network_acl"]],
  [open, "*", ["aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry", "aws_route", "aws_s3_bucket_public_access_block"]],
  [
    open,
    "*",
    ["aws_s3_account_public_access_block", "aws_wafv2_web_acl", "aws_wafv2_web_acl_association", "aws_ebs_snapshot_block_public_access"],
  ],
  [open, ["route"], ["aws_route_table", "aws_default_route_table"]],
  [open, ["map_public_ip_on_launch"], ["aws_subnet"]],
  [open, ["internal", "security_groups"], ["aws_lb"]],
  [open, ["publicly_accessible", "vpc_security_group_ids"], ["aws_db_instance", "aws_rds_cluster"]],
  [encryption, "*", ["aws_s3_bucket_server_side_encryption_configuration", "aws_ebs_encryption_by_default", "aws_ebs_default_kms_key"]],
  [encryption, ["enable_key_rotation", "rotation_period_in_days"], ["aws_kms_key"]],
  [encryption, ["target_key_id"], ["aws_kms_alias"]],
  [encryption, ["encryption_config"], ["aws_eks_cluster"]],
  [encryption, ["kms_key_id"], ["aws_cloudwatch_log_group", "aws_secretsmanager_secret"]],
  [
    kept,
    ["deletion_protection", "enable_deletion_protection", "deletion_protection_enabled", "backup_retention_period"],
    ["aws_db_instance", "aws_rds_cluster", "aws_lb", "aws_dynamodb_table", "aws_eks_cluster"],
  ],
  [
    kept,
    "*",
    [
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_object_lock_configuration",
      "aws_ecr_lifecycle_policy",
    ],
  ],
  [kept, "*", ["aws_backup_plan", "aws_backup_selection", "aws_backup_vault_lock_configuration", "aws_backup_vault_policy"]],
  [record, "*", ["aws_cloudtrail", "aws_flow_log", "aws_config_configuration_recorder", "aws_config_configuration_recorder_status"]],
  [record, "*", ["aws_guardduty_detector", "aws_guardduty_detector_feature", "aws_securityhub_account", "aws_s3_bucket_logging"]],
  [record, ["retention_in_days"], ["aws_cloudwatch_log_group"]],
  [record, ["enabled_cluster_log_types"], ["aws_eks_cluster"]],
];

/** Why this attribute is protected; undefined where it is not. No attribute: the object itself is gone. */
export function protectedBecause(type: string, attribute?: string): string | undefined {
  if (attribute === "tags" || attribute === "tags_all") return undefined;
  return rows.find(
    ([, attributes, types]) => types.includes(type) && (attributes === "*" || (attribute !== undefined && attributes.includes(attribute))),
  )?.[0];
}
