/** The whole function against a Slack on loopback: what it posts, and that nothing is lost where Slack says no. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { parsed } from "../../../../modules/ci/slack/function/credentials.mjs";
import { handler } from "../../../../modules/ci/slack/function/index.mjs";
import { post } from "../../../../modules/ci/slack/function/post.mjs";
import * as events from "./events.ts";
import { type Loopback, loopback } from "./slack.ts";

let slack: Loopback;
const own = { ...process.env };
beforeEach(async () => {
  slack = await loopback();
  process.env.SLACK_URL = slack.url;
});
afterEach(async () => {
  process.env = { ...own };
  await slack.close();
});

test.each([
  ["alarm", events.metricAlarm, "CloudWatch: ALARM: prod-alb-5xx"],
  ["pipeline", events.pipelineFailed, "CodePipeline: FAILED: shop-api"],
  ["deployment", events.deploymentFailed, "CodeDeploy: FAILURE: shop-api to prod"],
  ["words", "Something else happened", "shared-alarms: Message"],
])("%s becomes one message", async (_, event, text) => {
  await expect(handler(events.bySns(event))).resolves.toEqual({ batchItemFailures: [] });
  expect(slack.sent.map(({ body }) => body.text)).toEqual([text]);
});

test("an event of 256 KB, the most that SNS takes, is one message", async () => {
  await handler(events.bySns({ ...events.metricAlarm, NewStateReason: "x".repeat(256 * 1024) }));
  expect(slack.sent).toHaveLength(1);
});

test("SLACK_CHANNELS says where each goes", async () => {
  process.env.SLACK_CHANNELS = '{"default": "#platform", "critical": "#oncall"}';
  await handler(events.bySns(events.metricAlarm));
  await handler(events.bySns(events.otherEvent));
  expect(slack.sent.map(({ body }) => body.channel)).toEqual(["#oncall", "#platform"]);
});

test.each([
  ["is busy", { status: 429, body: "rate_limited", headers: { "retry-after": "30" } }, "429 rate_limited, and asks to wait 30 s"],
  ["is broken", { status: 503, body: "down" }, "503 down"],
  ["hangs up", { status: 0, hangsUp: true }, "0 nothing"],
  ["does not know the webhook", { status: 404, body: "no_service" }, "404 no_service"],
  ["says no with status 200", { status: 200, body: '{"ok":false,"error":"ratelimited"}' }, "ratelimited"],
  ["sends it elsewhere", { status: 302, headers: { location: "http://127.0.0.1:1/" } }, "0 nothing"],
])("where Slack %s it fails, so that Lambda tries again", async (_, answer, reason) => {
  slack.answer(answer);
  await expect(handler(events.bySns(events.metricAlarm))).rejects.toThrow(reason);
  // The second try of Lambda.
  await expect(handler(events.bySns(events.metricAlarm))).resolves.toEqual({ batchItemFailures: [] });
});

test("where Slack asks to wait a little, it waits, and once", async () => {
  slack.answer({ status: 429, headers: { "retry-after": "0" } });
  await expect(handler(events.bySns(events.metricAlarm))).resolves.toEqual({ batchItemFailures: [] });
  slack.answer({ status: 429, headers: { "retry-after": "0" } }, { status: 429, headers: { "retry-after": "0" } });
  await expect(handler(events.bySns(events.metricAlarm))).rejects.toThrow("429");
  expect(slack.sent).toHaveLength(4);
});

test("of a batch of a queue only the message that failed comes back, and the others are told", async () => {
  slack.answer({ status: 200, body: "ok" }, { status: 500, body: "oops" });
  const batch = events.bySqs(
    { id: "first", message: events.metricAlarm },
    { id: "second", message: events.pipelineFailed },
    { id: "third", message: "words", raw: true },
  );
  await expect(handler(batch)).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: "second" }] });
  expect(slack.sent).toHaveLength(3);
});

test("blocks that Slack refuses go out in words", async () => {
  slack.answer({ status: 400, body: "invalid_blocks" });
  await handler(events.bySns(events.metricAlarm));
  expect(slack.sent.map(({ body }) => body.attachments !== undefined)).toEqual([true, false]);
  expect(slack.sent[1]?.body.text).toContain("Threshold Crossed");
});

test("no error holds the address or the token", async () => {
  await slack.close();
  const secret = `${slack.url}/services/T000/B000/very-secret`;
  const attempt = post({ url: secret, token: "xoxb-very-secret" }, "#x", {}, {});
  await expect(attempt).rejects.toThrow("Slack answered 0 nothing (ECONNREFUSED) for #x");
  slack = await loopback();
});

test.each([
  ["webhook", " https://hooks.slack.com/services/T/B/x\n", { url: "https://hooks.slack.com/services/T/B/x" }],
  ["token", "xoxb-1-2", { url: "https://slack.com/api/chat.postMessage", token: "xoxb-1-2" }],
  ["webhooks", '{"webhooks": {"default": "https://hooks.slack.com/1"}}', { webhooks: { default: "https://hooks.slack.com/1" } }],
])("a secret is a %s", (_, text, credentials) => expect(parsed(text)).toEqual(credentials));

test.each(["", "hunter2", "http://hooks.slack.com/x", "{}", '{"webhooks": {}}', '{"webhooks": {"#a": "http://x"}}'])(
  "a secret of %j is refused without being told",
  (text) => {
    expect(() => parsed(text)).toThrow(/^The secret in SLACK_SECRET_ARN is neither a webhook \(https:\/\/\.\.\.\), nor a token/);
    expect(() => parsed(text)).not.toThrow("hunter2");
  },
);

test("a webhook per channel: its own, else the default one, else an error", async () => {
  const webhooks = { "#a": `${slack.url}/a`, default: `${slack.url}/rest` };
  await post({ webhooks }, "#a", {}, {});
  await post({ webhooks }, "#b", {}, {});
  expect(slack.sent.map(({ path }) => path)).toEqual(["/a", "/rest"]);
  await expect(post({ webhooks: { "#a": slack.url } }, "#b", {}, {})).rejects.toThrow('no webhook for #b, and none named "default"');
});

let manager: Loopback;
beforeAll(async () => {
  manager = await loopback({ status: 200, body: JSON.stringify({ SecretString: "xoxb-from-the-secret" }) });
});
afterAll(() => manager.close());

test("the credentials come from Secrets Manager by the SDK, once", async () => {
  const { credentialsOf } = await import("../../../../modules/ci/slack/function/credentials.mjs");
  Object.assign(process.env, {
    AWS_REGION: "ap-northeast-2",
    AWS_ENDPOINT_URL: manager.url,
    AWS_ACCESS_KEY_ID: "x",
    AWS_SECRET_ACCESS_KEY: "y",
  });
  delete process.env.SLACK_URL;
  const arn = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:shared-slack-AbCdEf";
  manager.answer({ status: 400, body: '{"__type":"ResourceNotFoundException"}' });
  await expect(credentialsOf(arn, undefined)).rejects.toThrow();
  const both = [await credentialsOf(arn, undefined), await credentialsOf(arn, undefined)];
  expect(both).toEqual(Array(2).fill({ url: "https://slack.com/api/chat.postMessage", token: "xoxb-from-the-secret" }));
  expect(manager.sent.map(({ body }) => body.SecretId)).toEqual([arn, arn]);
  await expect(credentialsOf(undefined, undefined)).rejects.toThrow("SLACK_SECRET_ARN is not set");
});
