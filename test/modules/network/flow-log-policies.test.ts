import { expect, test } from "@jest/globals";
import { flowLogKeyPolicy } from "../../../modules/network/flow-log-key.ts";
import { delivery } from "../../../modules/network/flow-logs-archive.ts";

const place = { account: "111122223333", region: "ap-northeast-2" };

interface KeyStatement {
  readonly Principal: { readonly Service?: string; readonly AWS?: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

test("the key serves the account, its log group and log delivery for its account, nobody else", () => {
  const statements: readonly KeyStatement[] = JSON.parse(flowLogKeyPolicy(place, "/aws/vpc/flow-logs")).Statement;
  expect(statements.map(({ Principal, Condition }) => [Principal.Service ?? Principal.AWS, Condition])).toEqual([
    ["arn:aws:iam::111122223333:root", undefined],
    [
      "logs.ap-northeast-2.amazonaws.com",
      { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/vpc/flow-logs" } },
    ],
    [
      "delivery.logs.amazonaws.com",
      {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:logs:ap-northeast-2:111122223333:*" },
      },
    ],
  ]);
});

test("delivery writes to the whole bucket, so that EC2 adds no statements of its own, and only for this account", () => {
  const statements = delivery("arn:aws:s3:::logs", place);
  expect(statements.map(({ actions, resources }) => [actions, resources])).toEqual([
    [["s3:PutObject"], ["arn:aws:s3:::logs/*"]],
    [["s3:GetBucketAcl", "s3:ListBucket"], ["arn:aws:s3:::logs"]],
  ]);
  expect(statements.map(({ condition }) => condition?.StringEquals?.["aws:SourceAccount"])).toEqual(["111122223333", "111122223333"]);
});
