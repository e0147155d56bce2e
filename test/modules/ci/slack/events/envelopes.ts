/** Events in the envelopes in which they reach a function. */
import { arn } from "./place.ts";

/** A message of SNS as Lambda gets it: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function bySns(message: unknown, topic = "shared-alarms", subject = ""): object {
  const Message = typeof message === "string" ? message : JSON.stringify(message);
  return {
    Records: [
      {
        EventVersion: "1.0",
        EventSubscriptionArn: `${arn("sns", topic)}:21be56ed-a058-49f5-8c98-aedd2564c486`,
        EventSource: "aws:sns",
        Sns: { MessageId: `id-of-${topic}`, TopicArn: arn("sns", topic), Subject: subject || null, Message, Type: "Notification" },
      },
    ],
  };
}

/** The same by a queue that is subscribed to the topic, raw or in its envelope: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function bySqs(...messages: readonly { readonly id: string; readonly message: unknown; readonly raw?: boolean }[]): object {
  const body = ({ message, raw }: (typeof messages)[number]) => {
    const Message = typeof message === "string" ? message : JSON.stringify(message);
    return raw ? Message : JSON.stringify({ Type: "Notification", TopicArn: arn("sns", "shared-alarms"), Message });
  };
  return { Records: messages.map((one) => ({ messageId: one.id, receiptHandle: "AQEB", body: body(one), eventSource: "aws:sqs" })) };
}
