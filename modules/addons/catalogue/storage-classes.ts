/** Storage classes on the CSI drivers that the cluster stack installs. EKS has had no default class since 1.30. */
import type { AddonOptions } from "../../../environments/schema/addons.ts";
import { addon } from "../addon.ts";

function reclaimOf({ reclaim }: AddonOptions<"storage-classes">, production: boolean): "Delete" | "Retain" {
  return reclaim ?? (production ? "Retain" : "Delete");
}

export const storageClasses = addon({
  id: "storage-classes",
  purpose: "Default class gp3 (EBS, encrypted, expandable), class efs where there is a shared file system, class of EBS snapshots",
  namespace: "kube-system",
  wait: true,
  resources: ({ cluster, options, production }) => {
    const reclaimPolicy = reclaimOf(options, production);
    const gp3 = {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      // Source: aws-ebs-csi-driver, docs/parameters.md. The key is the platform's, which the driver's role may use.
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: cluster.kmsKeyArn, "csi.storage.k8s.io/fstype": "ext4" },
      // A volume lives in one zone: it is made where the pod goes, not the other way round.
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy,
    };
    const efs = cluster.fileSystemId !== undefined && {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "efs" },
      provisioner: "efs.csi.aws.com",
      // An access point per volume: each has its own directory and its own user, and sees nothing else (aws-efs-csi-driver, README).
      parameters: {
        provisioningMode: "efs-ap",
        fileSystemId: cluster.fileSystemId,
        directoryPerms: "700",
        basePath: "/volumes",
        ensureUniqueDirectory: "true",
      },
      mountOptions: ["tls"],
      reclaimPolicy,
    };
    const snapshots = options.snapshots && {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: { name: "ebs", annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" } },
      driver: "ebs.csi.aws.com",
      deletionPolicy: reclaimPolicy,
    };
    return [gp3, ...(efs ? [efs] : []), ...(snapshots ? [snapshots] : [])];
  },
  // Source: Kubernetes documentation, "Storage Classes": parameters and policy cannot change. Volumes and claims do not notice.
  immutable: ({ cluster, options, production }) => ({
    reclaim: reclaimOf(options, production),
    key: cluster.kmsKeyArn,
    ...(cluster.fileSystemId !== undefined && { fileSystem: cluster.fileSystemId }),
  }),
  choices: {
    "StorageClass/gp3": "the default; encrypted with the platform's key, expandable, made in the zone of its pod",
    "StorageClass/efs": "an access point per claim, TLS on the way",
    reclaimPolicy: "`Retain` in production: a deleted claim must not take the data with it",
  },
  docs: {
    verify: ["kubectl get storageclass", "kubectl get storageclass gp3 -o jsonpath='{.parameters}'"],
    upgrade:
      "It has no version: what it says changes with this workspace. What a class cannot change (policy, key, file system) replaces the release: classes are away for a moment, volumes and claims stay as they are.",
    remove: "Take it out of `addons`. Volumes stay; claims without a class remain pending from then on.",
  },
});
