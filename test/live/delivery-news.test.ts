/** News that never arrived, sent again: the script with the function itself, a Slack on loopback, and a queue of files in place of SQS. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { execa } from "execa";
import { type Loopback, loopback } from "../modules/ci/slack/slack.ts";
import { root } from "./command.ts";
import { pathWith } from "./delivery-tools.ts";
import { type Fakes, fakes } from "./fakes.ts";

let fake: Fakes;
let slack: Loopback;
let queue: string;
beforeEach(async () => {
  fake = fakes();
  slack = await loopback();
  queue = join(fake.folder, "queue");
  mkdirSync(queue);
  const handler = join(root, "modules/ci/slack/function/index.mjs");
  // A function that throws ends as Lambda tells it: an answer with FunctionError.
  const invoke = [
    `import { readFileSync, writeFileSync } from "node:fs"; import { handler } from ${JSON.stringify(handler)};`,
    'const [payload, said] = process.argv.slice(2); const event = JSON.parse(readFileSync(payload.replace("fileb://", ""), "utf8"));',
    "const end = (answer, result) => { writeFileSync(said, JSON.stringify(result)); console.log(JSON.stringify({ StatusCode: 200, ...answer })); };",
    'await handler(event).then((result) => end({}, result), (error) => end({ FunctionError: "Unhandled" }, { errorMessage: error.message }));',
  ];
  writeFileSync(join(fake.folder, "invoke.mjs"), invoke.join("\n"));
  fake.script(
    "aws",
    `case "$1 $2" in
      "sqs get-queue-url") [ "$4" = mainline-shared-slack-undelivered ] && echo https://sqs/queue ;;
      "sqs receive-message") message=$(ls ${queue} | head -n 1); [ -z "$message" ] || cat "${queue}/$message" ;;
      "lambda invoke") node ${join(fake.folder, "invoke.mjs")} "$6" "$9" ;;
      "sqs delete-message") rm "${queue}/$6" ;;
    esac`,
  );
});
afterEach(async () => {
  fake.remove();
  await slack.close();
});

/** Puts a message into the queue, as Lambda or SNS does. */
function keep(name: string, body: unknown): void {
  writeFileSync(join(queue, name), JSON.stringify({ MessageId: name, ReceiptHandle: name, Body: JSON.stringify(body) }));
}

const resend = (...words: readonly string[]) =>
  execa(join(root, "delivery/bin/resend-news"), words, {
    reject: false,
    env: { PATH: pathWith(fake.folder), SLACK_URL: slack.url },
  });

const topic = "arn:aws:sns:ap-northeast-2:111122223333:mainline-shared-ci-news";
const fromFunction = { Records: [{ EventSource: "aws:sns", Sns: { MessageId: "1", TopicArn: topic, Message: "the function failed" } }] };
const fromTopic = { Type: "Notification", MessageId: "2", TopicArn: topic, Message: "the topic could not hand it over" };

test("what the function failed with, and what the topic could not hand over, are told and gone", async () => {
  keep("a", fromFunction);
  keep("b", fromTopic);
  expect(await resend("mainline-shared-slack")).toMatchObject({ exitCode: 0, stdout: "2 told" });
  const texts = slack.sent.map(({ body }) => JSON.stringify(body));
  expect(texts).toEqual([expect.stringContaining("the function failed"), expect.stringContaining("the topic could not hand it over")]);
  expect(readdirSync(queue)).toEqual([]);
});

test.each([
  ["function", fromFunction],
  ["topic", fromTopic],
])("what fails again stays, from a %s", async (_, message) => {
  slack.answer({ status: 500 });
  keep("a", message);
  keep("b", fromTopic);
  const { exitCode, stderr } = await resend("mainline-shared-slack");
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("it fails again; 0 were told, the rest stays in the queue")]);
  expect(readdirSync(queue)).toEqual(["a", "b"]);
});

test("wrong use", async () => expect((await resend("no function")).exitCode).toBe(64));
