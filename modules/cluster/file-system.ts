/** An EFS file system for volumes that many pods write, with a mount target in every zone. */
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy/index.js";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system/index.js";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy/index.js";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target/index.js";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import { Construct } from "constructs";
import { guarded, type Protection } from "../protection.ts";
import { fileSystemPolicy } from "./file-system-policy.ts";

export interface FileSystemSettings {
  readonly name: string;
  readonly vpcId: string;
  readonly keyArn: string;
  /** By zone id. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Security groups that may mount it, by what they are. */
  readonly from: Readonly<Record<string, string>>;
  readonly protection: Protection;
}

export class SharedFileSystem extends Construct {
  readonly fileSystemId: string;

  constructor(scope: Construct, id: string, { name, vpcId, keyArn, subnetIds, from, protection }: FileSystemSettings) {
    super(scope, id);
    const fileSystem = new EfsFileSystem(this, "file-system", {
      // Makes creation idempotent: a second attempt finds the first one's file system.
      creationToken: name,
      encrypted: true,
      kmsKeyId: keyArn,
      performanceMode: "generalPurpose",
      // Pays for what is used and needs no sizing (EFS user guide, "Throughput modes").
      throughputMode: "elastic",
      // Files that nobody reads for a month cost a tenth, and come back at their first use.
      lifecyclePolicy: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
      tags: { Name: name },
      lifecycle: guarded(protection),
    });
    const fileSystemId = fileSystem.id;
    new EfsBackupPolicy(this, "backup", { fileSystemId, backupPolicy: { status: "ENABLED" } });
    new EfsFileSystemPolicy(this, "policy", { fileSystemId, policy: fileSystemPolicy(fileSystem.arn) });

    const group = new SecurityGroup(this, "group", {
      name,
      description: "NFS from nodes and Fargate pods",
      vpcId,
      tags: { Name: name },
      // A group that mount targets still use cannot be deleted: the new one first.
      lifecycle: { createBeforeDestroy: true },
    });
    for (const [who, referencedSecurityGroupId] of Object.entries(from)) {
      new VpcSecurityGroupIngressRule(this, `from-${who}`, {
        securityGroupId: group.id,
        description: `NFS from ${who}`,
        referencedSecurityGroupId,
        ipProtocol: "tcp",
        fromPort: 2049,
        toPort: 2049,
      });
    }
    for (const [zone, subnetId] of Object.entries(subnetIds)) {
      new EfsMountTarget(this, zone, { fileSystemId, subnetId, securityGroups: [group.id] });
    }
    this.fileSystemId = fileSystemId;
  }
}
