/** Slack by a function of ours: from the topic to a channel. What it cannot post is tried again, then kept in a queue, and an alarm says so. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import { escaped } from "../../addons/values.ts";
import { allow, by, policyDocument, type Statement, trust } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";
import { functionCode } from "./function-code.ts";

type LambdaConfig = NonNullable<NonNullable<CiConfig["notifications"]>["lambda"]>;

export interface SlackFunctionSettings {
  readonly context: CiContext;
  readonly config: LambdaConfig;
  readonly topicArn: string;
  readonly keyArn: string;
  /** Bucket of artifacts, in which the code lies. */
  readonly bucket: string;
}

/** SQS's longest, in seconds: two weeks in which somebody can look. */
const keepSeconds = 1_209_600;
const logDays = 90;

export class SlackFunction extends Construct {
  constructor(scope: Construct, id: string, settings: SlackFunctionSettings) {
    super(scope, id);
    const { context, config, topicArn, keyArn, bucket } = settings;
    const name = context.named("slack");
    const queue = new SqsQueue(this, "undelivered", {
      name: `${name}-undelivered`,
      kmsMasterKeyId: keyArn,
      messageRetentionSeconds: keepSeconds,
    });
    new SqsQueuePolicy(this, "undelivered-policy", { queueUrl: queue.id, policy: undeliveredPolicy(queue.arn, topicArn) });
    const log = new CloudwatchLogGroup(this, "log", { name: `/aws/lambda/${name}`, retentionInDays: logDays, kmsKeyId: keyArn });
    const role = new CiRole(this, "identity", {
      name,
      description: "Tells Slack what happens in CI",
      trust: [trust("the function", { service: ["lambda.amazonaws.com"] })],
      statements: functionRights({ logGroupArn: log.arn, secretArn: config.secret, queueArn: queue.arn, keyArn, ...context }),
    });
    const code = functionCode();
    // The archive is in the JSON itself: no file beside it that a copy, a pull request's plan or another machine could lack.
    const archive = new S3Object(this, "code", {
      bucket,
      key: `functions/slack-${code.version}.zip`,
      contentBase64: code.content,
      kmsKeyId: keyArn,
    });
    const slack = new LambdaFunction(this, "function", {
      functionName: name,
      description: "Tells Slack what happens in CI",
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      s3Bucket: bucket,
      s3Key: archive.key,
      sourceCodeHash: code.hash,
      memorySize: 256,
      // Slack may ask to wait for half a minute before the next message.
      timeout: 60,
      // Slack takes a message a second and channel; of more at once the rest is told to wait, and comes again.
      ...(config.concurrency !== undefined && { reservedConcurrentExecutions: config.concurrency }),
      environment: { variables: { SLACK_SECRET_ARN: config.secret, SLACK_CHANNELS: escaped(JSON.stringify(config.channels)) } },
      loggingConfig: { logFormat: "JSON", logGroup: log.name },
      deadLetterConfig: { targetArn: queue.arn },
      kmsKeyArn: keyArn,
      dependsOn: [...role.rights],
    });
    new LambdaFunctionEventInvokeConfig(this, "retries", {
      functionName: slack.functionName,
      maximumRetryAttempts: 2,
      // News of an hour ago is in the queue, not in the channel.
      maximumEventAgeInSeconds: 3600,
    });
    new LambdaPermission(this, "from-topic", {
      statementId: "topic",
      action: "lambda:InvokeFunction",
      functionName: slack.functionName,
      principal: "sns.amazonaws.com",
      sourceArn: topicArn,
    });
    new SnsTopicSubscription(this, "subscription", {
      topicArn,
      protocol: "lambda",
      endpoint: slack.arn,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: queue.arn }),
    });
    new CloudwatchMetricAlarm(this, "silent", {
      alarmName: `${name}-undelivered`,
      alarmDescription: "News of CI did not reach Slack; it is in the queue of the same name",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queue.name },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      // By the same topic: it also goes by mail and Chatbot, where the environment has them.
      alarmActions: [topicArn],
    });
  }
}

/** What SNS could not hand to the function. */
export function undeliveredPolicy(queueArn: string, topicArn: string): string {
  return policyDocument(
    by(
      { service: ["sns.amazonaws.com"] },
      allow("messages of this one topic", "sqs:SendMessage", queueArn, { ArnEquals: { "aws:SourceArn": topicArn } }),
    ),
  );
}

interface FunctionScope {
  readonly logGroupArn: string;
  readonly secretArn: string;
  readonly queueArn: string;
  readonly keyArn: string;
  readonly account: string;
  readonly region: string;
}

export function functionRights({ logGroupArn, secretArn, queueArn, keyArn, account, region }: FunctionScope): readonly Statement[] {
  return [
    allow("its own log", ["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroupArn}:*`),
    allow("Slack's address or token", "secretsmanager:GetSecretValue", secretArn),
    // Through Secrets Manager only, which asks for the right to this one secret.
    allow("the same, where a key of the account encrypts it", "kms:Decrypt", `arn:aws:kms:${region}:${account}:key/*`, {
      StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
    }),
    allow("what it could not post", "sqs:SendMessage", queueArn),
    allow("its settings and the queue are encrypted", ["kms:Decrypt", "kms:GenerateDataKey"], keyArn),
  ];
}
