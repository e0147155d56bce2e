// @ts-check
/**
 * Tells events of AWS in Slack: alarms, pipelines, builds, deployments, findings, and whatever else a topic, a queue or an event bus
 * hands over. Runs on Node 22 of AWS Lambda as it stands here; the SDK is the runtime's own.
 *
 * Nothing is lost: what cannot be read is told as it came, and what cannot be posted is an error, so that Lambda tries again and then
 * hands the event to the dead-letter queue. From a queue only the messages that failed come back.
 *
 * Environment: SLACK_SECRET_ARN (secret with the credentials, see credentials.mjs), SLACK_CHANNELS (JSON, see route.mjs), and
 * SLACK_URL, which takes the place of Slack's own address in tests.
 */
import { credentialsOf } from "./credentials.mjs";
import { messageOf, wordsOf } from "./message.mjs";
import { noticeOf } from "./notice.mjs";
import { post } from "./post.mjs";
import { recordsOf } from "./records.mjs";
import { channelFor, channelsOf } from "./route.mjs";

/**
 * @param {unknown} event what SNS, SQS, EventBridge or a log subscription gives to Lambda
 * @returns {Promise<{ batchItemFailures: { itemIdentifier: string }[] }>} read by Lambda for queues only
 * @throws {Error} with every failure, where the event does not come from a queue
 */
export async function handler(event) {
  const credentials = await credentialsOf(process.env.SLACK_SECRET_ARN, process.env.SLACK_URL);
  const channels = channelsOf(process.env.SLACK_CHANNELS);
  /** @type {{ id: string; queued: boolean; error: Error }[]} */
  const failures = [];
  // One after another: Slack takes about one message a second per channel.
  for (const record of recordsOf(event)) {
    try {
      const notice = noticeOf(record);
      await post(credentials, channelFor(channels, notice, record.topic), messageOf(notice), wordsOf(notice));
    } catch (error) {
      failures.push({ id: record.id, queued: record.queued, error: /** @type {Error} */ (error) });
    }
  }
  const lost = failures.filter((failure) => !failure.queued);
  if (lost.length > 0) throw new Error(lost.map(({ id, error }) => `${id}: ${error.message}`).join("\n"));
  return { batchItemFailures: failures.map(({ id }) => ({ itemIdentifier: id })) };
}
