/** Makes what aws-parts.ts describes. */
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { allow, by, deny, policyDocument } from "../iam/policy.ts";
import type { AwsPart, EventQueue } from "./aws-parts.ts";

interface Place {
  readonly account: string;
  readonly region: string;
}

/** What the add-on's pods wait for. */
export function awsResources(scope: Construct, parts: readonly AwsPart[], place: Place): readonly ITerraformDependable[] {
  return parts.flatMap((part) => new FilledQueue(scope, part.id, part, place).ready);
}

class FilledQueue extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, retention, rules }: EventQueue, { account, region }: Place) {
    super(scope, id);
    const queue = new SqsQueue(this, "queue", { name, messageRetentionSeconds: retention, sqsManagedSseEnabled: true });
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    const policy = new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: policyDocument(
        by(
          { service: ["events.amazonaws.com"] },
          allow("its own rules fill it, no one else's", "sqs:SendMessage", arn, {
            ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/${name}-*` },
          }),
        ),
        by("*", deny("nothing travels in the clear", "sqs:*", arn, { Bool: { "aws:SecureTransport": "false" } })),
      ),
    });
    const targets = Object.entries(rules).map(([key, { source, detailType }]) => {
      const rule = new CloudwatchEventRule(this, `rule-${key}`, {
        name: `${name}-${key}`,
        description: `${detailType}, for ${name}`,
        eventPattern: JSON.stringify({ "detail-type": [detailType], source: [source] }),
      });
      return new CloudwatchEventTarget(this, `target-${key}`, { rule: rule.name, targetId: "queue", arn: queue.arn });
    });
    this.ready = [policy, ...targets];
  }
}
