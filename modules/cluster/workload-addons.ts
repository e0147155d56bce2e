/** Add-ons whose pods need a node: without one their creation ends DEGRADED. After the nodes, and gone before them on destroy. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { allow } from "../iam/policy.ts";
import { Addon } from "./addon.ts";
import { corednsConfiguration, ebsConfiguration } from "./addon-configuration.ts";
import type { Cluster } from "./control-plane.ts";
import { grantForService, volumeActions } from "./key-policy.ts";
import { PodIdentityRole } from "./pod-identity-role.ts";

export interface WorkloadAddonsSettings {
  readonly cluster: Cluster;
  readonly account: string;
  readonly keyArn: string;
  readonly roleName: (thing: string) => string;
  readonly tags: Readonly<Record<string, string>>;
  readonly hasSharedFileSystem: boolean;
  /** Kinds and controller of volume snapshots, for the class of the add-on storage-classes. */
  readonly snapshots: boolean;
  /** No EC2 nodes at all: only what runs on Fargate is installed. */
  readonly onFargateOnly: boolean;
  readonly after: readonly ITerraformDependable[];
}

export class WorkloadAddons extends Construct {
  constructor(scope: Construct, id: string, settings: WorkloadAddonsSettings) {
    super(scope, id);
    const { cluster, account, keyArn, roleName, tags, after, onFargateOnly } = settings;
    const common = { account, clusterName: cluster.name, namespace: "kube-system" };
    new Addon(this, "coredns", { cluster, name: "coredns", configuration: corednsConfiguration({ onFargateOnly }), after });
    // Their drivers are DaemonSets and EBS volumes do not exist on Fargate (EKS user guide, "AWS Fargate considerations").
    if (onFargateOnly) return;

    const ebs = new PodIdentityRole(this, "ebs-csi-role", {
      ...common,
      name: roleName("ebs-csi"),
      serviceAccount: "ebs-csi-controller-sa",
      policies: ["service-role/AmazonEBSCSIDriverPolicy"],
      statements: [
        // Source: EKS user guide, "Amazon EBS CSI driver IAM role", customer managed key.
        allow("volumes encrypted with the platform's key", volumeActions, keyArn),
        allow("EBS itself keeps using the key", ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"], keyArn, grantForService),
      ],
    });
    // Before the driver, which looks for its kinds when it starts (EKS user guide, "CSI snapshot controller").
    const snapshots = settings.snapshots ? [new Addon(this, "snapshots", { cluster, name: "snapshot-controller", after }).addon] : [];
    const configuration = ebsConfiguration(tags);
    new Addon(this, "ebs-csi", { cluster, name: "aws-ebs-csi-driver", configuration, identity: ebs, after: [...after, ...snapshots] });

    if (!settings.hasSharedFileSystem) return;
    const efs = new PodIdentityRole(this, "efs-csi-role", {
      ...common,
      name: roleName("efs-csi"),
      serviceAccount: "efs-csi-controller-sa",
      policies: ["service-role/AmazonEFSCSIDriverPolicy"],
    });
    new Addon(this, "efs-csi", { cluster, name: "aws-efs-csi-driver", identity: efs, after });
  }
}
