/** Where states live: the stack that makes the bucket, and the backend that every stack names. */
import { expect, test } from "@jest/globals";
import { environmentOf, synthStack } from "../support/synth.ts";

test("the state stack is one bucket and one key", () => {
  const { resource = {} } = synthStack(environmentOf(), "state");
  expect(Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))).toEqual([
    "aws_kms_key.encryption_key",
    "aws_kms_alias.encryption_alias",
    "aws_s3_bucket.storage_bucket",
    "aws_s3_bucket_ownership_controls.storage_ownership",
    "aws_s3_bucket_public_access_block.storage_public-access",
    "aws_s3_bucket_versioning.storage_versioning",
    "aws_s3_bucket_server_side_encryption_configuration.storage_encryption",
    "aws_s3_bucket_policy.storage_policy",
    "aws_s3_bucket_lifecycle_configuration.storage_old-versions",
  ]);
});

test.each([
  [true, { force_destroy: false, lifecycle: { prevent_destroy: true } }],
  [false, { force_destroy: true, lifecycle: { prevent_destroy: false } }],
])("protection.deletion %s decides whether the bucket may go", (deletion, expected) => {
  const { resource } = synthStack(environmentOf({ protection: { deletion } }), "state");
  expect(resource?.aws_s3_bucket?.storage_bucket).toMatchObject(expected);
});

test("old versions are kept as long as the environment says", () => {
  const { resource } = synthStack(environmentOf({ state: { oldVersionDays: 90 } }), "state");
  expect(resource?.aws_s3_bucket_lifecycle_configuration?.["storage_old-versions"]).toMatchObject({
    rule: [{ noncurrent_version_expiration: [{ noncurrent_days: 90 }], expiration: [{ expired_object_delete_marker: true }] }],
  });
});

test("the alias of the key is the one that every backend names", () => {
  const { resource, terraform } = synthStack(environmentOf(), "state");
  const alias = resource?.aws_kms_alias?.encryption_alias?.name;
  expect(terraform).toMatchObject({ backend: { s3: { kms_key_id: `arn:aws:kms:ap-northeast-2:111122223333:${alias}` } } });
});

test("a stack keeps its state in S3, locked and encrypted, under a key of its own", () => {
  expect(synthStack(environmentOf(), "network").terraform.backend).toEqual({
    s3: {
      bucket: "mainline-test-tfstate-111122223333-ap-northeast-2",
      key: "test/network.tfstate",
      region: "ap-northeast-2",
      encrypt: true,
      kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/mainline-test-tfstate",
      allowed_account_ids: ["111122223333"],
      use_lockfile: true,
    },
  });
});
