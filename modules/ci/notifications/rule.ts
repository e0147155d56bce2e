/** News about one pipeline, project or application, on the topic. */
import { CodestarnotificationsNotificationRule } from "@cdktf/provider-aws/lib/codestarnotifications-notification-rule/index.js";
import type { Construct } from "constructs";

export interface NewsSettings {
  readonly name: string;
  /** ARN of what it is about. */
  readonly about: string;
  readonly events: readonly string[];
  readonly topicArn: string;
}

/** A notification rule. FULL says which stage, action or commit; BASIC would only say that something failed. */
export function tellNews(scope: Construct, id: string, { name, about, events, topicArn }: NewsSettings): void {
  new CodestarnotificationsNotificationRule(scope, id, {
    name,
    resource: about,
    detailType: "FULL",
    eventTypeIds: [...events],
    target: [{ address: topicArn, type: "SNS" }],
  });
}
