import type { Rights } from "../../../support/iam.ts";

const here = { "aws:RequestedRegion": "ap-northeast-2" };
const workspace = (id: string) => `arn:aws:aps:ap-northeast-2:111122223333:workspace/${id}`;

export const rights: Rights = {
  needed: {
    "show metrics of load balancers": { action: "cloudwatch:GetMetricData", resource: "*", context: here },
    "list metrics": { action: "cloudwatch:ListMetrics", resource: "*", context: here },
    "show alarms at a panel": { action: "cloudwatch:DescribeAlarmsForMetric", resource: "*", context: here },
    "list load balancers by tag": { action: "tag:GetResources", resource: "*", context: here },
    "list instances": { action: "ec2:DescribeInstances", resource: "*", context: here },
    "send samples": { action: "aps:RemoteWrite", resource: workspace("ws-1234abcd") },
  },
  forbidden: {
    "metrics of another region": { action: "cloudwatch:GetMetricData", resource: "*", context: { "aws:RequestedRegion": "us-east-1" } },
    "write metrics": { action: "cloudwatch:PutMetricData", resource: "*", context: here },
    "silence an alarm": {
      action: "cloudwatch:DisableAlarmActions",
      resource: "arn:aws:cloudwatch:ap-northeast-2:111122223333:alarm:root-login",
      context: here,
    },
    "read logs": { action: "logs:GetLogEvents", resource: "arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/eks/it:log-stream:a" },
    "another workspace": { action: "aps:RemoteWrite", resource: workspace("ws-fffffff0") },
    "read samples back": { action: "aps:QueryMetrics", resource: workspace("ws-1234abcd") },
    "delete the workspace": { action: "aps:DeleteWorkspace", resource: workspace("ws-1234abcd") },
    "tag things": { action: "tag:TagResources", resource: "*", context: here },
    "take a role": { action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
