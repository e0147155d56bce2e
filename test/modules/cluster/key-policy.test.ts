import { expect, test } from "@jest/globals";
import { clusterKeyPolicy } from "../../../modules/cluster/key-policy.ts";

interface Rendered {
  readonly Principal: string | Record<string, string>;
  readonly Action: string | string[];
  readonly Condition?: Readonly<Partial<Record<"StringEquals" | "ArnEquals" | "Bool", Record<string, string>>>>;
}

const policy = clusterKeyPolicy({ account: "111122223333", region: "ap-northeast-2", logGroupArn: "arn:log-group" });
const statements: Rendered[] = JSON.parse(policy).Statement;
const about = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));

test("Auto Scaling may start encrypted nodes although its role may not exist yet", () => {
  const [grant] = about("kms:CreateGrant");
  expect(grant?.Condition).toEqual({
    StringEquals: { "kms:CallerAccount": "111122223333" },
    ArnEquals: {
      "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    },
    Bool: { "kms:GrantIsForAWSResource": "true" },
  });
  expect(JSON.stringify(statements.map(({ Principal }) => Principal))).not.toContain("aws-service-role");
});

test("whoever is not named has conditions: one account and one principal", () => {
  const anybody = statements.filter(({ Principal }) => Principal === "*");
  expect(anybody).toHaveLength(2);
  for (const { Condition } of anybody) {
    expect(Condition?.StringEquals).toHaveProperty(["kms:CallerAccount"]);
    expect(Condition?.ArnEquals).toHaveProperty(["aws:PrincipalArn"]);
  }
});

test("CloudWatch Logs may use it for the cluster's log group only", () => {
  const logs = statements.filter(({ Principal }) => JSON.stringify(Principal).includes("logs.ap-northeast-2.amazonaws.com"));
  expect(logs).toHaveLength(1);
  expect(logs[0]?.Condition).toEqual({ ArnEquals: { "kms:EncryptionContext:aws:logs:arn": "arn:log-group" } });
});
