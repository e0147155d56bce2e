import type { Rights } from "../../../support/iam.ts";

const volume = "arn:aws:ec2:ap-northeast-2:111122223333:volume/vol-0a1b2c3d4e5f67890";
const snapshot = "arn:aws:ec2:ap-northeast-2::snapshot/snap-0a1b2c3d4e5f67890";
const bucket = "arn:aws:s3:::example-prod-velero";
const platformKey = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const tags = (kind: "ResourceTag" | "RequestTag", environment: string) => ({
  [`aws:${kind}/project`]: "mainline",
  [`aws:${kind}/environment`]: environment,
});
const own = tags("ResourceTag", "test");
const others = tags("ResourceTag", "prod");
const asOwn = tags("RequestTag", "test");

export const rights: Rights = {
  needed: {
    "write a backup": { action: "s3:PutObject", resource: `${bucket}/prod/main/backups/daily/velero-backup.json` },
    "find backups": { action: "s3:ListBucket", resource: bucket, context: { "s3:prefix": "prod/main/backups/" } },
    "find volumes": { action: "ec2:DescribeVolumes", resource: "*" },
    "snapshot a volume": { action: "ec2:CreateSnapshot", resource: volume, context: own },
    "own the snapshot": { action: "ec2:CreateSnapshot", resource: snapshot, context: asOwn },
    "tag it while making it": {
      action: "ec2:CreateTags",
      resource: snapshot,
      context: { ...asOwn, "ec2:CreateAction": "CreateSnapshot" },
    },
    "restore a volume": { action: "ec2:CreateVolume", resource: volume, context: asOwn },
    "delete its snapshot": { action: "ec2:DeleteSnapshot", resource: snapshot, context: own },
    "restore an encrypted volume": {
      action: "kms:Decrypt",
      resource: platformKey,
      context: { "kms:ViaService": "ec2.ap-northeast-2.amazonaws.com" },
    },
  },
  forbidden: {
    "read another cluster's backups": { action: "s3:GetObject", resource: `${bucket}/prod/other/backups/daily/velero-backup.json` },
    "list the whole bucket": { action: "s3:ListBucket", resource: bucket, context: { "s3:prefix": "" } },
    "delete the bucket": { action: "s3:DeleteBucket", resource: bucket },
    "snapshot another environment's volume": { action: "ec2:CreateSnapshot", resource: volume, context: others },
    "delete another environment's snapshot": { action: "ec2:DeleteSnapshot", resource: snapshot, context: others },
    "take over a snapshot by its tag": { action: "ec2:CreateTags", resource: snapshot, context: { ...others, ...asOwn } },
    "share a snapshot": { action: "ec2:ModifySnapshotAttribute", resource: snapshot, context: own },
    "delete a volume": { action: "ec2:DeleteVolume", resource: volume, context: own },
    "decrypt for itself": { action: "kms:Decrypt", resource: platformKey },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
