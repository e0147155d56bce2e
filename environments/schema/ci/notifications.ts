/** Where news of builds, deployments and pipelines goes. */
import { z } from "zod";
import { email, whole } from "../forms.ts";
import { secretArn } from "./forms.ts";

const slackId = (first: string, words: string) =>
  z
    .string()
    .regex(new RegExp(`^${first}[A-Z0-9]{6,20}$`))
    .meta({ form: `${words}, for example "${first}0123ABCDEF"` });

const slackChannel = z
  .string()
  .regex(/^#[a-z0-9_-]{1,79}$/)
  .meta({ form: 'a channel, for example "#deployments"' });

export const notificationsSchema = z.strictObject({
  chatbot: z
    .strictObject({
      workspace: slackId("T", "the id of a Slack workspace").describe("Workspace that somebody has authorized once, in the console"),
      channel: slackId("C", "the id of a Slack channel").describe("Channel that gets the messages"),
    })
    .optional()
    .describe("Slack by Amazon Q Developer in chat applications (Chatbot); absent: not by this way"),
  lambda: z
    .strictObject({
      secret: secretArn.describe("Secret with the address of a Slack webhook, or a bot's token"),
      concurrency: whole("messages", 1, 100)
        .optional()
        .describe(
          "Messages at once, set aside for it; absent: as many as the account has. A new account has 10 in all, and AWS then sets none aside",
        ),
      channels: z
        .record(z.string().min(1), slackChannel.describe("Channel of these messages"))
        .default({})
        .describe(
          "Channels by topic, source (for example CodePipeline), severity (for example critical) or `default`; a webhook may have its own",
        ),
    })
    .optional()
    .describe("Slack by a function of ours, where the workspace does not admit Chatbot; absent: not by this way"),
  emails: z.array(email).default([]).describe("Addresses that get everything by mail; each confirms its subscription"),
});
