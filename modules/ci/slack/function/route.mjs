// @ts-check
/**
 * Which channel a notice goes to. SLACK_CHANNELS is a JSON object; the first of these keys that it has decides: the topic's name, the
 * source with the severity ("CloudWatch/critical"), the source, the severity, "default". For example:
 * `{ "default": "#platform", "critical": "#oncall", "GuardDuty": "#security" }`.
 */

/** @typedef {{ readonly [key: string]: string }} Channels */

/** @param {string | undefined} json @returns {Channels} @throws where it is no object of names */
export function channelsOf(json) {
  if (json === undefined || json === "") return {};
  const read = /** @type {unknown} */ (JSON.parse(json));
  const entries = typeof read === "object" && read !== null ? Object.entries(read) : [];
  if (entries.length === 0 || entries.some(([, channel]) => typeof channel !== "string")) {
    throw new Error('SLACK_CHANNELS is no object of channels. Write it as {"default": "#platform"}.');
  }
  return Object.fromEntries(entries);
}

/** @param {Channels} channels @param {import("./notice.mjs").Notice} notice @param {string} topic @returns {string | undefined} */
export function channelFor(channels, { source, severity }, topic) {
  const keys = [topic, `${source}/${severity}`, source, severity, "default"];
  const key = keys.find((candidate) => Object.hasOwn(channels, candidate));
  return key === undefined ? undefined : channels[key];
}
