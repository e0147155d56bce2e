/** What goes to Slack: escaped, within its limits, in the colour of its severity. */
import { expect, test } from "@jest/globals";
import { cut, messageOf, wordsOf } from "../../../../modules/ci/slack/function/message.mjs";
import type { Notice } from "../../../../modules/ci/slack/function/notice.mjs";
import { channelFor, channelsOf } from "../../../../modules/ci/slack/function/route.mjs";

const notice: Notice = {
  source: "CloudWatch",
  severity: "critical",
  title: "ALARM: prod-alb-5xx",
  facts: [
    ["Account", "123456789012"],
    ["On", ""],
  ],
  details: "Threshold Crossed",
  link: "https://ap-northeast-2.console.aws.amazon.com/x?a=1&b=2",
  time: "2026-11-21T06:12:45Z",
};

test("a whole message", () => {
  expect(messageOf(notice)).toMatchInlineSnapshot(`
    {
      "attachments": [
        {
          "blocks": [
            {
              "text": {
                "emoji": false,
                "text": "ALARM: prod-alb-5xx",
                "type": "plain_text",
              },
              "type": "header",
            },
            {
              "fields": [
                {
                  "text": "*Account*
    123456789012",
                  "type": "mrkdwn",
                  "verbatim": true,
                },
              ],
              "type": "section",
            },
            {
              "text": {
                "text": "\`\`\`Threshold Crossed\`\`\`",
                "type": "mrkdwn",
                "verbatim": true,
              },
              "type": "section",
            },
            {
              "elements": [
                {
                  "text": "CloudWatch · <!date^1795241565^{date_short_pretty} {time_secs}|2026-11-21T06:12:45.000Z> · <https://ap-northeast-2.console.aws.amazon.com/x?a=1&amp;b=2|Open in the console>",
                  "type": "mrkdwn",
                  "verbatim": true,
                },
              ],
              "type": "context",
            },
          ],
          "color": "#a30200",
          "fallback": "ALARM: prod-alb-5xx",
        },
      ],
      "text": "CloudWatch: ALARM: prod-alb-5xx",
    }
  `);
});

test.each([
  ["good", "#2eb886"],
  ["info", "#439fe0"],
  ["warning", "#daa038"],
  ["critical", "#a30200"],
] as const)("%s is %s", (severity, color) => expect(messageOf({ ...notice, severity }).attachments[0]?.color).toBe(color));

test.each(["<!channel>", "<!here>", "<@U012AB3CD>", "<https://evil.example|Open in the console>", "```<!everyone>```", "a & b"])(
  "%s reaches nobody, wherever it stands",
  (hostile) => {
    const everywhere: Notice = {
      ...notice,
      source: hostile,
      title: hostile,
      facts: [[`F`, hostile]],
      details: hostile,
    };
    // The header takes no markup; all the rest does.
    const { text, attachments } = messageOf(everywhere);
    const marked = JSON.stringify([text, attachments[0]?.fallback, attachments[0]?.blocks.slice(1), wordsOf(everywhere)]);
    expect(marked.replaceAll(/<!date\^|<https:\/\/ap-northeast-2\.console\.aws\.amazon\.com\//g, "")).not.toMatch(/<[!@#h]/);
    expect(attachments[0]?.blocks[0]?.text).toMatchObject({ type: "plain_text" });
    // Its own fences would end ours.
    expect(attachments[0]?.blocks[2]?.text?.text.split("```")).toHaveLength(3);
  },
);

test("a huge notice keeps Slack's limits, and says that it was cut", () => {
  const huge = "<é😀`".repeat(50_000);
  const facts = Array.from({ length: 40 }, (_, at): [string, string] => [`Fact ${at}`, huge]);
  const message = messageOf({ ...notice, title: huge, facts, details: huge });
  const [header, section, details] = message.attachments[0]?.blocks ?? [];
  expect(header?.text?.text.length).toBeLessThanOrEqual(150);
  expect(section?.fields).toHaveLength(10);
  for (const field of section?.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2000);
  expect(details?.text?.text.length).toBeLessThanOrEqual(3000);
  expect(details?.text?.text).toContain("characters)");
  expect(JSON.stringify(message).length).toBeLessThan(16_000);
  expect(wordsOf({ ...notice, details: huge }).text.length).toBeLessThanOrEqual(3000);
});

test.each([
  ["short", 5, "short"],
  [`ab😀${"x".repeat(40)}`, 21, "ab … (44 characters)"],
  [`a&lt;${"x".repeat(40)}`, 22, "a … (45 characters)"],
])("%j within %i characters is %j", (text, limit, expected) => expect(cut(text, limit)).toBe(expected));

test("what has nothing to say still makes a message that Slack takes", () => {
  const { attachments } = messageOf({
    source: "AWS",
    severity: "info",
    title: " ",
    facts: [],
    time: "not a time",
  });
  expect(attachments[0]?.blocks.map(({ type }) => type)).toEqual(["header", "context"]);
  expect(attachments[0]?.blocks[0]?.text?.text).toBe("(no title)");
});

test.each([
  ["topic before all", { "shared-alarms": "#a", "CloudWatch/critical": "#b", default: "#d" }, "#a"],
  ["source with severity", { "CloudWatch/critical": "#b", CloudWatch: "#c", default: "#d" }, "#b"],
  ["source", { CloudWatch: "#c", critical: "#e", default: "#d" }, "#c"],
  ["severity", { critical: "#e", default: "#d" }, "#e"],
  ["default", { good: "#x", default: "#d" }, "#d"],
  ["none", { good: "#x" }, undefined],
])("channel by %s", (_, channels, expected) => {
  expect(channelFor(channelsOf(JSON.stringify(channels)), notice, "shared-alarms")).toBe(expected);
});

test("a topic cannot choose what is not in the map", () => expect(channelFor({ default: "#d" }, notice, "toString")).toBe("#d"));

test.each(["[]", "{}", "null", '"#x"', '{"default": 7}'])("SLACK_CHANNELS of %s is refused", (json) => {
  expect(() => channelsOf(json)).toThrow('Write it as {"default": "#platform"}');
});
