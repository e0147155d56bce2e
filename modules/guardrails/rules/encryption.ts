/** Everything at rest is encrypted, with keys that rotate. */
import { blocksOf, listOf } from "../../terraform-json.ts";
import { isTrue, type Rule } from "../rule.ts";

export const bucketsEncrypted: Rule = {
  id: "buckets-encrypted",
  title: "Every bucket states how it encrypts",
  why: "A default that nobody wrote down is a default that nobody reviews (Well-Architected SEC08-BP02)",
  applies: ["aws_s3_bucket"],
  holds: (_, { pointingHere }) => pointingHere("aws_s3_bucket_server_side_encryption_configuration", "bucket").length > 0,
  remedy: "add an S3BucketServerSideEncryptionConfiguration for the bucket",
};

export const volumesEncrypted: Rule = {
  id: "volumes-encrypted",
  title: "Volumes of nodes are encrypted",
  why: "A snapshot or a returned disk would show images, secrets and logs (FSBP EC2.3)",
  applies: ["aws_launch_template"],
  holds: (attributes) => {
    const volumes = blocksOf(attributes, "block_device_mappings").flatMap((mapping) => blocksOf(mapping, "ebs"));
    return volumes.length > 0 && volumes.every(({ encrypted }) => isTrue(encrypted));
  },
  remedy: 'set ebs { encrypted: "true" } in every block device mapping, the root volume included',
};

export const fileSystemsEncrypted: Rule = {
  id: "file-systems-encrypted",
  title: "File systems are encrypted with a key of ours",
  why: "Encryption of EFS can only be chosen when it is made (FSBP EFS.1)",
  applies: ["aws_efs_file_system"],
  holds: ({ encrypted, kms_key_id: key }) => isTrue(encrypted) && key !== undefined,
  remedy: "set encrypted: true and kmsKeyId",
};

export const logGroupsEncrypted: Rule = {
  id: "log-groups-encrypted",
  title: "Log groups are encrypted with a key of ours",
  why: "Audit and flow logs name people, addresses and objects; who reads them is then the key's policy, too (Well-Architected SEC08-BP02)",
  applies: ["aws_cloudwatch_log_group"],
  holds: ({ kms_key_id: key }) => key !== undefined,
  remedy: "set kmsKeyId to a key whose policy lets logs.<region>.amazonaws.com use it",
};

export const keysRotate: Rule = {
  id: "keys-rotate",
  title: "KMS keys rotate every year",
  why: "Less data hangs on one key material (FSBP KMS.4, CIS AWS 3.6)",
  applies: ["aws_kms_key"],
  holds: ({ enable_key_rotation: rotates }) => isTrue(rotates),
  remedy: "set enableKeyRotation: true",
};

export const clusterSecretsEncrypted: Rule = {
  id: "cluster-secrets-encrypted",
  title: "Kubernetes secrets are encrypted with a KMS key of ours",
  why: "Secrets are base64 in etcd; a key of ours can be taken away and its use is logged (FSBP EKS.3, CIS EKS 5.3.1)",
  applies: ["aws_eks_cluster"],
  holds: (attributes) =>
    blocksOf(attributes, "encryption_config").some(
      (config) =>
        listOf(config.resources).includes("secrets") && blocksOf(config, "provider").some(({ key_arn: key }) => key !== undefined),
    ),
  remedy: 'set encryptionConfig { resources: ["secrets"], provider: { keyArn } }',
};

export const queryResultsEncrypted: Rule = {
  id: "query-results-encrypted",
  title: "Athena writes its results encrypted, whatever the client asks for",
  why: "A result holds the same lines as the logs it was made of (Well-Architected SEC08-BP02)",
  applies: ["aws_athena_workgroup"],
  holds: (attributes) =>
    blocksOf(attributes, "configuration").some(
      (configuration) =>
        // Terraform's default is to enforce.
        configuration.enforce_workgroup_configuration !== false &&
        blocksOf(configuration, "result_configuration").some((result) => blocksOf(result, "encryption_configuration").length > 0),
    ),
  remedy: "set configuration.resultConfiguration.encryptionConfiguration and leave enforceWorkgroupConfiguration on",
};

export const messagesEncrypted: Rule = {
  id: "messages-encrypted",
  title: "Topics and queues are encrypted",
  why: "Alarms and events name resources and people (FSBP SQS.1, Well-Architected SEC08-BP02)",
  applies: ["aws_sns_topic", "aws_sqs_queue"],
  holds: ({ kms_master_key_id: key, sqs_managed_sse_enabled: managed }) => key !== undefined || isTrue(managed),
  remedy: "set kmsMasterKeyId, or sqsManagedSseEnabled on a queue",
};
