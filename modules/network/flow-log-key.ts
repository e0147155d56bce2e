/** The key of everything that flow logs leave behind: log group, archive, query results. */
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { Construct } from "constructs";
import { allow, by, policyDocument } from "../iam/policy.ts";
import { guarded } from "../protection.ts";
import type { NetworkContext } from "./context.ts";

const useKey = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

export class FlowLogKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { context, logGroup }: { readonly context: NetworkContext; readonly logGroup: string }) {
    super(scope, id);
    const key = new KmsKey(this, "key", {
      description: "Flow logs: log group, archive and query results",
      enableKeyRotation: true,
      deletionWindowInDays: context.protection.keyDeletionDays,
      policy: flowLogKeyPolicy(context, logGroup),
      lifecycle: guarded(context.protection),
      tags: { Name: context.named("flow-logs") },
    });
    new KmsAlias(this, "alias", { name: `alias/${context.named("flow-logs")}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** Key policy: the account's IAM decides for people; the two services that write logs may use it, only for this account's logs. */
export function flowLogKeyPolicy({ account, region }: Pick<NetworkContext, "account" | "region">, logGroup: string): string {
  return policyDocument(
    by(
      { aws: [`arn:aws:iam::${account}:root`] },
      allow(
        "without it nobody could ever change the key (KMS developer guide, 'Default key policy'); a key policy's * is this key",
        "kms:*",
        "*",
      ),
    ),
    by(
      { service: [`logs.${region}.amazonaws.com`] },
      allow("CloudWatch Logs encrypts this one group (CloudWatch Logs user guide, 'Encrypt log data')", useKey, "*", {
        ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:${logGroup}` },
      }),
    ),
    by(
      { service: ["delivery.logs.amazonaws.com"] },
      allow("log delivery writes to the encrypted archive (VPC user guide, 'Required key policy for use with SSE-KMS')", useKey, "*", {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` },
      }),
    ),
  );
}
