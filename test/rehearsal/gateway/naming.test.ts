import { expect, test } from "@jest/globals";
import { bucketOf, keyOf, pathStyle } from "../../../rehearsal/gateway/path-style.ts";
import { actionOf, failure } from "../../../rehearsal/gateway/protocol.ts";
import { scopeOf } from "../../../rehearsal/gateway/signature.ts";
import { json, query, region, rest } from "./requests.ts";

const header = (scope: string) => ({ authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` });
const form = { "content-type": "application/x-www-form-urlencoded" };
const plain = "http://aws.rehearsal.invalid/";

test.each([
  ["a header", plain, header("AKID/20260101/ap-northeast-2/ec2/aws4_request"), "", { accessKeyId: "AKID", region, service: "ec2" }],
  [
    "a presigned URL",
    `${plain}?X-Amz-Credential=AKID%2F20260101%2Fap-northeast-2%2Fsts%2Faws4_request`,
    {},
    "",
    { accessKeyId: "AKID", region, service: "sts" },
  ],
  ["a web identity", plain, form, "Action=AssumeRoleWithWebIdentity&RoleArn=x", { accessKeyId: "unsigned", service: "sts" }],
])("the service is named by %s", (_kind, url, headers, body, scope) => {
  expect(scopeOf(new URL(url), headers, Buffer.from(body))).toMatchObject(scope);
});

test.each([
  ["no signature", plain, {}, ""],
  ["a scope of something else", plain, header("AKID/20260101/region/service/other"), ""],
  ["a bearer token", plain, { authorization: "Bearer Credential=a/b/c/d/aws4_request" }, ""],
  ["an unsigned call of another kind", plain, form, "Action=AssumeRole"],
])("no service is named by %s", (_kind, url, headers, body) => {
  expect(scopeOf(new URL(url), headers, Buffer.from(body))).toBeUndefined();
});

test.each([
  ["a virtual host", "http://states.aws.rehearsal.invalid/dev/a%20b.tfstate?x=1", "states", "dev/a b.tfstate"],
  ["a path", "http://aws.rehearsal.invalid/states/dev/a", "states", "dev/a"],
  ["a bucket with dots", "http://my.dotted.bucket.aws.rehearsal.invalid/", "my.dotted.bucket", ""],
  ["no bucket", "http://aws.rehearsal.invalid/", "", ""],
])("S3: %s", (_kind, url, bucket, key) => {
  const request = pathStyle({ ...rest("s3", "GET", "/"), url: new URL(url) });
  expect([request.url.host, bucketOf(request), keyOf(request)]).toEqual(["s3.ap-northeast-2.amazonaws.com", bucket, key]);
  expect(request.url.search).toBe(new URL(url).search);
});

test("S3 Control is told its account by the host; other services keep theirs", () => {
  const url = new URL("http://111122223333.aws.rehearsal.invalid/v20180820/configuration/publicAccessBlock");
  const control = { ...rest("s3", "GET", "/"), url, headers: { "x-amz-account-id": "111122223333" } };
  expect(pathStyle(control).url.href).toBe(
    "http://111122223333.s3-control.ap-northeast-2.amazonaws.com/v20180820/configuration/publicAccessBlock",
  );
  const other = query("ec2", { Action: "DescribeVpcs" });
  expect(pathStyle(other)).toBe(other);
});

test.each([
  [query("ec2", { Action: "CreateVpc" }), "CreateVpc"],
  [json("kms", "TrentService.CreateKey", {}), "CreateKey"],
  [rest("s3", "PUT", "/b?policy"), "PUT /?policy"],
  [rest("s3", "GET", "/b/some/key"), "GET /"],
  [rest("eks", "POST", "/clusters/demo/node-groups"), "POST /demo"],
])("an action is named (%#)", (request, action) => {
  expect(actionOf(request)).toBe(action);
});

test.each([
  [query("ec2", {}), "text/xml", "<Response><Errors><Error><Code>Gone</Code><Message>a &lt; b</Message></Error></Errors>"],
  [query("iam", {}), "text/xml", "<ErrorResponse><Error><Code>Gone</Code>"],
  [rest("s3", "GET", "/"), "text/xml", "<Error><Code>Gone</Code>"],
  [rest("elasticfilesystem", "GET", "/"), "application/json", '{"__type":"Gone","message":"a < b"}'],
  [json("kms", "TrentService.CreateKey", {}), "application/json", '{"__type":"Gone"'],
])("an error speaks the request's protocol (%#)", (request, type, body) => {
  const response = failure(request, 400, "Gone", "a < b");
  expect(response.headers).toEqual({ "content-type": type, "x-amzn-errortype": "Gone" });
  expect(response.body.toString()).toContain(body);
});
