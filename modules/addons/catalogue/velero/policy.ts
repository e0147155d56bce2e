/**
 * Rights of Velero's plugin for AWS, v1.14. Source: its README, "Set permissions for Velero", and volume_snapshotter.go for the calls.
 * Narrower than upstream: one prefix of one bucket, and only volumes and snapshots of this environment. Its volumes have the environment's
 * tags from the EBS driver (extraVolumeTags); the plugin copies tags of a volume to its snapshot, and those of a snapshot to a new volume.
 */
import { grantForService, volumeActions } from "../../../cluster/key-policy.ts";
import { allow, type Condition, type Statement } from "../../../iam/policy.ts";

export interface PolicySettings {
  readonly account: string;
  readonly region: string;
  readonly project: string;
  readonly environment: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Of the bucket; none where S3's own keys encrypt it. */
  readonly bucketKeyArn: string | undefined;
  /** Of the volumes. */
  readonly volumeKeyArn: string;
}

export function veleroPolicy(settings: PolicySettings): readonly Statement[] {
  const { account, region, project, environment, bucket, prefix, bucketKeyArn, volumeKeyArn } = settings;
  const volumes = `arn:aws:ec2:${region}:${account}:volume/*`;
  // Snapshots have no account in their ARN. Source: Service Authorization Reference, Amazon EC2.
  const snapshots = `arn:aws:ec2:${region}::snapshot/*`;
  const own: Condition = { StringEquals: { "aws:ResourceTag/project": project, "aws:ResourceTag/environment": environment } };
  const asOwn = { "aws:RequestTag/project": project, "aws:RequestTag/environment": environment };
  const throughEc2 = { "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return [
    ...objects({ bucketArn: `arn:aws:s3:::${bucket}`, prefix, bucketKeyArn, region }),
    allow("finds volumes and snapshots; describes have no resource level", ["ec2:DescribeSnapshots", "ec2:DescribeVolumes"], "*"),
    allow("snapshots of own volumes", "ec2:CreateSnapshot", volumes, own),
    allow("which become its own", "ec2:CreateSnapshot", snapshots, { StringEquals: asOwn }),
    allow("volumes from own snapshots", "ec2:CreateVolume", snapshots, own),
    allow("which become its own", "ec2:CreateVolume", volumes, { StringEquals: asOwn }),
    // At creation only: afterwards nobody takes over a thing by its tag.
    allow("tags both at their creation", "ec2:CreateTags", [volumes, snapshots], {
      StringEquals: { "ec2:CreateAction": ["CreateSnapshot", "CreateVolume"], ...asOwn },
    }),
    allow("deletes own snapshots when a backup expires", "ec2:DeleteSnapshot", snapshots, own),
    allow("volumes from snapshots that the platform's key encrypts", volumeActions, volumeKeyArn, { StringEquals: throughEc2 }),
    allow("EBS itself keeps using the key", "kms:CreateGrant", volumeKeyArn, { StringEquals: throughEc2, ...grantForService }),
  ];
}

interface Store extends Pick<PolicySettings, "prefix" | "bucketKeyArn" | "region"> {
  readonly bucketArn: string;
}

function objects({ bucketArn, prefix, bucketKeyArn, region }: Store): readonly Statement[] {
  const read = ["s3:GetObject", "s3:ListMultipartUploadParts"];
  const write = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];
  const throughS3: Condition = { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
  return [
    allow("backups and their logs", [...read, ...write], `${bucketArn}/${prefix}/*`),
    allow("finds backups", "s3:ListBucket", bucketArn, { StringLike: { "s3:prefix": `${prefix}/*` } }),
    ...(bucketKeyArn === undefined ? [] : [allow("the bucket's key", ["kms:Decrypt", "kms:GenerateDataKey"], bucketKeyArn, throughS3)]),
  ];
}
