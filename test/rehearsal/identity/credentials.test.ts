import { expect, test } from "@jest/globals";
import type { AwsRequest, AwsResponse, Correction } from "../../../rehearsal/gateway/service.ts";
import { credentialLedger, observeCredentials } from "../../../rehearsal/identity/credentials.ts";

const assumed = `<?xml version="1.0"?><AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<SessionToken>token==</SessionToken><SecretAccessKey>0123</SecretAccessKey><Expiration>2026-11-21T12:45:00Z</Expiration><AccessKeyId>ASIA1</AccessKeyId>
</Credentials><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/dev/me</Arn></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`;
const session = `<GetSessionTokenResponse><GetSessionTokenResult><Credentials><SessionToken>t</SessionToken><SecretAccessKey>s</SecretAccessKey>
<AccessKeyId>ASIA2</AccessKeyId></Credentials></GetSessionTokenResult></GetSessionTokenResponse>`;
const key = `<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey><UserName>kim</UserName><AccessKeyId>AKIA1</AccessKeyId>
<SecretAccessKey>s</SecretAccessKey></AccessKey></CreateAccessKeyResult></CreateAccessKeyResponse>`;

function request(service: string, form: string): AwsRequest {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const url = new URL("http://aws.rehearsal.invalid/");
  return { service, region: "us-east-1", accessKeyId: "own", method: "POST", url, headers, body: Buffer.from(form) };
}

/** As the gateway does it: what applies sees the answer. */
async function pass(corrections: readonly Correction[], asked: AwsRequest, xml: string, status = 200): Promise<AwsResponse> {
  const response = { status, headers: {}, body: Buffer.from(xml) };
  for (const correction of corrections.filter(({ service, applies }) => service === asked.service && applies(asked))) {
    expect(await correction.after?.(asked, response, async () => response)).toBe(response);
  }
  return response;
}

test.each([
  ["sts", "AssumeRole", assumed, "ASIA1"],
  ["sts", "AssumeRoleWithWebIdentity", assumed.replaceAll("AssumeRoleRes", "AssumeRoleWithWebIdentityRes"), "ASIA1"],
  ["sts", "GetSessionToken", session, "ASIA2"],
  ["iam", "CreateAccessKey", key, "AKIA1"],
])("%s %s fills the ledger", async (service, action, xml, accessKeyId) => {
  const ledger = credentialLedger([]);
  await pass(observeCredentials(ledger), request(service, `Action=${action}`), xml);
  expect(ledger.find(accessKeyId)?.accessKeyId).toBe(accessKeyId);
});

test("keeps secret, session, end and owner as issued; a number stays text", async () => {
  const ledger = credentialLedger([]);
  await pass(observeCredentials(ledger), request("sts", "Action=AssumeRole"), assumed);
  expect(ledger.find("ASIA1")).toEqual({
    accessKeyId: "ASIA1",
    secretAccessKey: "0123",
    sessionToken: "token==",
    expires: new Date("2026-11-21T12:45:00Z"),
    arn: "arn:aws:sts::111122223333:assumed-role/dev/me",
  });
});

test("learns nothing from refusals and other actions, and forgets deleted keys", async () => {
  const ledger = credentialLedger([{ accessKeyId: "own", secretAccessKey: "s" }]);
  const observers = observeCredentials(ledger);
  await pass(observers, request("sts", "Action=AssumeRole"), assumed, 403);
  await pass(observers, request("sts", "Action=GetCallerIdentity"), assumed);
  await pass(observers, request("sts", "Action=AssumeRole"), "<ErrorResponse><Error/></ErrorResponse>");
  expect(ledger.find("ASIA1")).toBeUndefined();
  await pass(observers, request("iam", "Action=CreateAccessKey"), key);
  await pass(observers, request("iam", "Action=DeleteAccessKey&AccessKeyId=AKIA1"), "<DeleteAccessKeyResponse/>");
  expect(ledger.find("AKIA1")).toBeUndefined();
  expect(ledger.find("own")).toBeDefined();
});
