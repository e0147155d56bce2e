import { expect, test } from "@jest/globals";
import type { AccessEntry } from "../../../rehearsal/eks/data-plane.ts";
import { authenticate } from "../../../rehearsal/identity/authenticate.ts";
import { type Credential, credentialLedger } from "../../../rehearsal/identity/credentials.ts";
import { credential, developer, forAws, forRehearsal, presentedAt, tokenOf } from "./recorded.ts";

interface Case {
  readonly token?: string;
  readonly cluster?: string;
  readonly now?: Date;
  readonly known?: readonly Credential[];
  readonly entries?: readonly AccessEntry[];
  readonly whoIs?: () => Promise<string>;
}

const noAnswer = async () => {
  throw new Error("GetCallerIdentity answered 500");
};

async function present({ token = tokenOf(forRehearsal), cluster = "dev", now = presentedAt, known, entries, whoIs }: Case) {
  const authority = { ledger: credentialLedger(known ?? [credential]), whoIs: whoIs ?? noAnswer, now: () => now };
  return authenticate(authority, { token, cluster, entries: entries ?? [developer], clusters: ["dev", "prod"] });
}

const { arn, ...anonymous } = credential;

test.each<[string, Case]>([
  ["the rehearsal's endpoint", {}],
  ["AWS's endpoint", { token: tokenOf(forAws) }],
  ["a caller whom only STS knows", { known: [anonymous], whoIs: async () => arn ?? "" }],
])("lets in what the AWS CLI presigned for %s", async (_, presented) => {
  expect(await present(presented)).toEqual({
    username: "arn:aws:sts::111122223333:assumed-role/developer/kim-example.com",
    uid: "aws-iam-authenticator:111122223333:developer",
    groups: ["developers", "rehearsal:access-entry:arn:aws:iam::111122223333:role/teams/developer"],
    extra: {
      arn: ["arn:aws:sts::111122223333:assumed-role/developer/kim@example.com"],
      canonicalArn: ["arn:aws:iam::111122223333:role/teams/developer"],
      sessionName: ["kim@example.com"],
      accessKeyId: ["ASIAIOSFODNN7EXAMPLE"],
    },
  });
});

const change = (from: string | RegExp, to: string) => ({ token: tokenOf(forRehearsal.replace(from, to)) });
const entry = (fields: Partial<AccessEntry>) => ({ entries: [{ ...developer, ...fields }] });

test.each<[string, Case, RegExp]>([
  ["no token of AWS", { token: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln" }, /does not start with "k8s-aws-v1\."/],
  ["no URL", { token: tokenOf("hello") }, /holds no URL/],
  ["another host", change("http://aws.rehearsal.invalid", "https://sts.example.com"), /the host "sts\.example\.com", not for STS/],
  ["a host that only begins like STS", change("http://aws.rehearsal.invalid", "https://sts.amazonaws.com.evil.example"), /not for STS/],
  ["STS without TLS", { token: tokenOf(forAws.replace("https", "http")) }, /the scheme "http:"/],
  ["another path", change("invalid/?", "invalid/x?"), /the path "\/x"/],
  ["another action", change("GetCallerIdentity", "GetSessionToken"), /a request for GetSessionToken/],
  ["an unexpected parameter", change("&X-Amz-Date", "&Extra=1&X-Amz-Date"), /unexpected parameter "Extra"/],
  ["a parameter twice", change("&X-Amz-Date", "&action=GetCallerIdentity&X-Amz-Date"), /parameter "action" twice/],
  ["another service's scope", change("%2Fsts%2F", "%2Fs3%2F"), /credential scope/],
  ["no signature", change(/&X-Amz-Signature=.*/, ""), /no signature/],
  ["an unsigned cluster name", change("host%3Bx-k8s-aws-id", "host"), /x-k8s-aws-id\) is not signed/],
  ["an unsigned host", change("host%3Bx-k8s-aws-id", "x-k8s-aws-id"), /host is not signed/],
  ["a date that cannot be read", change("20261121T114519Z", "yesterday"), /X-Amz-Date cannot be read/],
  ["a lifetime above 15 minutes", change("Expires=60", "Expires=901"), /X-Amz-Expires/],
  ["no lifetime", change("&X-Amz-Expires=60", ""), /X-Amz-Expires/],
  ["15 minutes and a second", { now: new Date("2026-11-21T12:00:20Z") }, /has expired: signed at 2026-11-21T11:45:19/],
  ["the future", { now: new Date("2026-11-21T11:44:00Z") }, /signed in the future/],
  ["an unknown access key", { known: [] }, /ASIAIOSFODNN7EXAMPLE was not issued in this rehearsal/],
  ["another secret", { known: [{ ...credential, secretAccessKey: "other" }] }, /signature is not that of ASIAIOSFODNN7EXAMPLE/],
  ["expired credentials", { known: [{ ...credential, expires: new Date("2026-11-21T11:49:59Z") }] }, /credentials of .* have expired/],
  ["another session token", { known: [{ ...credential, sessionToken: "other" }] }, /session token is not the one/],
  ["a tampered signature", change(/94bfca/, "94bfcb"), /signature is not that of/],
  ["a tampered date", change("T114519Z", "T114520Z"), /signature is not that of/],
  ["another cluster that runs", { cluster: "prod" }, /it was made for the cluster "dev"/],
  ["no access entry", { entries: [] }, /no access entry for arn:aws:sts::111122223333:assumed-role\/developer/],
  ["a node's entry", entry({ type: "EC2_LINUX" }), /type EC2_LINUX: for nodes, not for users/],
  ["the account's root", { known: [{ ...credential, arn: "arn:aws:iam::111122223333:root" }] }, /neither a user nor an assumed role/],
  ["STS without an answer", { known: [anonymous] }, /could not be determined: GetCallerIdentity answered 500/],
])("refuses %s", async (_, presented, reason) => {
  expect(await present(presented)).toEqual({ refused: expect.stringMatching(reason) });
});
