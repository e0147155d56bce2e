import type { Rights } from "../../../support/iam.ts";

const zone = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";
const change = (name: string, type: string, action: string) => ({
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
  "route53:ChangeResourceRecordSetsRecordTypes": [type],
  "route53:ChangeResourceRecordSetsActions": [action],
});
const records = "route53:ChangeResourceRecordSets";

export const rights: Rights = {
  needed: {
    "prove a domain": { action: records, resource: zone, context: change("_acme-challenge.test.example.com", "TXT", "UPSERT") },
    "prove a host": { action: records, resource: zone, context: change("_acme-challenge.web.test.example.com", "TXT", "UPSERT") },
    "clean up": { action: records, resource: zone, context: change("_acme-challenge.test.example.com", "TXT", "DELETE") },
    "see that it is everywhere": { action: "route53:GetChange", resource: "arn:aws:route53:::change/C0123456789ABC" },
    "find the zone": { action: "route53:ListHostedZonesByName", resource: "*" },
    "list records": { action: "route53:ListResourceRecordSets", resource: zone },
  },
  forbidden: {
    "point a host elsewhere": { action: records, resource: zone, context: change("web.test.example.com", "A", "UPSERT") },
    "write other texts": { action: records, resource: zone, context: change("test.example.com", "TXT", "UPSERT") },
    "prove another domain": { action: records, resource: zone, context: change("_acme-challenge.prod.example.com", "TXT", "UPSERT") },
    "send a challenge elsewhere": {
      action: records,
      resource: zone,
      context: change("_acme-challenge.test.example.com", "CNAME", "UPSERT"),
    },
    "another zone": {
      action: records,
      resource: "arn:aws:route53:::hostedzone/Z9999999999ABCDEFGHIJ",
      context: change("_acme-challenge.test.example.com", "TXT", "UPSERT"),
    },
    "delete a zone": { action: "route53:DeleteHostedZone", resource: zone },
    "become another role": { action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
