// @ts-check
/**
 * How to reach Slack, from one secret of Secrets Manager. Its text is one of
 * - the address of an incoming webhook (which posts to its own channel),
 * - a bot's token, `xoxb-...` (which posts to any channel that it is in),
 * - `{ "webhooks": { "#platform": "https://...", "default": "https://..." } }`, one webhook per channel.
 * Neither it nor any part of it appears in an error.
 */

/** @typedef {{ url: string; token?: string } | { webhooks: { readonly [channel: string]: string } }} Credentials */

/** Read once per instance of the function; a failure is not kept. @type {Map<string, Promise<Credentials>>} */
const known = new Map();
const chat = "https://slack.com/api/chat.postMessage";

/** @param {string | undefined} arn @param {string | undefined} instead address in Slack's place @returns {Promise<Credentials>} */
export function credentialsOf(arn, instead) {
  if (instead) return Promise.resolve({ url: instead });
  if (!arn) return Promise.reject(new Error("SLACK_SECRET_ARN is not set: it names the secret with Slack's webhook or token."));
  const read = known.get(arn) ?? secret(arn).then(parsed);
  known.set(arn, read);
  read.catch(() => known.delete(arn));
  return read;
}

/** After an answer that says the credentials are no longer good: the secret may have been rotated. */
export function forget() {
  known.clear();
}

/** @param {string} text @returns {Credentials} */
export function parsed(text) {
  const value = text.trim();
  if (value.startsWith("https://")) return { url: value };
  if (value.startsWith("xox")) return { url: chat, token: value };
  try {
    const { webhooks } = JSON.parse(value);
    const urls = Object.values(webhooks);
    if (urls.length > 0 && urls.every((url) => typeof url === "string" && url.startsWith("https://"))) return { webhooks };
  } catch {
    // Said below, without the text: it is a secret.
  }
  throw new Error(
    'The secret in SLACK_SECRET_ARN is neither a webhook (https://...), nor a token (xoxb-...), nor {"webhooks": {"#channel": "https://..."}}.',
  );
}

/** @param {string} arn */
async function secret(arn) {
  // Only here, and only when it is needed: loading it takes a good part of a cold start.
  const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn }));
  return SecretString ?? "";
}
