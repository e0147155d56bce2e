/**
 * Names the service of a request from what signed it. Hosts say nothing here: with one endpoint for all services every request goes to
 * the same name, but the credential scope always holds region and service
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */

export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** Calls that AWS takes unsigned because their token is the proof (STS API reference, AssumeRoleWithWebIdentity and ...SAML). */
const unsigned = /(?:^|&)Action=AssumeRoleWith(?:WebIdentity|SAML)(?:&|$)/;

/** The scope that a request was signed for; `undefined` where it is not an AWS request. Presigned URLs carry it in the query. */
export function scopeOf(url: URL, headers: Readonly<Record<string, string>>, body: Buffer): Scope | undefined {
  const credential = /^AWS4-\S+ .*?Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ?? url.searchParams.get("X-Amz-Credential");
  if (credential) {
    const [accessKeyId, , region, service, terminator] = credential.split("/");
    return accessKeyId && region && service && terminator === "aws4_request" ? { accessKeyId, region, service } : undefined;
  }
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ? body.toString("latin1") : url.search.slice(1);
  return unsigned.test(form) ? { accessKeyId: "unsigned", region: "us-east-1", service: "sts" } : undefined;
}
