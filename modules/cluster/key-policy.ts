/** Who may use the cluster's key: for secrets, control plane logs, and the volumes of nodes and pods. */
import { allow, by, policyDocument } from "../iam/policy.ts";

export interface KeyPolicySettings {
  readonly account: string;
  readonly region: string;
  /** Control plane log group. */
  readonly logGroupArn: string;
}

/** In a key policy, "*" as a resource is this key (KMS developer guide, "Key policies"). */
const thisKey = "*";

/** What reading and writing an encrypted volume takes. Source: EC2 Auto Scaling user guide, "Required AWS KMS key policy for use with encrypted volumes". */
export const volumeActions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"] as const;
/** A grant is how EBS keeps using the key for a volume. */
export const grantForService = { Bool: { "kms:GrantIsForAWSResource": "true" } } as const;

/** The key's policy as JSON. */
export function clusterKeyPolicy({ account, region, logGroupArn }: KeyPolicySettings): string {
  const scaling = autoScalingRole(account);
  return policyDocument(
    by(
      { aws: [`arn:aws:iam::${account}:root`] },
      allow("IAM policies of the account decide; without this nobody could ever change the key", "kms:*", thisKey),
    ),
    by(
      { service: [`logs.${region}.amazonaws.com`] },
      allow(
        "control plane logs, only for the cluster's own log group",
        ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        thisKey,
        { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
      ),
    ),
    by("*", allow("Auto Scaling starts nodes with encrypted volumes", volumeActions, thisKey, scaling)),
    by(
      "*",
      allow("and lets EBS keep the key for as long as the volume lives", "kms:CreateGrant", thisKey, { ...scaling, ...grantForService }),
    ),
  );
}

/**
 * Auto Scaling's service-linked role, which starts the nodes of managed and self-managed groups. As a condition, not as the principal: KMS
 * refuses a principal that does not exist yet, and in a new account this role appears with the first Auto Scaling group.
 */
function autoScalingRole(account: string) {
  return {
    StringEquals: { "kms:CallerAccount": account },
    ArnEquals: {
      "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    },
  };
}
