// @ts-check
/** One message to Slack. Whatever is not a clear yes is an error, so that the event is tried again and, in the end, kept in the dead-letter queue. */
import { setTimeout as wait } from "node:timers/promises";
import { forget } from "./credentials.mjs";

/** @typedef {import("./credentials.mjs").Credentials} Credentials */
/** @typedef {{ ok: boolean; status: number; reason: string; retryAfter: string }} Answer */

/** Milliseconds for one answer of Slack; three of them and a wait are within the function's timeout of a minute. */
const patience = 8_000;
/** Seconds that Slack may ask to wait; longer than that Lambda waits, before it tries again. */
const longestWait = 25;

/**
 * @param {Credentials} credentials
 * @param {string | undefined} channel
 * @param {object} message
 * @param {object} words the same without blocks
 * @throws {Error} with Slack's answer; never with the address or the token
 */
export async function post(credentials, channel, message, words) {
  const { url, token } = addressOf(credentials, channel);
  const to = channel === undefined ? {} : { channel };
  const first = await send(url, token, { ...to, ...message });
  const busy = first.status === 429 && Number(first.retryAfter || Number.NaN) <= longestWait;
  if (busy) await wait(Number(first.retryAfter) * 1000);
  const answer = busy ? await send(url, token, { ...to, ...message }) : first;
  if (answer.ok) return;
  // What Slack will never take would come back until it is dropped: it goes out in plain words.
  const refused = /invalid_blocks|invalid_attachments|invalid_payload|msg_blocks_too_long/.test(answer.reason);
  const last = refused ? await send(url, token, { ...to, ...words }) : answer;
  if (last.ok) return;
  if (last.status === 403 || last.status === 404 || /auth|token|revoked/.test(last.reason)) forget();
  const later = last.retryAfter === "" ? "" : `, and asks to wait ${last.retryAfter} s`;
  throw new Error(`Slack answered ${last.status} ${last.reason}${later}${channel === undefined ? "" : ` for ${channel}`}`);
}

/** @param {Credentials} credentials @param {string | undefined} channel @returns {{ url: string; token?: string }} */
function addressOf(credentials, channel) {
  if ("url" in credentials) return credentials;
  const url = credentials.webhooks[channel ?? "default"] ?? credentials.webhooks.default;
  if (url === undefined) throw new Error(`The secret has no webhook for ${channel ?? "the default channel"}, and none named "default".`);
  return { url };
}

/** @param {string} url @param {string | undefined} token @param {unknown} body @returns {Promise<Answer>} */
async function send(url, token, body) {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
      redirect: "error",
    });
    const reason = (await response.text()).slice(0, 200);
    // The web API says no with status 200 and `"ok":false`; a webhook says "ok".
    const ok = response.ok && !/"ok"\s*:\s*false/.test(reason);
    return { ok, status: response.status, reason, retryAfter: response.headers.get("retry-after") ?? "" };
  } catch (error) {
    // The cause of a failed fetch can hold the address: only its kind is told.
    const { name, cause } = /** @type {{ name: string; cause?: { code?: string } }} */ (error);
    return { ok: false, status: 0, reason: `nothing (${cause?.code ?? name})`, retryAfter: "" };
  }
}
