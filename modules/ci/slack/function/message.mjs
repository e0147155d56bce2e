// @ts-check
/**
 * A notice as a message of Slack. Everything from outside is escaped: a name such as `<!channel>` reaches nobody. Limits are Slack's:
 * 150 characters in a header, 3,000 in a section, 10 fields of 2,000 (https://docs.slack.dev/reference/block-kit/blocks).
 */

/** @typedef {import("./notice.mjs").Notice} Notice */

const colours = { good: "#2eb886", info: "#439fe0", warning: "#daa038", critical: "#a30200" };

/** @param {Notice} notice */
export function messageOf(notice) {
  const { source, severity, title, details = "", link, time = "" } = notice;
  const facts = notice.facts.filter(([, value]) => value !== "").slice(0, 10);
  // The header takes no markup, so nothing in it needs an escape; colour is only to be had by an attachment.
  const blocks = [
    { type: "header", text: { type: "plain_text", text: cut(title.trim() || "(no title)", 150), emoji: false } },
    ...(facts.length === 0
      ? []
      : [{ type: "section", fields: facts.map(([label, value]) => markup(`*${label}*\n${cut(escaped(value), 500)}`)) }]),
    ...(details.trim() === "" ? [] : [{ type: "section", text: markup(`\`\`\`${quoted(details)}\`\`\``) }]),
    {
      type: "context",
      elements: [
        markup(
          [escaped(source), when(time), link === undefined ? "" : `<${escaped(link)}|Open in the console>`].filter(Boolean).join(" · "),
        ),
      ],
    },
  ];
  return {
    // Shown in notifications on a phone, and where blocks are not.
    text: cut(escaped(`${source}: ${title}`), 300),
    attachments: [{ color: colours[severity], fallback: cut(escaped(title), 300), blocks }],
  };
}

/** The same in words alone, for the day on which Slack refuses the blocks. @param {Notice} notice */
export function wordsOf({ source, title, facts, details = "" }) {
  const lines = [
    `${source}: ${title}`,
    ...facts.filter(([, value]) => value !== "").map(([label, value]) => `${label}: ${value}`),
    details,
  ];
  return { text: cut(escaped(lines.join("\n")), 3000) };
}

/** `verbatim`: Slack makes no links, channels or people of words that look like them. @param {string} text */
function markup(text) {
  return { type: "mrkdwn", text, verbatim: true };
}

/** The three characters that Slack's markup is made of. @param {string} text */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text between fences; its own fences would end them. @param {string} details */
function quoted(details) {
  return cut(escaped(details.replaceAll("`", "'")), 2900);
}

/**
 * At most `limit` characters, never through a surrogate pair or an escape such as `&lt;`, and said where it is shorter.
 * @param {string} text @param {number} limit
 */
export function cut(text, limit) {
  if (text.length <= limit) return text;
  const mark = ` … (${text.length} characters)`;
  return text.slice(0, limit - mark.length).replace(/[\uD800-\uDBFF]$|&[a-z]{0,3}$/, "") + mark;
}

/** In the reader's own time zone. @param {string} time */
function when(time) {
  const seconds = Math.floor(Date.parse(time) / 1000);
  return Number.isFinite(seconds) ? `<!date^${seconds}^{date_short_pretty} {time_secs}|${new Date(seconds * 1000).toISOString()}>` : "";
}
