/** A bucket that only this account and named services use: encrypted, versioned, TLS only, never public, and with an end to every object. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { Construct } from "constructs";
import { by, deny, policyDocument, type Statement } from "../iam/policy.ts";
import { disposable, guarded } from "../protection.ts";
import type { NetworkContext } from "./context.ts";

export interface PrivateBucketSettings {
  readonly context: NetworkContext;
  /** Last part of the name; account and region make it unique in the world. */
  readonly purpose: string;
  readonly keyArn: string;
  /** Days until an object expires. */
  readonly expireDays: number;
  /** Folders whose objects expire, without a slash; absent: all of them do. */
  readonly expiring?: readonly string[];
  /** What services may do, given the bucket's ARN. People get their rights from IAM. */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/** Days that a deleted, expired or overwritten object can still be brought back. */
const oldVersionDays = 30;

export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** What a service needs besides the bucket before it can write. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { context, purpose, keyArn, expireDays, expiring, statements }: PrivateBucketSettings) {
    super(scope, id);
    const { id: bucket, arn } = new S3Bucket(this, "bucket", {
      bucket: bucketName(context, purpose),
      forceDestroy: disposable(context.protection),
      lifecycle: guarded(context.protection),
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const block = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const versioning = new S3BucketVersioning(this, "versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketEncryption(this, "encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn }, bucketKeyEnabled: true }],
    });
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket,
      rule: expiring === undefined ? [{ ...expiry(expireDays), ...oldVersions, id: "expiry" }] : byFolder(expiring, expireDays),
      // S3 refuses rules about old versions as long as there is no versioning.
      dependsOn: [versioning],
    });
    this.name = bucket;
    this.arn = arn;
    const document = policyDocument(tlsOnly(arn), ...(statements?.(arn) ?? []));
    // Both change the bucket's access; S3 answers 409 OperationAborted if they meet.
    this.policy = new S3BucketPolicy(this, "policy", { bucket, policy: document, dependsOn: [block] });
  }
}

const oldVersions = {
  id: "old-versions",
  status: "Enabled",
  filter: [{ prefix: "" }],
  noncurrentVersionExpiration: [{ noncurrentDays: oldVersionDays }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
};

function expiry(days: number) {
  return { status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days }] };
}

function byFolder(folders: readonly string[], days: number) {
  return [oldVersions, ...folders.map((folder) => ({ ...expiry(days), id: `expiry-${folder}`, filter: [{ prefix: `${folder}/` }] }))];
}

/** Name of a bucket: the world's, so with account and region; at most 63 characters, as S3 demands. */
export function bucketName({ named, account, region }: Pick<NetworkContext, "named" | "account" | "region">, purpose: string): string {
  return `${named(purpose)}-${account}-${region}`.slice(0, 63).replace(/-+$/, "");
}

function tlsOnly(arn: string): Statement {
  return by(
    "*",
    deny("addresses are personal data: never in clear text on the wire", "s3:*", [arn, `${arn}/*`], {
      Bool: { "aws:SecureTransport": "false" },
    }),
  );
}
