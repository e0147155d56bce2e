/** Alarms of CloudWatch, in the forms that AWS documents. Sources stand beside each. */
import { account, arn, region } from "./place.ts";

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
