/** What a storage provisioner decides: when a claim gets its volume, and what the volume looks like. Pure. */
import { createHash } from "node:crypto";
import type { V1PersistentVolume, V1PersistentVolumeClaim, V1StorageClass } from "@kubernetes/client-node";

const ebs = "ebs.csi.aws.com";
const efs = "efs.csi.aws.com";
/** The in-tree name that EKS's own gp2 class still has; Kubernetes hands it to the CSI driver. */
const inTreeEbs = "kubernetes.io/aws-ebs";

const selectedNode = "volume.kubernetes.io/selected-node";
/** Set by the controller manager once it leaves a claim to an external provisioner; the second is its old name. */
const delegated = ["volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner"];
export const provisionedBy = "pv.kubernetes.io/provisioned-by";

export interface Provisioning {
  readonly claim: V1PersistentVolumeClaim;
  readonly storageClass: V1StorageClass;
  /** Zone of the node that the scheduler chose, or any zone of the cluster. */
  readonly zone: string | undefined;
}

export type Verdict = { readonly volume: V1PersistentVolume } | { readonly refused: string } | { readonly wait: true };

/** The node that a claim waits to be provisioned for; undefined where its class binds at once or nobody chose yet. */
export function chosenNode(claim: V1PersistentVolumeClaim): string | undefined {
  return claim.metadata?.annotations?.[selectedNode];
}

/** What csi-provisioner would do with a pending claim. */
export function provision({ claim, storageClass, zone }: Provisioning): Verdict {
  const { annotations = {}, uid, name, namespace } = claim.metadata ?? {};
  const { accessModes = [], resources, volumeMode, selector } = claim.spec ?? {};
  if (!delegated.some((key) => annotations[key])) return { wait: true };
  if (storageClass.volumeBindingMode === "WaitForFirstConsumer" && !chosenNode(claim)) return { wait: true };
  const driver = storageClass.provisioner === inTreeEbs ? ebs : storageClass.provisioner;
  const refused = impossible(driver, accessModes, volumeMode, selector !== undefined);
  if (refused) return { refused };
  const id = createHash("sha256")
    .update(uid ?? "")
    .digest("hex");
  return {
    volume: {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: `pvc-${uid}`, annotations: { [provisionedBy]: driver } },
      spec: {
        capacity: { storage: resources?.requests?.storage ?? "1Gi" },
        accessModes,
        volumeMode,
        storageClassName: storageClass.metadata?.name,
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
        mountOptions: storageClass.mountOptions,
        claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
        csi: { driver, volumeHandle: handle(driver, storageClass, id) },
        // A volume of EBS is in one zone; EFS is in all.
        ...(driver === ebs && zone ? { nodeAffinity: inZone(zone) } : {}),
      },
    },
  };
}

/** Sources: aws-ebs-csi-driver (one writer, but for multi-attach block volumes), aws-efs-csi-driver (file systems only). */
function impossible(driver: string, modes: readonly string[], volumeMode: string | undefined, selector: boolean): string | undefined {
  if (selector) return "claim Selector is not supported";
  const shared = modes.some((mode) => mode === "ReadWriteMany" || mode === "ReadOnlyMany");
  if (driver === ebs && shared && volumeMode !== "Block") {
    return `EBS volumes are for one node at a time: ${modes.join(", ")} is not supported (only ReadWriteOnce). Use a class of ${efs} for shared volumes.`;
  }
  if (driver === efs && volumeMode === "Block") return "EFS has file systems only: volumeMode Block is not supported.";
  return undefined;
}

function handle(driver: string, storageClass: V1StorageClass, id: string): string {
  if (driver === ebs) return `vol-0${id.slice(0, 16)}`;
  if (driver === efs) return `${storageClass.parameters?.fileSystemId ?? "fs-rehearsal"}::fsap-0${id.slice(0, 16)}`;
  return `rehearsal-${id.slice(0, 16)}`;
}

function inZone(zone: string): NonNullable<V1PersistentVolume["spec"]>["nodeAffinity"] {
  const matchExpressions = [{ key: "topology.kubernetes.io/zone", operator: "In", values: [zone] }];
  return { required: { nodeSelectorTerms: [{ matchExpressions }] } };
}
