/** Every form of event becomes one notice: who, what, where, how bad. */
import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { noticeOf } from "../../../../modules/ci/slack/function/notice.mjs";
import { recordsOf } from "../../../../modules/ci/slack/function/records.mjs";
import * as events from "./events.ts";

function told(event: unknown) {
  const notices = recordsOf(event).map(noticeOf);
  expect(notices).toHaveLength(1);
  return notices[0];
}

const seoul = "https://ap-northeast-2.console.aws.amazon.com";

test.each([
  [
    "metric alarm",
    events.metricAlarm,
    "CloudWatch",
    "critical",
    "ALARM: prod-alb-5xx",
    `${seoul}/cloudwatch/home?region=ap-northeast-2#alarmsV2:alarm/prod-alb-5xx`,
  ],
  [
    "composite alarm that says it is a warning",
    events.compositeAlarm,
    "CloudWatch",
    "warning",
    "ALARM: prod-shop-unwell",
    `${seoul}/cloudwatch/home?region=ap-northeast-2#alarmsV2:alarm/prod-shop-unwell`,
  ],
  [
    "alarm that is over, by the bus",
    events.alarmByBus,
    "CloudWatch",
    "good",
    "OK: prod-node-cpu",
    `${seoul}/cloudwatch/home?region=ap-northeast-2#alarmsV2:alarm/prod-node-cpu`,
  ],
  [
    "failed pipeline",
    events.pipelineFailed,
    "CodePipeline",
    "critical",
    "FAILED: shop-api",
    `${seoul}/codesuite/codepipeline/pipelines/shop-api/executions/bb9bb2c9-2b6e-4d30-a6ce-1d4b6e9c1a4e/timeline`,
  ],
  [
    "approval by a notification rule",
    events.approvalNeeded,
    "CodePipeline",
    "warning",
    "shop-api waits for approval",
    `${seoul}/codesuite/codepipeline/pipelines/shop-api/executions/bb9bb2c9-2b6e-4d30-a6ce-1d4b6e9c1a4e/timeline`,
  ],
  [
    "approval by its action",
    events.approvalAsked,
    "CodePipeline",
    "warning",
    "shop-api waits for approval",
    events.approvalAsked.consoleLink,
  ],
  [
    "failed build",
    events.buildFailed,
    "CodeBuild",
    "critical",
    "FAILED: shop-api",
    `${seoul}/codesuite/codebuild/123456789012/projects/shop-api/build/shop-api%3A8745a7a9-c340-456a-9166-edf953571bEX`,
  ],
  [
    "failed deployment",
    events.deploymentFailed,
    "CodeDeploy",
    "critical",
    "FAILURE: shop-api to prod",
    `${seoul}/codesuite/codedeploy/deployments/d-AB1CD2EF3`,
  ],
  [
    "failed deployment by a trigger",
    events.deploymentTrigger,
    "CodeDeploy",
    "critical",
    "FAILED: shop-api to prod",
    `${seoul}/codesuite/codedeploy/deployments/d-75I7MBT7C`,
  ],
  [
    "GuardDuty",
    events.guardDutyFinding,
    "GuardDuty",
    "critical",
    "10.30.0.7 is performing SSH brute force attacks",
    `${seoul}/guardduty/home?region=ap-northeast-2#/findings?search=id%3D46ba0ac2845071e23ccdeb2ae03bfdea`,
  ],
  ["Security Hub", events.hubFinding, "Security Hub", "critical", "S3.8 bucket is public (and 1 more)", undefined],
  [
    "image scan",
    events.imageScanned,
    "ECR",
    "critical",
    "Scan of shop/shop-api:1.4.2: COMPLETE",
    `${seoul}/ecr/repositories/private/123456789012/shop/shop-api/_/image/sha256%3A7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234/details?region=ap-northeast-2`,
  ],
  ["sign-in of the root user", events.rootSignIn, "CloudTrail", "critical", "Console sign-in of the root user: Success", undefined],
  ["event of a service that has no reader", events.otherEvent, "aws.health", "info", "AWS Health Event", undefined],
])("%s", (_, event, source, severity, title, link) => {
  for (const form of [
    event,
    events.bySns(event),
    events.bySqs({ id: "1", message: event }),
    events.bySqs({ id: "1", message: event, raw: true }),
  ]) {
    const notice = told(form);
    expect({ ...notice, link: notice?.link }).toMatchObject({ source, severity, title, link });
  }
});

test.each([
  ["why a pipeline failed", events.pipelineFailed, "Build: Build terminated with state: FAILED"],
  ["what an approver is told", events.approvalNeeded, "Release notes are in the pull request"],
  ["why a build failed", events.buildFailed, "npm test. Reason: exit status 1"],
  ["why a deployment failed", events.deploymentTrigger, "too few healthy individual instances"],
  ["why an alarm went off, and what it means", events.metricAlarm, "More than 1 % of requests fail\n\nThreshold Crossed"],
  ["the detail of an unknown event", events.otherEvent, "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED"],
])("details: %s", (_, event, part) => expect(told(event)?.details).toContain(part));

test("an alarm names its metric, what it is on, and where", () => {
  expect(Object.fromEntries(told(events.bySns(events.metricAlarm))?.facts ?? [])).toEqual({
    Was: "OK",
    Metric: "AWS/ApplicationELB HTTPCode_ELB_5XX_Count",
    On: "LoadBalancer app/prod/50dc6c495c0c9188",
    Account: "123456789012",
    Region: "ap-northeast-2",
  });
});

test.each([
  ["SUCCEEDED", "good"],
  ["FAILED", "critical"],
  ["STOPPED", "warning"],
  ["SUPERSEDED", "info"],
  ["A_STATE_OF_TOMORROW", "info"],
])("a pipeline that is %s is %s", (state, severity) => {
  expect(told({ ...events.pipelineFailed, detail: { ...events.pipelineFailed.detail, state } })?.severity).toBe(severity);
});

test.each([
  [3.9, "info"],
  [4, "warning"],
  [7, "critical"],
  ["?", "info"],
])("a GuardDuty finding of severity %s is %s", (value, severity) => {
  expect(told({ ...events.guardDutyFinding, detail: { ...events.guardDutyFinding.detail, severity: value } })?.severity).toBe(severity);
});

test("lines of a log subscription come zipped", () => {
  const data = gzipSync(JSON.stringify(events.matchedLines)).toString("base64");
  const notice = told({ awslogs: { data } });
  expect(notice).toMatchObject({ title: "1 matching line in /aws/containerinsights/prod/application", severity: "warning" });
  expect(notice?.details).toBe("Out of memory: Killed process 4711 (java)");
  expect(told({ awslogs: { data: "not zipped" } })?.details).toBe("not zipped");
});

test.each([
  ["words", "AWS Budgets: dev has exceeded 80 %"],
  ["broken JSON", '{"AlarmName": "half'],
  ["JSON that is no object", "[1, 2]"],
  ["JSON of null", "null"],
  ["a known form with nothing in it", '{"approval": 7}'],
  ["an empty message", ""],
])("%s is told as it came, under its subject", (_, message) => {
  expect(told(events.bySns(message, "shared-budgets", "Budget"))).toEqual({
    source: "shared-budgets",
    severity: "info",
    title: "Budget",
    facts: [],
    details: message,
  });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a string", "x"],
  ["no records", { Records: [] }],
  ["a record of nothing", { Records: [null] }],
  ["a record without a message", { Records: [{ Sns: {} }] }],
  ["a pipeline without a detail", { detailType: "CodePipeline Pipeline Execution State Change" }],
  [
    "a build with wrong types",
    { "detail-type": "CodeBuild Build State Change", detail: { "additional-information": { phases: "x" }, "build-id": 7 } },
  ],
  ["findings that are none", { "detail-type": "Security Hub Findings - Imported", detail: { findings: "x" } }],
  ["an alarm whose dimensions are text", { AlarmName: "x", Trigger: { Dimensions: "y" } }],
])("no form makes it fail: %s", (_, event) => {
  expect(told(event)?.title).toEqual(expect.any(String));
});

test.each(["evil.example.com/#", "ap-northeast-2.evil.example", "", "x"])("a region of %j makes no address", (region) => {
  expect(told({ ...events.pipelineFailed, region })?.link).toBeUndefined();
});

test("a link that a message brings is followed into the console only", () => {
  const asked = { ...events.approvalAsked, consoleLink: "https://evil.example.com/console.aws.amazon.com/" };
  expect(told(asked)?.link).toBe("https://ap-northeast-2.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop-api/view");
});
