import { describe, expect, test } from "@jest/globals";
import { bucketPolicy, keyPolicy } from "../../../modules/state/policies.ts";
import { denies } from "../../support/policies.ts";

const key = "arn:aws:kms:ap-northeast-2:111122223333:key/1";
const alias = "arn:aws:kms:ap-northeast-2:111122223333:alias/states";
const owner = "arn:aws:iam::111122223333:role/owner";
const guardedByRole = { deletion: true, keyDeletionDays: 30, deletionRole: owner };
const disposable = { deletion: false, keyDeletionDays: 7 };

const from = { "aws:SecureTransport": "true", "aws:PrincipalAccount": "111122223333", "aws:PrincipalIsAWSService": "false" };
const encryption = "s3:x-amz-server-side-encryption";
const kms = `${encryption}-aws-kms-key-id`;

describe("the bucket of states", () => {
  test.each<[string, string, Record<string, string>, boolean]>([
    ["Terraform's write, by alias", "s3:PutObject", { ...from, [encryption]: "aws:kms", [kms]: alias }, false],
    ["a write by key ARN", "s3:PutObject", { ...from, [encryption]: "aws:kms", [kms]: key }, false],
    ["OpenTofu's lock, without headers", "s3:PutObject", from, false],
    ["release of a lock", "s3:DeleteObject", from, false],
    ["a read", "s3:GetObject", from, false],
    ["an AWS service's read", "s3:GetObject", { "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true" }, false],
    ["a read in clear text", "s3:GetObject", { ...from, "aws:SecureTransport": "false" }, true],
    ["a read from another account", "s3:GetObject", { ...from, "aws:PrincipalAccount": "444455556666" }, true],
    ["an anonymous read", "s3:GetObject", { "aws:SecureTransport": "true" }, true],
    ["a write with AES256", "s3:PutObject", { ...from, [encryption]: "AES256" }, true],
    ["a write with AWS's own key", "s3:PutObject", { ...from, [encryption]: "aws:kms" }, true],
    ["a write with a foreign key", "s3:PutObject", { ...from, [encryption]: "aws:kms", [kms]: `${key}2` }, true],
    ["deletion of a version", "s3:DeleteObjectVersion", { ...from, "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci" }, true],
    ["deletion of a version by the role for it", "s3:DeleteObjectVersion", { ...from, "aws:PrincipalArn": owner }, false],
    ["deletion of the bucket", "s3:DeleteBucket", { ...from, "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci" }, true],
  ])("%s", (_, action, context, denied) => {
    const policy = bucketPolicy("arn:aws:s3:::states", key, alias, "111122223333", guardedByRole);
    expect(denies(policy, action, context)).toBe(denied);
  });

  test("has no version deleted by anybody where no role is named", () => {
    const policy = bucketPolicy("arn:aws:s3:::states", key, alias, "111122223333", disposable);
    expect(denies(policy, "s3:DeleteObjectVersion", { ...from, "aws:PrincipalArn": owner })).toBe(true);
  });
});

describe("the key of states", () => {
  test.each([
    ["ended by the role for it", guardedByRole, owner, false],
    ["ended by another role", guardedByRole, "arn:aws:iam::111122223333:role/ci", true],
    ["ended where nothing is guarded", disposable, "arn:aws:iam::111122223333:role/ci", false],
  ])("%s", (_, protection, principal, denied) => {
    expect(denies(keyPolicy("111122223333", protection), "kms:ScheduleKeyDeletion", { "aws:PrincipalArn": principal })).toBe(denied);
  });

  test("is the account's to use", () => {
    expect(JSON.parse(keyPolicy("111122223333", disposable)).Statement).toEqual([
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },
    ]);
  });
});
