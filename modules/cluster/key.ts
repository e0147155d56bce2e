/** One key for everything the cluster stores: etcd secrets, control plane logs, node and pod volumes, the shared file system. */
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { Construct } from "constructs";
import { guarded, type Protection } from "../protection.ts";
import { clusterKeyPolicy, type KeyPolicySettings } from "./key-policy.ts";

export interface ClusterKeySettings extends KeyPolicySettings {
  readonly clusterName: string;
  readonly protection: Protection;
}

export class ClusterKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, settings: ClusterKeySettings) {
    super(scope, id);
    const { clusterName, protection } = settings;
    const key = new KmsKey(this, "key", {
      description: `Secrets, logs and volumes of the EKS cluster ${clusterName}`,
      policy: clusterKeyPolicy(settings),
      // Yearly; old ciphertext stays readable. Source: CIS AWS Foundations, "Ensure rotation for customer-created symmetric CMKs is enabled".
      enableKeyRotation: true,
      deletionWindowInDays: protection.keyDeletionDays,
      // Without its key the cluster cannot read its secrets and cannot be repaired (EKS user guide, "Encrypt Kubernetes secrets with KMS").
      lifecycle: guarded(protection),
    });
    new KmsAlias(this, "alias", { name: `alias/${clusterName}-cluster`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
