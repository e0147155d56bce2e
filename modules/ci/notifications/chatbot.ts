/** Slack by Amazon Q Developer in chat applications, which AWS's API still calls Chatbot: reads the topic, and answers questions within bounds. */
import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration/index.js";
import { Construct } from "constructs";
import { allow, type Statement, trust } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";

export interface ChatbotSettings {
  readonly context: CiContext;
  readonly workspace: string;
  readonly channel: string;
  readonly topicArn: string;
}

export class Chatbot extends Construct {
  constructor(scope: Construct, id: string, { context, workspace, channel, topicArn }: ChatbotSettings) {
    super(scope, id);
    const role = new CiRole(this, "identity", {
      name: context.named("chatbot"),
      description: "What people may ask from Slack",
      trust: [
        trust("the chat application", { service: ["chatbot.amazonaws.com"] }, "sts:AssumeRole", {
          StringEquals: { "aws:SourceAccount": context.account },
        }),
      ],
      statements: askedFromSlack,
    });
    new ChatbotSlackChannelConfiguration(this, "channel", {
      configurationName: context.named("ci"),
      iamRoleArn: role.arn,
      slackTeamId: workspace,
      slackChannelId: channel,
      snsTopicArns: [topicArn],
      // The outermost of what a channel can be given; without it the service takes AdministratorAccess (Chatbot guide, "guardrail policies").
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"],
      loggingLevel: "ERROR",
      dependsOn: [...role.rights],
    });
  }
}

/** Pictures of the metrics behind an alarm, and nothing that changes something. */
export const askedFromSlack: readonly Statement[] = [
  allow("graphs beside alarms; CloudWatch has no resource level for metrics", ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], "*"),
];
