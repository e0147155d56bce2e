import { expect, test } from "@jest/globals";
import type { AwsRequest } from "../../../rehearsal/gateway/service.ts";
import { credentialLedger } from "../../../rehearsal/identity/credentials.ts";
import { whoIs } from "../../../rehearsal/identity/who-is.ts";

const ledger = credentialLedger([{ accessKeyId: "AKIA1", secretAccessKey: "s" }]);

function emulator(status: number, body: string) {
  const asked: AwsRequest[] = [];
  const upstream = async (request: AwsRequest) => {
    asked.push(request);
    return { status, headers: {}, body: Buffer.from(body) };
  };
  return { asked, upstream };
}

test("asks STS as the holder of the key, once", async () => {
  const { asked, upstream } = emulator(
    200,
    "<GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/kim</Arn></GetCallerIdentityResult>",
  );
  const ask = whoIs(upstream, ledger);
  expect(await ask("AKIA1", "ap-northeast-2")).toBe("arn:aws:iam::111122223333:user/kim");
  expect(await ask("AKIA1", "ap-northeast-2")).toBe("arn:aws:iam::111122223333:user/kim");
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ service: "sts", method: "POST", accessKeyId: "AKIA1" });
  expect(asked[0]?.headers.authorization).toMatch(/Credential=AKIA1\/\d{8}\/ap-northeast-2\/sts\/aws4_request/);
});

test.each([
  [403, "<ErrorResponse/>"],
  [200, "<nothing/>"],
])("fails where STS answers %d %s", async (status, body) => {
  await expect(whoIs(emulator(status, body).upstream, ledger)("AKIA1", "ap-northeast-2")).rejects.toThrow(/GetCallerIdentity of AKIA1/);
});
