// @ts-check
/** What a record says, in one form: the first reader that knows it decides; what nobody knows is told as it came. */
import { alarm } from "./alarms.mjs";
import { approval, delivery } from "./deliveries.mjs";
import { finding, logLines, signIn } from "./findings.mjs";
import { fields, text } from "./records.mjs";

/** @typedef {import("./records.mjs").Record} Record */

/**
 * @typedef {"good" | "info" | "warning" | "critical"} Severity
 *
 * Everything in it is plain text from outside: message.mjs escapes it.
 * @typedef {object} Notice
 * @property {string} source service that speaks, for example "CloudWatch"
 * @property {Severity} severity
 * @property {string} title one line: what happened to what
 * @property {readonly (readonly [label: string, value: string])[]} facts who, what, where; empty values are left out
 * @property {string} [details] longer text, shown as it came
 * @property {string} [link] address in the console
 * @property {string} [time] ISO 8601
 *
 * @typedef {(body: { readonly [key: string]: unknown }, record: Record) => Notice | undefined} Reader
 */

/** In this order: each looks for what only its own form has. @type {readonly Reader[]} */
const readers = [alarm, approval, delivery, finding, signIn, logLines, otherEvent];

/** @param {Record} record @returns {Notice} */
export function noticeOf(record) {
  const body = fields(record.body);
  for (const read of readers) {
    try {
      const notice = read(body, record);
      if (notice !== undefined) return notice;
    } catch {
      // A known form with an unknown turn: told as it came, which is more than silence.
    }
  }
  return { source: record.topic || "AWS", severity: "info", title: record.subject || "Message", facts: [], details: record.text };
}

/** Any other event of EventBridge: its kind and its detail. @type {Reader} */
function otherEvent(body) {
  const kind = text(body["detail-type"] ?? body.detailType);
  if (kind === "") return undefined;
  return {
    source: text(body.source) || "EventBridge",
    severity: "info",
    title: kind,
    facts: [
      ["Resource", Array.isArray(body.resources) ? body.resources.map(text).join("\n") : ""],
      ["Account", text(body.account)],
      ["Region", text(body.region)],
    ],
    details: JSON.stringify(body.detail, null, 2) ?? "",
    time: text(body.time),
  };
}
