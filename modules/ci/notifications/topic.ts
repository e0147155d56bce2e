/** The topic on which all news of CI arrives, who may put it there, and who reads it by mail. */
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { Construct } from "constructs";
import { allow, by, policyDocument } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";

export class NewsTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, context: CiContext, keyArn: string, emails: readonly string[]) {
    super(scope, id);
    const topic = new SnsTopic(this, "topic", { name: context.named("ci-news"), displayName: "CI", kmsMasterKeyId: keyArn });
    const policy = new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy: topicPolicy(topic.arn, context) });
    for (const address of emails) {
      const name = address.replace(/\W+/g, "-");
      new SnsTopicSubscription(this, name, { topicArn: topic.arn, protocol: "email", endpoint: address });
    }
    // By its policy: a rule is told whether it reaches its topic when it is made.
    this.arn = policy.arn;
  }
}

/** Notification rules and alarms of this account publish. */
export function topicPolicy(arn: string, { account, region }: Pick<CiContext, "account" | "region">): string {
  const alarms = `arn:aws:cloudwatch:${region}:${account}:alarm:*`;
  return policyDocument(
    by(
      { service: ["codestar-notifications.amazonaws.com"] },
      allow("notification rules of this account", "sns:Publish", arn, { StringEquals: { "aws:SourceAccount": account } }),
    ),
    by(
      { service: ["cloudwatch.amazonaws.com"] },
      allow("alarms of this account", "sns:Publish", arn, { ArnLike: { "aws:SourceArn": alarms } }),
    ),
  );
}
