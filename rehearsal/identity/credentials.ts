/**
 * The credentials that exist in a rehearsal, with their secrets, so that a token's signature can be checked. Filled by watching what the
 * emulator hands out (AWS itself would never tell), and with the run's own.
 */
import { XMLParser } from "fast-xml-parser";
import { formOf } from "../gateway/protocol.ts";
import type { AwsRequest, AwsResponse, Correction } from "../gateway/service.ts";

export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expires?: Date | undefined;
  /** As GetCallerIdentity tells it; where absent, STS is asked. */
  readonly arn?: string | undefined;
}

export interface CredentialLedger {
  find(accessKeyId: string): Credential | undefined;
  add(credential: Credential): void;
  remove(accessKeyId: string): void;
}

/** `own`: the credentials that the run itself uses. */
export function credentialLedger(own: readonly Credential[]): CredentialLedger {
  const credentials = new Map(own.map((credential) => [credential.accessKeyId, credential]));
  return {
    find: (accessKeyId) => credentials.get(accessKeyId),
    add: (credential) => credentials.set(credential.accessKeyId, credential),
    remove: (accessKeyId) => credentials.delete(accessKeyId),
  };
}

const granting: Readonly<Record<string, ReadonlySet<string>>> = {
  sts: new Set(["AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "GetSessionToken", "GetFederationToken"]),
  iam: new Set(["CreateAccessKey"]),
};

/** For the gateway's list: they change no answer, they only note in the ledger what was handed out and what was taken back. */
export function observeCredentials(ledger: CredentialLedger): readonly Correction[] {
  const why = "Not a fault of the emulator: tokens for Kubernetes are signed with these credentials, and only their issuer can check them";
  const observers = Object.entries(granting).map(([service, actions]) => ({
    id: `${service}-observe-credentials`,
    service,
    why,
    applies: (request: AwsRequest) => actions.has(formOf(request).get("Action") ?? ""),
    after: async (_request: AwsRequest, response: AwsResponse) => {
      if (response.status === 200) for (const credential of readCredentials(response.body.toString("utf8"))) ledger.add(credential);
      return response;
    },
  }));
  const withdrawn: Correction = {
    id: "iam-observe-deleted-credentials",
    service: "iam",
    why,
    applies: (request) => formOf(request).get("Action") === "DeleteAccessKey",
    after: async (request, response) => {
      if (response.status === 200) ledger.remove(formOf(request).get("AccessKeyId") ?? "");
      return response;
    },
  };
  return [...observers, withdrawn];
}

/** Credentials in an answer of STS (with the session's ARN, if it tells one) or of IAM's CreateAccessKey. */
function readCredentials(xml: string): Credential[] {
  const response = first(new XMLParser({ parseTagValue: false, ignoreAttributes: true }).parse(xml));
  const result = Object.entries(response).find(([name]) => name.endsWith("Result"))?.[1];
  const fields = branch(branch(result).Credentials ?? branch(result).AccessKey);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = fields;
  if (typeof AccessKeyId !== "string" || typeof SecretAccessKey !== "string") return [];
  const arn = branch(branch(result).AssumedRoleUser ?? branch(result).FederatedUser).Arn;
  return [
    {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof SessionToken === "string" ? { sessionToken: SessionToken } : {}),
      ...(typeof Expiration === "string" ? { expires: new Date(Expiration) } : {}),
      ...(typeof arn === "string" ? { arn } : {}),
    },
  ];
}

function first(parsed: unknown): Record<string, unknown> {
  const root = Object.entries(branch(parsed)).find(([name]) => !name.startsWith("?"));
  return branch(root?.[1]);
}

function branch(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
