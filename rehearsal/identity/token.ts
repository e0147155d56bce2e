/**
 * Reads the tokens of `aws eks get-token`: "k8s-aws-v1." and, in base64url, a presigned GetCallerIdentity request that only whoever holds
 * the credentials can have made. Form and limits as in aws-iam-authenticator, pkg/token/token.go. Pure.
 */

export interface PresignedCall {
  readonly url: URL;
  readonly accessKeyId: string;
  readonly region: string;
  readonly sessionToken: string | undefined;
  readonly signedAt: Date;
  /** Seconds, as signed. */
  readonly expires: number;
  /** Lower case hex. */
  readonly signature: string;
}

/** Why somebody is not let in; written for the gateway's log. */
export interface Refusal {
  readonly refused: string;
}

const prefix = "k8s-aws-v1.";
/** A token is good this long after it was signed, whatever X-Amz-Expires says. */
const lifetimeMs = 15 * 60_000;
/** Clocks differ a little. */
const toleranceMs = 60_000;
const longest = 900;
/** No service but STS answers to these names; partitions have their own suffix. */
const stsHost = /^sts(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$|^sts-fips\.[a-z0-9-]+\.amazonaws\.com$/;

const known = new Set(
  ["Action", "Version", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Security-Token"]
    .concat("X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-User-Agent")
    .map((name) => name.toLowerCase()),
);

/** Checks everything but the signature. `ownHost` is the name that the rehearsal's AWS endpoint has; its loopback address will do, too. */
export function decodeToken(token: string, ownHost: string, now: Date): PresignedCall | Refusal {
  if (!token.startsWith(prefix)) return { refused: `the token does not start with "${prefix}"` };
  const url = parseUrl(Buffer.from(token.slice(prefix.length), "base64url").toString("utf8"));
  if (!url) return { refused: "the token holds no URL" };
  return misdirected(url, ownHost) ?? misformed(url) ?? timely(read(url), now);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function misdirected({ protocol, host, hostname, pathname }: URL, ownHost: string): Refusal | undefined {
  // The rehearsal's own endpoint is plain HTTP: behind a proxy for Terraform, by address for people with AWS_ENDPOINT_URL.
  const own = host === ownHost || hostname === "127.0.0.1" || hostname === "localhost";
  if (!own && !stsHost.test(host)) return { refused: `it was made for the host "${host}", not for STS` };
  if (!own && protocol !== "https:") return { refused: `its URL has the scheme "${protocol}", not https` };
  return pathname === "/" ? undefined : { refused: `its URL has the path "${pathname}"` };
}

function misformed({ searchParams }: URL): Refusal | undefined {
  const seen = new Set<string>();
  for (const name of searchParams.keys()) {
    const key = name.toLowerCase();
    if (!known.has(key)) return { refused: `its URL has the unexpected parameter "${name}"` };
    if (seen.has(key)) return { refused: `its URL has the parameter "${name}" twice` };
    seen.add(key);
  }
  if (searchParams.get("Action") !== "GetCallerIdentity") return { refused: `it is a request for ${searchParams.get("Action")}` };
  if (searchParams.get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") return { refused: "it is not signed with Signature Version 4" };
  const credential = searchParams.get("X-Amz-Credential") ?? "";
  if (!/^[^/]+\/\d{8}\/[a-z0-9-]+\/sts\/aws4_request$/.test(credential)) return { refused: `its credential scope is "${credential}"` };
  if (!/^[0-9a-f]{64}$/.test(searchParams.get("X-Amz-Signature") ?? "")) return { refused: "it has no signature" };
  const signed = (searchParams.get("X-Amz-SignedHeaders") ?? "").split(";");
  if (!signed.includes("host")) return { refused: "the host is not signed" };
  return signed.includes("x-k8s-aws-id") ? undefined : { refused: "the cluster name (header x-k8s-aws-id) is not signed" };
}

function read(url: URL): PresignedCall {
  const value = (name: string) => url.searchParams.get(name) ?? "";
  const [accessKeyId = "", , region = ""] = value("X-Amz-Credential").split("/");
  return {
    url,
    accessKeyId,
    region,
    sessionToken: url.searchParams.get("X-Amz-Security-Token") ?? undefined,
    signedAt: parseDate(value("X-Amz-Date")),
    expires: /^\d+$/.test(value("X-Amz-Expires")) ? Number(value("X-Amz-Expires")) : Number.NaN,
    signature: value("X-Amz-Signature"),
  };
}

function timely(call: PresignedCall, now: Date): PresignedCall | Refusal {
  const { signedAt, expires } = call;
  if (Number.isNaN(signedAt.getTime())) return { refused: "its X-Amz-Date cannot be read" };
  if (!(expires >= 0 && expires <= longest)) return { refused: `its X-Amz-Expires is not between 0 and ${longest} s` };
  const age = now.getTime() - signedAt.getTime();
  if (age > lifetimeMs) return { refused: `it has expired: signed at ${signedAt.toISOString()}, good for 15 minutes` };
  if (age < -toleranceMs) return { refused: `it was signed in the future: at ${signedAt.toISOString()}` };
  return call;
}

/** 20261121T110805Z */
function parseDate(text: string): Date {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
