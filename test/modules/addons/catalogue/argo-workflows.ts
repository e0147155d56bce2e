import type { Rights } from "../../../support/iam.ts";

const bucket = "arn:aws:s3:::example-test-workflows";
const artifact = `${bucket}/workflows/argo-workflows/build-x7k2/build-x7k2-main/out.tgz`;
const key = "arn:aws:kms:ap-northeast-2:111122223333:key/0f0e0d0c-0b0a-0908-0706-050403020100";

export const rights: Rights = {
  needed: {
    "write an artifact": { action: "s3:PutObject", resource: artifact },
    "read it in the next step": { action: "s3:GetObject", resource: artifact },
    "collect it": { action: "s3:DeleteObject", resource: artifact },
    "list those of a workflow": {
      action: "s3:ListBucket",
      resource: bucket,
      context: { "s3:prefix": "workflows/argo-workflows/build-x7k2/" },
    },
    "encrypt with the bucket's key": { action: "kms:GenerateDataKey", resource: key },
    "decrypt with it": { action: "kms:Decrypt", resource: key },
  },
  forbidden: {
    "read what else is in the bucket": { action: "s3:GetObject", resource: `${bucket}/payroll/2026.csv` },
    "write beside the prefix": { action: "s3:PutObject", resource: `${bucket}/workflows-2/x` },
    "list the whole bucket": { action: "s3:ListBucket", resource: bucket, context: { "s3:prefix": "" } },
    "another bucket": { action: "s3:GetObject", resource: "arn:aws:s3:::example-prod-workflows/workflows/x" },
    "delete the bucket": { action: "s3:DeleteBucket", resource: bucket },
    "open the bucket": { action: "s3:PutBucketPolicy", resource: bucket },
    "another key": {
      action: "kms:Decrypt",
      resource: "arn:aws:kms:ap-northeast-2:111122223333:key/ffffffff-0b0a-0908-0706-050403020100",
    },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
