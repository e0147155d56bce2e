// @ts-check
/** Takes an event of Lambda apart: one record per thing to tell, whoever brought it. Never throws. */
import { gunzipSync } from "node:zlib";

/**
 * One thing to tell.
 * @typedef {object} Record
 * @property {string} id of the message, as a queue knows it
 * @property {string} topic name of the SNS topic it came by, or ""
 * @property {string} subject as the publisher gave it, or ""
 * @property {string} text the message as it came
 * @property {unknown} body the message read as JSON, or undefined where it is none
 * @property {boolean} queued came from SQS, which takes back single messages
 */

/**
 * @param {unknown} event
 * @returns {Record[]}
 */
export function recordsOf(event) {
  const { Records: records, awslogs } = fields(event);
  if (Array.isArray(records) && records.length > 0) return records.map(recordOf);
  const logs = fields(awslogs).data;
  return [typeof logs === "string" ? record({ text: unpacked(logs) }) : record({ text: JSON.stringify(event) ?? String(event) })];
}

/** @param {unknown} value @returns {{ readonly [key: string]: unknown }} its fields, none where it is no object */
export function fields(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? /** @type {{ [key: string]: unknown }} */ (value) : {};
}

/** @param {unknown} value @returns {string} the text, a number or a truth value as text, or "" */
export function text(value) {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** @param {unknown} raw @returns {Record} */
function recordOf(raw) {
  const { Sns: sns, body, messageId } = fields(raw);
  if (sns !== undefined) return ofTopic(fields(sns), text(fields(sns).MessageId), false);
  if (typeof body !== "string") return record({ text: JSON.stringify(raw) ?? "" });
  // A queue that is subscribed to a topic holds the topic's envelope, unless raw delivery is on.
  const envelope = fields(json(body));
  const id = text(messageId);
  return typeof envelope.TopicArn === "string" ? ofTopic(envelope, id, true) : record({ id, text: body, queued: true });
}

/** @param {{ readonly [key: string]: unknown }} sns @param {string} id @param {boolean} queued */
function ofTopic(sns, id, queued) {
  const topic = text(sns.TopicArn).split(":").at(-1) ?? "";
  return record({ id, topic, subject: text(sns.Subject), text: text(sns.Message), queued });
}

/** @param {{ id?: string; topic?: string; subject?: string; text: string; queued?: boolean }} known @returns {Record} */
function record({ id = "event", topic = "", subject = "", text, queued = false }) {
  return { id, topic, subject, text, body: json(text), queued };
}

/** @param {string} value */
function json(value) {
  try {
    return /** @type {unknown} */ (JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** A log subscription sends its lines zipped. @param {string} data */
function unpacked(data) {
  try {
    // The limit is far above what CloudWatch Logs sends (1 MB zipped) and below the function's memory.
    return gunzipSync(Buffer.from(data, "base64"), { maxOutputLength: 32 * 1024 * 1024 }).toString("utf8");
  } catch {
    return data;
  }
}
