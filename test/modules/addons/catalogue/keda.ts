import type { Rights } from "../../../support/iam.ts";

const queue = (name: string) => `arn:aws:sqs:ap-northeast-2:111122223333:${name}`;
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

export const rights: Rights = {
  needed: {
    "read a queue's length": { action: "sqs:GetQueueAttributes", resource: queue("orders") },
    "read metrics": { action: "cloudwatch:GetMetricData", resource: "*" },
    "become a scaler": { action: "sts:AssumeRole", resource: role("orders-scaler") },
  },
  forbidden: {
    "read another queue's length": { action: "sqs:GetQueueAttributes", resource: queue("payments") },
    "read messages": { action: "sqs:ReceiveMessage", resource: queue("orders") },
    "delete messages": { action: "sqs:DeleteMessage", resource: queue("orders") },
    "delete the queue": { action: "sqs:DeleteQueue", resource: queue("orders") },
    "write metrics": { action: "cloudwatch:PutMetricData", resource: "*" },
    "become another role": { action: "sts:AssumeRole", resource: role("devops") },
    "read secrets": {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:mainline/test/argocd-AbCdEf",
    },
  },
};
