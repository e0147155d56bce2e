import type { Rights } from "../../../support/iam.ts";

const bucket = "arn:aws:s3:::example-dev-snapshots";
const own = `${bucket}/elasticsearch/snap-1.dat`;
const key = "arn:aws:kms:ap-northeast-2:111122223333:key/0a1b2c3d-12ab-34cd-56ef-1234567890ab";
const under = (prefix: string) => ({ "s3:prefix": prefix });

export const rights: Rights = {
  needed: {
    "list its snapshots": { action: "s3:ListBucket", resource: bucket, context: under("elasticsearch/indices/") },
    "find the bucket": { action: "s3:GetBucketLocation", resource: bucket },
    "write a snapshot": { action: "s3:PutObject", resource: own },
    "read a snapshot": { action: "s3:GetObject", resource: own },
    "expire a snapshot": { action: "s3:DeleteObject", resource: own },
    "write encrypted": { action: "kms:GenerateDataKey", resource: key },
  },
  forbidden: {
    "list the whole bucket": { action: "s3:ListBucket", resource: bucket, context: under("") },
    "read another prefix": { action: "s3:GetObject", resource: `${bucket}/velero/backups/nightly.tar.gz` },
    "write into a prefix of a similar name": { action: "s3:PutObject", resource: `${bucket}/elasticsearch-prod/snap-1.dat` },
    "read another cluster's snapshots": {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::example-prod-snapshots/elasticsearch/snap-1.dat",
    },
    "delete the bucket": { action: "s3:DeleteBucket", resource: bucket },
    "open the bucket": { action: "s3:PutBucketPolicy", resource: bucket },
    "use another key": {
      action: "kms:Decrypt",
      resource: "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    "hand on its key": { action: "kms:CreateGrant", resource: key },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
