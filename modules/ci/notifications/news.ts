/** News of CI: one topic, and all ways from it to people. */
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import type { CiContext } from "../context.ts";
import { Chatbot } from "./chatbot.ts";
import { SlackFunction } from "./slack-function.ts";
import { NewsTopic } from "./topic.ts";

export interface NewsSettings {
  readonly context: CiContext;
  readonly config: CiConfig["notifications"];
  readonly keyArn: string;
  /** Bucket in which code of functions lies. */
  readonly bucket: string;
}

export class News extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, { context, config, keyArn, bucket }: NewsSettings) {
    super(scope, id);
    const { arn: topicArn } = new NewsTopic(this, "all", context, keyArn, config?.emails ?? []);
    if (config?.lambda) new SlackFunction(this, "slack", { context, config: config.lambda, topicArn, keyArn, bucket });
    if (config?.chatbot) new Chatbot(this, "chatbot", { context, ...config.chatbot, topicArn });
    this.topicArn = topicArn;
  }
}
