/** Asks the emulated STS who holds an access key. */
import { awsEndpoint } from "../gateway/endpoint.ts";
import type { Upstream } from "../gateway/service.ts";
import type { CredentialLedger } from "./credentials.ts";
import { signedHeaders } from "./signature.ts";

const question = "Action=GetCallerIdentity&Version=2011-06-15";

/** Asks once per access key: the emulator may be busy with Terraform's requests. @throws Error where STS refuses or its answer has no ARN. */
export function whoIs(upstream: Upstream, ledger: CredentialLedger): (accessKeyId: string, region: string) => Promise<string> {
  const told = new Map<string, string>();
  return async (accessKeyId, region) => {
    const before = told.get(accessKeyId);
    if (before) return before;
    const credential = ledger.find(accessKeyId);
    if (!credential) throw new Error(`access key ${accessKeyId} is not known`);
    const url = new URL("/", awsEndpoint);
    const headers = await signedHeaders(url, region, credential, question);
    const { status, body } = await upstream({
      service: "sts",
      region,
      accessKeyId,
      method: "POST",
      url,
      headers,
      body: Buffer.from(question),
    });
    const arn = /<Arn>([^<]+)<\/Arn>/.exec(body.toString("utf8"))?.[1];
    if (status !== 200 || !arn) throw new Error(`GetCallerIdentity of ${accessKeyId} answered ${status}`);
    told.set(accessKeyId, arn);
    return arn;
  };
}
