/** The bucket that holds the states of an account, with every old version for a while. Locks are objects in it, too. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { Construct } from "constructs";
import { disposable, guarded, type Protection } from "../protection.ts";
import { bucketPolicy } from "./policies.ts";

export interface StateBucketSettings {
  readonly name: string;
  readonly account: string;
  readonly keyArn: string;
  /** ARN of the key's alias, as the backends send it. */
  readonly keyAliasArn: string;
  /** Days that a replaced or deleted version is kept. */
  readonly oldVersionDays: number;
  readonly protection: Protection;
}

export class StateBucket extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, settings: StateBucketSettings) {
    super(scope, id);
    const { keyArn, keyAliasArn, account, oldVersionDays, protection } = settings;
    const { id: bucket, arn } = new S3Bucket(this, "bucket", {
      bucket: settings.name,
      forceDestroy: disposable(protection),
      lifecycle: guarded(protection),
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
    const policy = bucketPolicy(arn, keyArn, keyAliasArn, account, protection);
    // Both change the bucket's access; S3 answers 409 OperationAborted if they meet.
    new S3BucketPolicy(this, "policy", { bucket, policy, dependsOn: [block] });
    new S3BucketLifecycleConfiguration(this, "old-versions", {
      bucket,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: oldVersionDays }],
          // Every lock that was released leaves a delete marker; without this they would stay for ever.
          expiration: [{ expiredObjectDeleteMarker: true }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      // S3 refuses rules about old versions as long as there is no versioning.
      dependsOn: [versioning],
    });
    this.name = bucket;
  }
}
