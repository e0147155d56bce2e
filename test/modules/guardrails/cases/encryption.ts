import { type Cases, ref, resources } from "./case.ts";

const template = (encrypted: string | undefined) =>
  resources({
    aws_launch_template: { node: { block_device_mappings: [{ device_name: "/dev/xvda", ebs: { volume_size: 50, encrypted } }] } },
  });
const clusterWith = (encryption_config: { resources: string[]; provider: { key_arn?: string } } | undefined) =>
  resources({ aws_eks_cluster: { it: { name: "dev", encryption_config } } });
const results = (
  result_configuration: { encryption_configuration?: { encryption_option: string } },
  enforce_workgroup_configuration = true,
) => resources({ aws_athena_workgroup: { logs: { configuration: { enforce_workgroup_configuration, result_configuration } } } });

export const encryption: Cases = {
  "buckets-encrypted": {
    holds: [
      resources({
        aws_s3_bucket: { logs: {} },
        aws_s3_bucket_server_side_encryption_configuration: { logs: { bucket: ref("aws_s3_bucket.logs.id") } },
      }),
    ],
    fails: [
      resources({ aws_s3_bucket: { logs: {} } }),
      // Another bucket's, whose name begins alike.
      resources({
        aws_s3_bucket: { logs: {} },
        aws_s3_bucket_server_side_encryption_configuration: { other: { bucket: ref("aws_s3_bucket.logs-results.id") } },
      }),
    ],
  },
  "volumes-encrypted": {
    holds: [template("true")],
    fails: [template("false"), template(undefined), resources({ aws_launch_template: { node: {} } })],
  },
  "file-systems-encrypted": {
    holds: [resources({ aws_efs_file_system: { shared: { encrypted: true, kms_key_id: ref("aws_kms_key.key.arn") } } })],
    fails: [resources({ aws_efs_file_system: { shared: {} } }), resources({ aws_efs_file_system: { shared: { encrypted: true } } })],
  },
  "log-groups-encrypted": {
    holds: [resources({ aws_cloudwatch_log_group: { flow: { kms_key_id: ref("aws_kms_key.key.arn") } } })],
    fails: [resources({ aws_cloudwatch_log_group: { flow: { retention_in_days: 90 } } })],
  },
  "keys-rotate": {
    holds: [resources({ aws_kms_key: { key: { enable_key_rotation: true } } })],
    fails: [resources({ aws_kms_key: { key: {} } })],
  },
  "cluster-secrets-encrypted": {
    holds: [clusterWith({ resources: ["secrets"], provider: { key_arn: ref("aws_kms_key.key.arn") } })],
    fails: [clusterWith(undefined), clusterWith({ resources: ["secrets"], provider: {} })],
  },
  "query-results-encrypted": {
    holds: [results({ encryption_configuration: { encryption_option: "SSE_KMS" } })],
    fails: [results({}), results({ encryption_configuration: { encryption_option: "SSE_KMS" } }, false)],
  },
  "messages-encrypted": {
    holds: [
      resources({
        aws_sns_topic: { alarms: { kms_master_key_id: "alias/aws/sns" } },
        aws_sqs_queue: { events: { sqs_managed_sse_enabled: true } },
      }),
    ],
    fails: [resources({ aws_sns_topic: { alarms: {} } }), resources({ aws_sqs_queue: { events: {} } })],
  },
};
