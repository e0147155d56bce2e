/** Events in the forms that AWS documents, with names of ours. Sources stand beside each. */

const account = "123456789012";
const region = "ap-northeast-2";
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;

/** A message of SNS as Lambda gets it: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function bySns(message: unknown, topic = "shared-alarms", subject = ""): object {
  const Message = typeof message === "string" ? message : JSON.stringify(message);
  return {
    Records: [
      {
        EventVersion: "1.0",
        EventSubscriptionArn: `${arn("sns", topic)}:21be56ed-a058-49f5-8c98-aedd2564c486`,
        EventSource: "aws:sns",
        Sns: { MessageId: `id-of-${topic}`, TopicArn: arn("sns", topic), Subject: subject || null, Message, Type: "Notification" },
      },
    ],
  };
}

/** The same by a queue that is subscribed to the topic, raw or in its envelope: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function bySqs(...messages: readonly { readonly id: string; readonly message: unknown; readonly raw?: boolean }[]): object {
  const body = ({ message, raw }: (typeof messages)[number]) => {
    const Message = typeof message === "string" ? message : JSON.stringify(message);
    return raw ? Message : JSON.stringify({ Type: "Notification", TopicArn: arn("sns", "shared-alarms"), Message });
  };
  return { Records: messages.map((one) => ({ messageId: one.id, receiptHandle: "AQEB", body: body(one), eventSource: "aws:sqs" })) };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
export const metricAlarm = {
  AlarmName: "prod-alb-5xx",
  AlarmDescription: "More than 1 % of requests fail",
  AWSAccountId: account,
  AlarmConfigurationUpdatedTimestamp: "2026-11-20T10:00:00.000+0000",
  NewStateValue: "ALARM",
  NewStateReason: "Threshold Crossed: 3 out of the last 3 datapoints [2.1, 3.0, 2.4] were greater than the threshold (1.0).",
  StateChangeTime: "2026-11-21T06:12:45.123+0000",
  Region: "Asia Pacific (Seoul)",
  AlarmArn: arn("cloudwatch", "alarm:prod-alb-5xx"),
  OldStateValue: "OK",
  OKActions: [],
  AlarmActions: [arn("sns", "shared-alarms")],
  Trigger: {
    MetricName: "HTTPCode_ELB_5XX_Count",
    Namespace: "AWS/ApplicationELB",
    StatisticType: "Statistic",
    Statistic: "SUM",
    Unit: null,
    Dimensions: [{ value: "app/prod/50dc6c495c0c9188", name: "LoadBalancer" }],
    Period: 60,
    EvaluationPeriods: 3,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 1,
    TreatMissingData: "notBreaching",
  },
};

export const compositeAlarm = {
  AlarmName: "prod-shop-unwell",
  AlarmDescription: "severity=warning",
  AWSAccountId: account,
  NewStateValue: "ALARM",
  NewStateReason: "arn:aws:cloudwatch:… transitioned to ALARM",
  StateChangeTime: "2026-11-21T06:12:45.123+0000",
  Region: "Asia Pacific (Seoul)",
  AlarmArn: arn("cloudwatch", "alarm:prod-shop-unwell"),
  OldStateValue: "OK",
  AlarmRule: 'ALARM("prod-alb-5xx") OR ALARM("prod-alb-latency")',
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export const alarmByBus = {
  version: "0",
  id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
  "detail-type": "CloudWatch Alarm State Change",
  source: "aws.cloudwatch",
  account,
  time: "2026-11-21T06:12:45Z",
  region,
  resources: [arn("cloudwatch", "alarm:prod-node-cpu")],
  detail: {
    alarmName: "prod-node-cpu",
    configuration: {
      description: "Nodes are busy",
      metrics: [
        {
          id: "one",
          metricStat: {
            metric: { namespace: "AWS/EC2", name: "CPUUtilization", dimensions: { InstanceId: "i-0123" } },
            period: 300,
            stat: "Average",
          },
          returnData: true,
        },
      ],
    },
    previousState: { value: "ALARM", timestamp: "2026-11-21T06:02:45.123+0000" },
    state: {
      value: "OK",
      reason: "Threshold Crossed: 1 datapoint [12.0] was not greater than the threshold (80.0).",
      timestamp: "2026-11-21T06:12:45.123+0000",
    },
  },
};

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

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_cloudwatch.html */
export const guardDutyFinding = {
  "detail-type": "GuardDuty Finding",
  source: "aws.guardduty",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  detail: {
    id: "46ba0ac2845071e23ccdeb2ae03bfdea",
    accountId: account,
    severity: 8,
    type: "UnauthorizedAccess:EC2/SSHBruteForce",
    title: "10.30.0.7 is performing SSH brute force attacks",
    description: "An instance tries many keys.",
    resource: { resourceType: "Instance" },
  },
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
export const hubFinding = {
  "detail-type": "Security Hub Findings - Imported",
  source: "aws.securityhub",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  detail: {
    findings: [
      {
        Title: "S3.8 bucket is public",
        Severity: { Label: "HIGH" },
        ProductName: "Security Hub",
        AwsAccountId: account,
        Resources: [{ Id: "arn:aws:s3:::x" }],
      },
      { Title: "another", Severity: { Label: "LOW" } },
    ],
  },
};

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export const imageScanned = {
  "detail-type": "ECR Image Scan",
  source: "aws.ecr",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  resources: [arn("ecr", "repository/shop/shop-api")],
  detail: {
    "scan-status": "COMPLETE",
    "repository-name": "shop/shop-api",
    "finding-severity-counts": { CRITICAL: 1, MEDIUM: 9 },
    "image-digest": "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234",
    "image-tags": ["1.4.2"],
  },
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export const rootSignIn = {
  "detail-type": "AWS Console Sign In via CloudTrail",
  source: "aws.signin",
  account,
  region: "us-east-1",
  time: "2026-11-21T06:12:45Z",
  detail: {
    eventName: "ConsoleLogin",
    eventTime: "2026-11-21T06:12:40Z",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.7",
    userIdentity: { type: "Root", accountId: account, arn: `arn:aws:iam::${account}:root` },
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "Yes" },
  },
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export const matchedLines = {
  messageType: "DATA_MESSAGE",
  owner: account,
  logGroup: "/aws/containerinsights/prod/application",
  logStream: "node-1",
  subscriptionFilters: ["oom"],
  logEvents: [{ id: "3195", timestamp: 1, message: "Out of memory: Killed process 4711 (java)\n" }],
};

/** An event of a service that has no reader. */
export const otherEvent = {
  "detail-type": "AWS Health Event",
  source: "aws.health",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  resources: ["i-0123"],
  detail: { service: "EC2", eventTypeCode: "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED" },
};
