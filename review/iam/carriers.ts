/**
 * Resource types of the AWS provider that carry a policy document, and where. Source: provider documentation, arguments that take "JSON
 * formatted policy".
 */
import type { Path } from "../model.ts";

/** What a document decides: what its holder may do, who may become it, or who may use the resource it is on; or the most that others may. */
export type Role = "identity" | "trust" | "resource" | "limit";

export interface Carrier {
  readonly path: Path;
  /** A list of blocks lies before the last step: each has a document. */
  readonly repeated?: boolean;
  readonly role: Role;
  /** Attributes that name whose document it is: all documents of a role add up. */
  readonly owner: readonly string[];
  /** The provider fills it in where nothing is set: unknown on create says nothing. */
  readonly computed?: boolean;
}

const identity = (owner: string, path: Path = ["policy"]): Carrier => ({ role: "identity", path, owner: [owner] });
const resource = (owner: readonly string[], path: Path = ["policy"]): Carrier => ({ role: "resource", path, owner });
const computed = (owner: readonly string[], path: Path = ["policy"]): Carrier => ({ role: "resource", path, owner, computed: true });

export const carriers: Readonly<Record<string, readonly Carrier[]>> = {
  aws_iam_role: [
    { role: "trust", path: ["assume_role_policy"], owner: [] },
    { role: "identity", path: ["inline_policy", "policy"], repeated: true, owner: ["name"], computed: true },
  ],
  aws_iam_policy: [identity("name")],
  aws_iam_role_policy: [identity("role")],
  aws_iam_user_policy: [identity("user")],
  aws_iam_group_policy: [identity("group")],
  aws_ssoadmin_permission_set_inline_policy: [identity("permission_set_arn", ["inline_policy"])],
  aws_organizations_policy: [{ role: "limit", path: ["content"], owner: ["name"] }],

  aws_acmpca_policy: [resource(["resource_arn"])],
  aws_api_gateway_rest_api: [computed(["id"])],
  aws_api_gateway_rest_api_policy: [resource(["rest_api_id"])],
  aws_backup_vault_policy: [resource(["backup_vault_name"])],
  aws_cloudwatch_event_bus_policy: [resource(["event_bus_name"])],
  aws_cloudwatch_log_destination_policy: [resource(["destination_name"], ["access_policy"])],
  aws_cloudwatch_log_resource_policy: [resource(["policy_name"], ["policy_document"])],
  aws_codeartifact_domain_permissions_policy: [resource(["domain"], ["policy_document"])],
  aws_codeartifact_repository_permissions_policy: [resource(["repository"], ["policy_document"])],
  aws_codebuild_resource_policy: [resource(["resource_arn"])],
  aws_dynamodb_resource_policy: [resource(["resource_arn"])],
  aws_ecr_registry_policy: [resource(["registry_id"])],
  aws_ecr_repository_policy: [resource(["repository"])],
  aws_ecrpublic_repository_policy: [resource(["repository_name"])],
  aws_efs_file_system_policy: [resource(["file_system_id"])],
  aws_elasticsearch_domain: [computed(["domain_name"], ["access_policies"])],
  aws_elasticsearch_domain_policy: [resource(["domain_name"], ["access_policies"])],
  aws_glacier_vault: [resource(["name"], ["access_policy"])],
  aws_glue_resource_policy: [resource([])],
  aws_kinesis_resource_policy: [resource(["resource_arn"])],
  aws_kms_key: [computed(["key_id"])],
  aws_kms_key_policy: [resource(["key_id"])],
  aws_kms_replica_key: [computed(["key_id"])],
  aws_msk_cluster_policy: [resource(["cluster_arn"])],
  aws_networkfirewall_resource_policy: [resource(["resource_arn"])],
  aws_opensearch_domain: [computed(["domain_name"], ["access_policies"])],
  aws_opensearch_domain_policy: [resource(["domain_name"], ["access_policies"])],
  aws_s3_access_point: [computed(["bucket"])],
  aws_s3_bucket: [computed(["bucket"])],
  aws_s3_bucket_policy: [resource(["bucket"])],
  aws_s3control_access_point_policy: [resource(["access_point_arn"])],
  aws_schemas_registry_policy: [resource(["registry_name"])],
  aws_secretsmanager_secret: [computed(["arn"])],
  aws_secretsmanager_secret_policy: [resource(["secret_arn"])],
  aws_ses_identity_policy: [resource(["identity"])],
  aws_sns_topic: [computed(["arn"])],
  aws_sns_topic_policy: [resource(["arn"])],
  aws_sqs_queue: [computed(["url"])],
  aws_sqs_queue_policy: [resource(["queue_url"])],
  aws_vpc_endpoint: [computed(["id"])],
  aws_vpc_endpoint_policy: [resource(["vpc_endpoint_id"])],
};
