/** Options of KEDA. */
import { z } from "zod";
import { arn, roleArn } from "../forms.ts";
import { options } from "./common.ts";

export const keda = options(
  {
    queues: z.array(arn).default([]).describe("SQS queues whose length it may read"),
    cloudWatch: z
      .boolean()
      .default(false)
      .describe("Whether it may read CloudWatch metrics, all of the account: IAM has no resource level"),
    roles: z
      .array(roleArn)
      .default([])
      .describe("Roles that it may assume for scalers with an identity of their own (TriggerAuthentication)"),
  },
  [
    {},
    {
      queues: ["arn:aws:sqs:ap-northeast-2:111122223333:orders"],
      cloudWatch: true,
      roles: ["arn:aws:iam::111122223333:role/orders-scaler"],
    },
  ],
);
