/** Decides who presents a token to a cluster: form, signature, caller, access entry, in this order. */
import { timingSafeEqual } from "node:crypto";
import type { AccessEntry } from "../eks/data-plane.ts";
import { awsHost } from "../gateway/endpoint.ts";
import type { CredentialLedger } from "./credentials.ts";
import { type KubernetesUser, parseCaller, userOf } from "./principal.ts";
import { expectedSignature } from "./signature.ts";
import { decodeToken, type PresignedCall, type Refusal } from "./token.ts";

export interface Authority {
  readonly ledger: CredentialLedger;
  /** ARN that STS tells for an access key whose owner the ledger does not know. @throws Error where STS does not tell. */
  whoIs(accessKeyId: string, region: string): Promise<string>;
  readonly now: () => Date;
}

export interface Presented {
  readonly token: string;
  readonly cluster: string;
  readonly entries: readonly AccessEntry[];
  /** Names of all clusters, to tell a token for another one from a forged one. */
  readonly clusters: readonly string[];
}

/** Never throws: whatever goes wrong is a refusal. */
export async function authenticate(authority: Authority, presented: Presented): Promise<KubernetesUser | Refusal> {
  try {
    const call = decodeToken(presented.token, awsHost, authority.now());
    if ("refused" in call) return call;
    return (await unproven(authority, call, presented)) ?? (await identify(authority, call, presented.entries));
  } catch (error) {
    return { refused: `the caller could not be determined: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function unproven({ ledger, now }: Authority, call: PresignedCall, { cluster, clusters }: Presented): Promise<Refusal | undefined> {
  const credential = ledger.find(call.accessKeyId);
  if (!credential) return { refused: `access key ${call.accessKeyId} was not issued in this rehearsal` };
  if (credential.expires && credential.expires < now()) return { refused: `the credentials of ${call.accessKeyId} have expired` };
  if (credential.sessionToken !== call.sessionToken) return { refused: `its session token is not the one of ${call.accessKeyId}` };
  const fits = async (name: string) => same(await expectedSignature(call, credential, name), call.signature);
  if (await fits(cluster)) return undefined;
  for (const other of clusters) if (await fits(other)) return { refused: `it was made for the cluster "${other}"` };
  return { refused: `its signature is not that of ${call.accessKeyId} for this cluster (tampered with, or made for another cluster)` };
}

async function identify(authority: Authority, call: PresignedCall, entries: readonly AccessEntry[]): Promise<KubernetesUser | Refusal> {
  const arn = authority.ledger.find(call.accessKeyId)?.arn ?? (await authority.whoIs(call.accessKeyId, call.region));
  const caller = parseCaller(arn);
  if (!caller) return { refused: `${arn} is neither a user nor an assumed role` };
  const user = userOf(caller, entries);
  return "refused" in user ? user : { ...user, extra: { ...user.extra, accessKeyId: [call.accessKeyId] } };
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
