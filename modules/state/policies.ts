/** Who may do what with the states of an account, as data. */
import { allow, by, type Condition, deny, policyDocument } from "../iam/policy.ts";
import type { Protection } from "../protection.ts";

/** Everybody but the role that may delete; everybody where there is no such role. */
function exceptDeletionRole({ deletionRole }: Protection): Condition | undefined {
  return deletionRole === undefined ? undefined : { ArnNotEquals: { "aws:PrincipalArn": deletionRole } };
}

/**
 * Policy of the bucket. It only denies: what is allowed, IAM policies of the account say. The encryption headers may be absent, then the
 * bucket's default is applied, which is the same key: OpenTofu 1.10 writes lock objects without them (opentofu#2970). The key is named both
 * ways, because the S3 backend sends the alias ARN of its `kms_key_id`, and other clients the key's own.
 * Lifecycle rules are not held by a bucket policy, so old versions still expire (S3 user guide, "Managing the lifecycle of objects").
 */
export function bucketPolicy(bucketArn: string, keyArn: string, aliasArn: string, account: string, protection: Protection): string {
  const objects = `${bucketArn}/*`;
  const everything = [bucketArn, objects];
  return policyDocument(
    by(
      "*",
      deny("states hold addresses and names: never in clear text on the wire", "s3:*", everything, {
        Bool: { "aws:SecureTransport": "false" },
      }),
    ),
    by(
      "*",
      deny(
        "no other account, whatever a later grant says; AWS services act for this account and have no account of their own",
        "s3:*",
        everything,
        {
          StringNotEquals: { "aws:PrincipalAccount": account },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      ),
    ),
    by(
      "*",
      deny("a writer must not choose a weaker encryption than the bucket's", "s3:PutObject", objects, {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      }),
    ),
    by(
      "*",
      deny("asking for KMS without naming a key takes AWS's own key, not the bucket's (S3 API, PutObject)", "s3:PutObject", objects, {
        Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "true" },
        StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      }),
    ),
    by(
      "*",
      deny("a writer must not choose another key, which could be taken from us", "s3:PutObject", objects, {
        Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
        StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": [keyArn, aliasArn] },
      }),
    ),
    by(
      "*",
      deny(
        "old versions are the way back from a broken state; Terraform itself only ever adds delete markers",
        ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
        everything,
        exceptDeletionRole(protection),
      ),
    ),
  );
}

/**
 * Policy of the key. Without the first statement IAM policies would not count at all and a lost administrator would lose the key
 * (KMS developer guide, "Default key policy").
 */
export function keyPolicy(account: string, protection: Protection): string {
  const owner = by({ aws: [`arn:aws:iam::${account}:root`] }, allow("IAM policies of the account decide", "kms:*", "*"));
  if (!protection.deletion || protection.deletionRole === undefined) return policyDocument(owner);
  const last = deny(
    "without the key every state is lost, so only one role may end it",
    ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
    "*",
    exceptDeletionRole(protection),
  );
  return policyDocument(owner, by("*", last));
}
