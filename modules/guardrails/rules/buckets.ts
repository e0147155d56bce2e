/** Buckets: nobody from outside, nothing in clear text, nothing lost by mistake, nothing kept for ever. */
import { blocksOf, isObject } from "../../terraform-json.ts";
import { statementsOf } from "../policy-reading.ts";
import { isProduction, isTrue, type Rule } from "../rule.ts";

const blocks = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

export const bucketsNotPublic: Rule = {
  id: "buckets-not-public",
  title: "Every bucket blocks public access in all four ways",
  why: "One careless policy or ACL would otherwise publish it (FSBP S3.8, CIS AWS 2.1.4)",
  applies: ["aws_s3_bucket"],
  holds: (_, { pointingHere }) =>
    pointingHere("aws_s3_bucket_public_access_block", "bucket").some((block) => blocks.every((name) => isTrue(block[name]))),
  remedy: "add an S3BucketPublicAccessBlock with all four settings true",
};

export const bucketsTlsOnly: Rule = {
  id: "buckets-tls-only",
  title: "Every bucket denies requests without TLS",
  why: "Contents and signed URLs would be readable on the way (FSBP S3.5)",
  applies: ["aws_s3_bucket"],
  holds: (_, { pointingHere }) =>
    pointingHere("aws_s3_bucket_policy", "bucket").some(({ policy }) =>
      (statementsOf(policy) ?? []).some(
        ({ effect, actions, condition }) =>
          effect === "Deny" && actions.includes("s3:*") && isObject(condition.Bool) && condition.Bool["aws:SecureTransport"] === "false",
      ),
    ),
  remedy: 'deny s3:* to everyone where aws:SecureTransport is "false", in the bucket\'s policy',
};

export const bucketsWithoutAcls: Rule = {
  id: "buckets-without-acls",
  title: "Buckets own their objects; there are no ACLs",
  why: "An ACL is a second, forgotten way in, and objects of other writers could not be read (FSBP S3.12)",
  applies: ["aws_s3_bucket"],
  holds: (_, { pointingHere }) =>
    pointingHere("aws_s3_bucket_ownership_controls", "bucket").some((controls) =>
      blocksOf(controls, "rule").some(({ object_ownership: ownership }) => ownership === "BucketOwnerEnforced"),
    ),
  remedy: "add S3BucketOwnershipControls with BucketOwnerEnforced",
};

export const bucketsVersioned: Rule = {
  id: "buckets-versioned",
  title: "What is worth guarding against deletion is worth versioning",
  why: "prevent_destroy keeps the bucket, only versions keep its objects (FSBP S3.14)",
  applies: ["aws_s3_bucket"],
  holds: (attributes, { pointingHere }) =>
    !blocksOf(attributes, "lifecycle").some(({ prevent_destroy: guarded }) => isTrue(guarded)) ||
    pointingHere("aws_s3_bucket_versioning", "bucket").some((versioning) =>
      blocksOf(versioning, "versioning_configuration").some(({ status }) => status === "Enabled"),
    ),
  remedy: "add S3BucketVersioning with status Enabled, or do not guard a bucket that can be lost",
};

export const bucketsExpire: Rule = {
  id: "buckets-expire",
  title: "Every bucket says how long it keeps what",
  why: "Logs and old versions grow for ever and are kept longer than allowed (FSBP S3.13)",
  applies: ["aws_s3_bucket"],
  holds: (_, { pointingHere }) => pointingHere("aws_s3_bucket_lifecycle_configuration", "bucket").length > 0,
  remedy: "add an S3BucketLifecycleConfiguration",
};

export const bucketsKeepObjects: Rule = {
  id: "buckets-keep-objects",
  title: "In production no bucket is deleted with its objects",
  why: "A renamed construct would delete the bucket and everything in it without asking",
  applies: ["aws_s3_bucket"],
  holds: ({ force_destroy: force }, context) => !isProduction(context) || !isTrue(force),
  remedy: "set forceDestroy by `disposable(protection)`",
};
