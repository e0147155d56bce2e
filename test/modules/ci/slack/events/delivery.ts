/** News of builds, pipelines and deployments, in the forms that AWS documents. Sources stand beside each. */
import { account, arn, region } from "./place.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html, as a notification rule sends it:
 * https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html */
const ruled = (service: string, kind: string, resource: string, detail: object, additionalAttributes: object = {}) => ({
  account,
  detailType: kind,
  region,
  source: `aws.${service}`,
  time: "2026-11-21T06:12:45Z",
  notificationRuleArn: arn("codestar-notifications", "notificationrule/9c1fbc1f7a3b4bfa"),
  detail,
  resources: [resource],
  additionalAttributes,
});

export const pipelineFailed = ruled(
  "codepipeline",
  "CodePipeline Pipeline Execution State Change",
  arn("codepipeline", "shop-api"),
  { pipeline: "shop-api", "execution-id": "bb9bb2c9-2b6e-4d30-a6ce-1d4b6e9c1a4e", state: "FAILED", version: 3 },
  {
    failedActionCount: 1,
    failedActions: [{ action: "Build", additionalInformation: "Build terminated with state: FAILED" }],
    failedStage: "Build",
  },
);

export const approvalNeeded = ruled(
  "codepipeline",
  "CodePipeline Action Execution State Change",
  arn("codepipeline", "shop-api"),
  {
    pipeline: "shop-api",
    "execution-id": "bb9bb2c9-2b6e-4d30-a6ce-1d4b6e9c1a4e",
    stage: "Approve",
    action: "Release",
    state: "STARTED",
    type: { owner: "AWS", category: "Approval", provider: "Manual", version: "1" },
    version: 3,
  },
  { customData: "Release notes are in the pull request", externalEntityLink: "https://github.com/example/shop-api/pull/7" },
);

export const deploymentFailed = ruled(
  "codedeploy",
  "CodeDeploy Deployment State-change Notification",
  arn("codedeploy", "application:shop-api"),
  {
    region,
    deploymentId: "d-AB1CD2EF3",
    instanceGroupId: "9fd2fbef-2157-40d8-91e7-6845af69e2d2",
    deploymentGroup: "prod",
    state: "FAILURE",
    application: "shop-api",
  },
);

/** https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html */
export const buildFailed = {
  version: "0",
  id: "c030038d-8c4d-6141-9545-00ff7b7153EX",
  "detail-type": "CodeBuild Build State Change",
  source: "aws.codebuild",
  account,
  time: "2026-11-21T06:12:45Z",
  region,
  resources: [arn("codebuild", "build/shop-api:8745a7a9-c340-456a-9166-edf953571bEX")],
  detail: {
    "build-status": "FAILED",
    "project-name": "shop-api",
    "build-id": arn("codebuild", "build/shop-api:8745a7a9-c340-456a-9166-edf953571bEX"),
    "additional-information": {
      initiator: "codepipeline/shop-api",
      "source-version": "main",
      phases: [
        { "phase-context": [], "phase-type": "INSTALL", "phase-status": "SUCCEEDED" },
        {
          "phase-context": ["COMMAND_EXECUTION_ERROR: Error while executing command: npm test. Reason: exit status 1"],
          "phase-type": "BUILD",
          "phase-status": "FAILED",
        },
      ],
    },
    "current-phase": "COMPLETED",
  },
};

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications-json-format.html */
export const deploymentTrigger = {
  region,
  accountId: account,
  eventTriggerName: "to-slack",
  applicationName: "shop-api",
  deploymentId: "d-75I7MBT7C",
  deploymentGroupName: "prod",
  createTime: "Fri Nov 20 09:12:45 UTC 2026",
  deploymentOverview: '{"Failed":1,"InProgress":0,"Pending":0,"Skipped":0,"Succeeded":1}',
  status: "FAILED",
  errorInformation: '{"ErrorCode":"HEALTH_CONSTRAINTS","ErrorMessage":"too few healthy individual instances"}',
};

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-json-format.html */
export const approvalAsked = {
  region,
  consoleLink: `https://console.aws.amazon.com/codepipeline/home?region=${region}#/view/shop-api`,
  approval: {
    pipelineName: "shop-api",
    stageName: "Approve",
    actionName: "Release",
    token: "12345678-abcd",
    expires: "2026-11-28T06:12Z",
    externalEntityLink: "https://github.com/example/shop-api/pull/7",
    approvalReviewLink: `https://console.aws.amazon.com/codepipeline/home?region=${region}#/view/shop-api/Approve/Release/approve/12345678-abcd`,
    customData: "Release notes are in the pull request",
  },
};
