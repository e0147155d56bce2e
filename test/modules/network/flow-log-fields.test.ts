import { expect, test } from "@jest/globals";
import { column, flowLogFields, flowLogFormat, literal, rejectedPattern } from "../../../modules/network/flow-log-fields.ts";
import { projection } from "../../../modules/network/flow-log-partitions.ts";

test("the format begins like the default one, and Terraform reads it as text", () => {
  expect(flowLogFormat()).toMatch(/^\$\$\{version\} \$\$\{account-id\} \$\$\{interface-id\} \$\$\{srcaddr\} /);
  expect(flowLogFormat().replaceAll("$${", "")).not.toContain("${");
});

test("the pattern names every field of the format, so that positions fit", () => {
  const names = rejectedPattern(22)
    .slice(1, -1)
    .split(", ")
    .map((part) => part.replace(/=.*/, ""));
  expect(names).toEqual(flowLogFields.map(({ name }) => column(name)));
  expect(rejectedPattern(22)).toContain('dstport="22", protocol="6"');
  expect(rejectedPattern(22)).toContain('action="REJECT"');
});

test("literal text loses nothing but its meaning for Terraform", () => {
  expect(literal(`a \${b} $c`)).toBe(`a $\${b} $c`);
});

test("partitions follow the hive-compatible path of flow logs", () => {
  const { location, parameters, keys } = projection("logs", { account: "111122223333", region: "ap-northeast-2" });
  expect(location).toBe("s3://logs/AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=ap-northeast-2");
  expect(parameters["storage.location.template"]).toBe(`${location}/year=$\${year}/month=$\${month}/day=$\${day}`);
  expect(parameters).toMatchObject({ "projection.enabled": "true", "projection.month.range": "1,12", "projection.month.digits": "2" });
  expect(keys).toEqual(["year", "month", "day"]);
});
