/** Resource types whose loss is more than a second apply. Guardrails guard them; the ledger of addresses follows them. */

/** They hold data, or an identity that others have written down: guarded against destruction in production. */
export const guardedTypes = ["aws_ecr_repository", "aws_efs_file_system", "aws_eks_cluster", "aws_kms_key", "aws_vpc"] as const;

/** Besides those: made again under a new address they lose contents, addresses, logs or attachments. */
export const statefulTypes = [
  ...guardedTypes,
  "aws_cloudwatch_log_group",
  "aws_eip",
  "aws_eks_node_group",
  "aws_iam_openid_connect_provider",
  "aws_kms_alias",
  "aws_s3_bucket",
  "aws_security_group",
  "aws_subnet",
  "aws_vpc_endpoint_service",
] as const;
