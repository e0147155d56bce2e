/** Artifacts and logs of workflows in S3: where they go, and who may touch them. Source: Argo Workflows, "Configuring Your Artifact Repository". */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import { allow, type Statement } from "../../../iam/policy.ts";
import type { Values } from "../../addon.ts";

type Artifacts = NonNullable<AddonOptions<"argo-workflows">["artifacts"]>;

/** Credentials come from pod identity, hence no static ones; keys tell whose they are. */
export function artifactRepository({ bucket, prefix, key }: Artifacts, region: string): Values {
  return {
    archiveLogs: true,
    s3: {
      bucket,
      region,
      endpoint: `s3.${region}.amazonaws.com`,
      insecure: false,
      useSDKCreds: true,
      keyFormat: `${prefix}/{{workflow.namespace}}/{{workflow.name}}/{{pod.name}}`,
      ...(key && { encryptionOptions: { enableEncryption: true, kmsKeyId: key } }),
    },
  };
}

/** Of the server, which shows artifacts and logs. */
export function readStatements({ bucket, prefix, key }: Artifacts): Statement[] {
  const inPrefix = { StringLike: { "s3:prefix": [`${prefix}/*`] } };
  return [
    allow("read artifacts and logs", "s3:GetObject", `arn:aws:s3:::${bucket}/${prefix}/*`),
    allow("list those of one workflow", "s3:ListBucket", `arn:aws:s3:::${bucket}`, inPrefix),
    ...(key ? [allow("decrypt them", "kms:Decrypt", key)] : []),
  ];
}

/** Of the steps, which write them, too, and remove them when a workflow's artifacts are collected. */
export function writeStatements(artifacts: Artifacts): Statement[] {
  const { bucket, prefix, key } = artifacts;
  return [
    ...readStatements(artifacts),
    allow(
      "write and collect artifacts",
      ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      `arn:aws:s3:::${bucket}/${prefix}/*`,
    ),
    ...(key ? [allow("encrypt them", "kms:GenerateDataKey", key)] : []),
  ];
}
