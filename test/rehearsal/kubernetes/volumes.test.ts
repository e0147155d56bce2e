import { expect, test } from "@jest/globals";
import type { V1PersistentVolumeClaim, V1StorageClass } from "@kubernetes/client-node";
import { provision } from "../../../rehearsal/kubernetes/volumes.ts";

const delegated = "volume.kubernetes.io/storage-provisioner";
const selected = "volume.kubernetes.io/selected-node";

function claim(annotations: Record<string, string>, spec: V1PersistentVolumeClaim["spec"] = {}): V1PersistentVolumeClaim {
  return {
    metadata: { name: "data", namespace: "apps", uid: "u-1", annotations },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } }, ...spec },
  };
}

function storageClass(provisioner: string, volumeBindingMode = "WaitForFirstConsumer"): V1StorageClass {
  return { metadata: { name: "gp3" }, provisioner, volumeBindingMode, parameters: { fileSystemId: "fs-9" } };
}

const zone = "ap-northeast-2a";
const chosen = { [delegated]: "x", [selected]: "ip-10-0-0-1" };

test.each<[string, V1PersistentVolumeClaim, V1StorageClass, object]>([
  ["waits until the controller manager leaves it to us", claim({}), storageClass("ebs.csi.aws.com", "Immediate"), { wait: true }],
  ["waits for its first pod", claim({ [delegated]: "x" }), storageClass("ebs.csi.aws.com"), { wait: true }],
  ["is made for the chosen node", claim(chosen), storageClass("ebs.csi.aws.com"), { volume: expect.anything() }],
  ["is made at once", claim({ [delegated]: "x" }), storageClass("efs.csi.aws.com", "Immediate"), { volume: expect.anything() }],
  [
    "is not shared on EBS",
    claim(chosen, { accessModes: ["ReadWriteMany"] }),
    storageClass("ebs.csi.aws.com"),
    { refused: expect.stringMatching(/ReadWriteMany is not supported/) },
  ],
  [
    "is not shared on gp2 either",
    claim(chosen, { accessModes: ["ReadWriteMany"] }),
    storageClass("kubernetes.io/aws-ebs"),
    { refused: expect.anything() },
  ],
  [
    "is shared on EBS as a block device",
    claim(chosen, { accessModes: ["ReadWriteMany"], volumeMode: "Block" }),
    storageClass("ebs.csi.aws.com"),
    { volume: expect.anything() },
  ],
  ["is shared on EFS", claim(chosen, { accessModes: ["ReadWriteMany"] }), storageClass("efs.csi.aws.com"), { volume: expect.anything() }],
  ["is no block device on EFS", claim(chosen, { volumeMode: "Block" }), storageClass("efs.csi.aws.com"), { refused: expect.anything() }],
  ["is not selected by labels", claim(chosen, { selector: {} }), storageClass("ebs.csi.aws.com"), { refused: expect.anything() }],
])("a volume %s", (_, pending, of, expected) => {
  expect(provision({ claim: pending, storageClass: of, zone })).toEqual(expected);
});

test("an EBS volume is for its claim, of its size and in the zone of its node", () => {
  expect(provision({ claim: claim(chosen), storageClass: storageClass("kubernetes.io/aws-ebs"), zone })).toMatchObject({
    volume: {
      metadata: { name: "pvc-u-1", annotations: { "pv.kubernetes.io/provisioned-by": "ebs.csi.aws.com" } },
      spec: {
        capacity: { storage: "5Gi" },
        persistentVolumeReclaimPolicy: "Delete",
        claimRef: { name: "data", namespace: "apps", uid: "u-1" },
        csi: { driver: "ebs.csi.aws.com", volumeHandle: expect.stringMatching(/^vol-0[0-9a-f]{16}$/) },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "topology.kubernetes.io/zone", values: [zone] }] }] } },
      },
    },
  });
});

test("an EFS volume is an access point of the class's file system, in no zone", () => {
  const verdict = provision({ claim: claim(chosen), storageClass: storageClass("efs.csi.aws.com"), zone });
  expect("volume" in verdict && verdict.volume.spec?.csi?.volumeHandle).toMatch(/^fs-9::fsap-0/);
  expect("volume" in verdict && verdict.volume.spec?.nodeAffinity).toBeUndefined();
});
