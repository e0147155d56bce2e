/** The key of everything that is built and delivered: images, artifacts, logs of builds, messages. */
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { Construct } from "constructs";
import { allow, by, policyDocument } from "../iam/policy.ts";
import { guarded } from "../protection.ts";
import type { CiContext } from "./context.ts";

export class DeliveryKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, context: CiContext) {
    super(scope, id);
    const key = new KmsKey(this, "key", {
      description: "Images, artifacts, build logs and messages of CI",
      enableKeyRotation: true,
      deletionWindowInDays: context.protection.keyDeletionDays,
      policy: deliveryKeyPolicy(context),
      // Images and artifacts are lost with it.
      lifecycle: guarded(context.protection),
    });
    new KmsAlias(this, "alias", { name: deliveryKeyAlias(context), targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

export function deliveryKeyAlias({ named }: Pick<CiContext, "named">): string {
  return `alias/${named("ci")}`;
}

/** Services that put messages into our encrypted topic and queue. Source: SNS developer guide, "Configuring permissions for an encrypted topic". */
const senders = ["cloudwatch", "codestar-notifications", "sns"];

/** A key policy's * is this key. */
export function deliveryKeyPolicy({ account, region, named }: Pick<CiContext, "account" | "region" | "named">): string {
  const group = (name: string) => `arn:aws:logs:${region}:${account}:log-group:${name}/${named("")}*`;
  return policyDocument(
    by(
      { aws: [`arn:aws:iam::${account}:root`] },
      allow("IAM policies of the account decide; without it nobody could change the key", "kms:*", "*"),
    ),
    by(
      { service: [`logs.${region}.amazonaws.com`] },
      allow(
        "logs of our builds and functions",
        ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        "*",
        {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": [group("/aws/codebuild"), group("/aws/lambda")] },
        },
      ),
    ),
    by(
      { service: senders.map((sender) => `${sender}.amazonaws.com`) },
      allow("messages to our topic and queue; not every sender tells its account", ["kms:Decrypt", "kms:GenerateDataKey*"], "*", {
        StringEquals: { "kms:ViaService": [`sns.${region}.amazonaws.com`, `sqs.${region}.amazonaws.com`] },
        StringEqualsIfExists: { "aws:SourceAccount": account },
      }),
    ),
  );
}
