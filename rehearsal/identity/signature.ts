/** Signature Version 4 of GetCallerIdentity: recomputed for a token, made for a question of our own. */
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Credential } from "./credentials.ts";
import type { PresignedCall } from "./token.ts";

/** The signature that the presigned call must have if this credential signed it for this cluster. Lower case hex. */
export async function expectedSignature(call: PresignedCall, credential: Credential, cluster: string): Promise<string> {
  const query: Record<string, string> = {};
  // What the signer adds itself must not be there twice.
  const added = /^x-amz-(algorithm|credential|date|expires|signature|signedheaders|security-token)$/i;
  for (const [name, value] of call.url.searchParams) if (!added.test(name)) query[name] = value;
  const signed = await signer(call.region, { ...credential, sessionToken: call.sessionToken }).presign(
    {
      method: "GET",
      protocol: call.url.protocol,
      hostname: call.url.hostname,
      path: call.url.pathname,
      query,
      headers: { host: call.url.host, "x-k8s-aws-id": cluster },
    },
    { signingDate: call.signedAt, expiresIn: call.expires },
  );
  return String(signed.query?.["X-Amz-Signature"] ?? "");
}

/** Headers of a signed GetCallerIdentity, so that an emulator that checks signatures answers too. */
export async function signedHeaders(url: URL, region: string, credential: Credential, body: string): Promise<Record<string, string>> {
  const signed = await signer(region, credential).sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: { host: url.host, "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body,
  });
  return { ...signed.headers };
}

function signer(region: string, { accessKeyId, secretAccessKey, sessionToken }: Credential): SignatureV4 {
  return new SignatureV4({ service: "sts", region, sha256: Sha256, credentials: { accessKeyId, secretAccessKey, sessionToken } });
}
