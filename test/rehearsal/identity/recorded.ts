/** What `aws eks get-token` 1.45.11 presigned with AWS's example credentials, session token included, on 2026-11-21. */
import type { AccessEntry } from "../../../rehearsal/eks/data-plane.ts";
import type { Credential } from "../../../rehearsal/identity/credentials.ts";

const scope = "ASIAIOSFODNN7EXAMPLE%2F20261121%2Fap-northeast-2%2Fsts%2Faws4_request";

function presigned(host: string, date: string, signature: string): string {
  return (
    `${host}/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${scope}&X-Amz-Date=${date}` +
    `&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Security-Token=IQoJb3JpZ2luX2Vj%2F%2Bexample%3D%3D&X-Amz-Signature=${signature}`
  );
}

/** Presigned for the cluster "dev" at 11:45:16, for AWS's own endpoint. */
export const forAws = presigned(
  "https://sts.ap-northeast-2.amazonaws.com",
  "20261121T114516Z",
  "7823cadd46b863f2578981da0c78d025c594a899b01bfb77f239fac6472a0576",
);

/** The same three seconds later, for the rehearsal's endpoint. */
export const forRehearsal = presigned(
  "http://aws.rehearsal.invalid",
  "20261121T114519Z",
  "94bfca3ad2f09e3f60e1956019161ead669c3dda9f6659d8a2dc2f0aaff24d94",
);

export const presentedAt = new Date("2026-11-21T11:50:00Z");

export const credential: Credential = {
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2Vj/+example==",
  arn: "arn:aws:sts::111122223333:assumed-role/developer/kim@example.com",
};

export const developer: AccessEntry = {
  principalArn: "arn:aws:iam::111122223333:role/teams/developer",
  type: "STANDARD",
  username: "arn:aws:sts::111122223333:assumed-role/developer/{{SessionName}}",
  groups: ["developers"],
  policies: [],
};

export function tokenOf(url: string): string {
  return `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
}
