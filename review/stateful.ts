/**
 * Resource types whose loss is more than a second apply, and what is lost. Exact types: a prefix would take aws_route_table for a database.
 * Wider than what guardrails guard (modules/guardrails/stateful.ts), since a review also reads plans of other people's stacks.
 */
import { statefulTypes } from "../modules/guardrails/stateful.ts";

const losses: Readonly<Record<string, string>> = {
  // Clusters
  aws_eks_cluster: "the cluster with all that runs in it, its endpoint and its OIDC issuer",
  aws_eks_node_group: "all nodes of the group at once; pods move or wait, volumes of a zone may not follow",
  aws_autoscaling_group: "all instances of the group",
  aws_eks_fargate_profile: "the pods that it runs",
  aws_iam_openid_connect_provider: "the identity that roles trust: their pods lose AWS",
  helm_release:
    "what the chart installed, with its volumes where the chart deletes them and its custom resources where it brings their definition",
  kubernetes_namespace: "everything in the namespace, volumes included",
  kubernetes_namespace_v1: "everything in the namespace, volumes included",
  kubernetes_persistent_volume_claim: "the volume's data, by reclaim policy",
  kubernetes_persistent_volume_claim_v1: "the volume's data, by reclaim policy",
  // Network
  aws_vpc: "the network with everything in it",
  aws_subnet: "the addresses of whatever is in it; load balancers and nodes must leave first",
  aws_nat_gateway: "egress of its zone while it is gone",
  aws_eip: "a public address that others may have on their allow lists; AWS does not give it back",
  aws_internet_gateway: "all traffic from and to the internet",
  aws_security_group: "the rules of all that use it; the destroy hangs while it is in use",
  aws_vpc_endpoint_service: "the name that consumers connect to",
  aws_ec2_transit_gateway: "routes between networks",
  aws_vpn_connection: "the tunnel, with its addresses and keys",
  aws_customer_gateway: "the tunnel's other end",
  aws_lb: "a load balancer: its DNS name changes",
  aws_alb: "a load balancer: its DNS name changes",
  aws_route53_zone: "all records of the zone; a new one has other name servers",
  aws_acm_certificate: "a certificate that listeners use",
  aws_cloudfront_distribution: "the distribution and its domain name",
  // Keys and secrets
  aws_kms_key: "everything that is encrypted under it, for good, after the waiting time",
  aws_kms_alias: "the name by which others find the key",
  aws_secretsmanager_secret: "the secret and its versions",
  aws_acmpca_certificate_authority: "trust in all certificates that it issued",
  // Data
  aws_s3_bucket: "the objects in it; the name may be taken by somebody else",
  aws_db_instance: "the database",
  aws_rds_cluster: "the database",
  aws_rds_cluster_instance: "an instance of the database",
  aws_docdb_cluster: "the database",
  aws_neptune_cluster: "the database",
  aws_redshift_cluster: "the warehouse",
  aws_dynamodb_table: "the table",
  aws_elasticache_cluster: "the cache",
  aws_elasticache_replication_group: "the cache",
  aws_memorydb_cluster: "the database",
  aws_opensearch_domain: "the domain with its indexes",
  aws_elasticsearch_domain: "the domain with its indexes",
  aws_msk_cluster: "the topics",
  aws_kinesis_stream: "records that nobody has read yet",
  aws_sqs_queue: "messages that nobody has read yet",
  aws_mq_broker: "messages that nobody has read yet",
  aws_efs_file_system: "the files",
  aws_fsx_lustre_file_system: "the files",
  aws_fsx_openzfs_file_system: "the files",
  aws_ebs_volume: "the volume's data",
  aws_ebs_snapshot: "the snapshot",
  aws_instance: "the instance and what is on its root volume",
  aws_ecr_repository: "the images; running pods can no longer pull them",
  aws_codecommit_repository: "the repository",
  aws_glue_catalog_database: "definitions of tables",
  // Records and copies
  aws_cloudwatch_log_group: "the logs",
  aws_cloudtrail: "the record of who did what, while it is gone",
  aws_flow_log: "the record of traffic, while it is gone",
  aws_backup_vault: "the recovery points",
  aws_backup_plan: "backups from now on",
  aws_cognito_user_pool: "the users",
};

/** What is lost with a resource of this type; undefined where a second apply makes it again. */
export function lossOf(type: string): string | undefined {
  return losses[type] ?? (guarded.has(type) ? "data or an identity that others have written down" : undefined);
}

/** Follows the guardrails: what they guard is never less here. */
const guarded: ReadonlySet<string> = new Set(statefulTypes);

/** Types of which a destroy alone is no news: attachments and rules, whose effect other findings compute on the result. */
const attachments: ReadonlySet<string> = new Set([
  "aws_autoscaling_lifecycle_hook",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_metric_alarm",
  "aws_cloudwatch_dashboard",
  "aws_ecr_lifecycle_policy",
  "aws_eks_access_entry",
  "aws_eks_access_policy_association",
  "aws_eks_pod_identity_association",
  "aws_iam_policy",
  "aws_iam_policy_attachment",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_group_policy",
  "aws_iam_user_policy",
  "aws_launch_template",
  "aws_network_acl_association",
  "aws_network_acl_rule",
  "aws_route_table_association",
  "aws_s3_object",
  "aws_security_group_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "null_resource",
  "terraform_data",
  "time_sleep",
  "random_id",
]);

export function isAttachment(type: string): boolean {
  return attachments.has(type);
}
