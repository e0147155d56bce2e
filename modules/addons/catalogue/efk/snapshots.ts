/**
 * Snapshots to S3 without stored credentials. Elasticsearch may read a token from its own configuration folder only; 9.6 has a file name for
 * EKS Pod Identity there, 9.5 just the one for web identities, which does nothing by itself unless AWS_WEB_IDENTITY_TOKEN_FILE is set
 * (elasticsearch#151614; docs-content#7182). So the pod mounts a token for the identity agent at that name, and Java's AWS SDK is told so by a
 * system property, which wins over the variable that EKS puts into the pod. The address of the agent comes from EKS as usual.
 */
import { allow, type Statement } from "../../../iam/policy.ts";
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";

export const s3Account = "elasticsearch";

const folder = "/usr/share/elasticsearch/config/repository-s3";
const file = "aws-web-identity-token-file";

export function s3Config(region: string) {
  return { "s3.client.default.region": region };
}

export function s3Pod() {
  const volume = "pod-identity-token";
  const serviceAccountToken = { audience: "pods.eks.amazonaws.com", expirationSeconds: 86_400, path: file };
  return {
    env: [{ name: "ES_JAVA_OPTS", value: `-Daws.containerAuthorizationTokenFile=${folder}/${file}` }],
    mounts: [{ name: volume, mountPath: folder, readOnly: true }],
    volumes: [{ name: volume, projected: { sources: [{ serviceAccountToken }] } }],
  };
}

export const s3ServiceAccount: CustomResource = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: s3Account },
  automountServiceAccountToken: false,
};

/** Source: Elasticsearch documentation, "S3 repository", "Recommended S3 permissions". */
export function s3Rights({ bucket, prefix, kmsKey }: NonNullable<Context<"efk">["options"]["snapshots"]>): readonly Statement[] {
  const arn = `arn:aws:s3:::${bucket}`;
  return [
    allow("finds its snapshots", ["s3:ListBucket", "s3:ListBucketMultipartUploads"], arn, {
      StringLike: { "s3:prefix": [prefix, `${prefix}/*`] },
    }),
    allow("place of the bucket", "s3:GetBucketLocation", arn),
    allow(
      "writes, reads and expires its snapshots",
      ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      `${arn}/${prefix}/*`,
    ),
    ...(kmsKey ? [allow("the bucket's own key", ["kms:Decrypt", "kms:GenerateDataKey"], kmsKey)] : []),
  ];
}
