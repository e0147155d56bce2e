import type { Rights } from "../../../support/iam.ts";

const zone = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";
const change = (names: readonly string[], type: string, action: string) => ({
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
  "route53:ChangeResourceRecordSetsRecordTypes": [type],
  "route53:ChangeResourceRecordSetsActions": [action],
});
const records = "route53:ChangeResourceRecordSets";

/** Of the largest example, whose policy is `sync`. */
export const rights: Rights = {
  needed: {
    "make a record": { action: records, resource: zone, context: change(["web.test.example.com"], "A", "CREATE") },
    "change a record of the domain itself": { action: records, resource: zone, context: change(["example.net"], "AAAA", "UPSERT") },
    "mark it": { action: records, resource: zone, context: change(["external-dns-a.web.test.example.com"], "TXT", "UPSERT") },
    "make a wildcard": { action: records, resource: zone, context: change(["\\052.test.example.com"], "CNAME", "CREATE") },
    "delete where it synchronizes": { action: records, resource: zone, context: change(["web.test.example.com"], "A", "DELETE") },
    "list zones": { action: "route53:ListHostedZones", resource: "*" },
    "list records": { action: "route53:ListResourceRecordSets", resource: zone },
  },
  forbidden: {
    "a record of another domain": { action: records, resource: zone, context: change(["web.prod.example.com"], "A", "UPSERT") },
    "a domain that only ends alike": { action: records, resource: zone, context: change(["web.latest.example.com"], "A", "UPSERT") },
    "one of its own among others": {
      action: records,
      resource: zone,
      context: change(["web.test.example.com", "example.com"], "A", "UPSERT"),
    },
    "delegate a name": { action: records, resource: zone, context: change(["sub.test.example.com"], "NS", "UPSERT") },
    "receive mail": { action: records, resource: zone, context: change(["test.example.com"], "MX", "UPSERT") },
    "another zone": {
      action: records,
      resource: "arn:aws:route53:::hostedzone/Z9999999999ABCDEFGHIJ",
      context: change(["web.test.example.com"], "A", "UPSERT"),
    },
    "delete a zone": { action: "route53:DeleteHostedZone", resource: zone },
    "make a zone": { action: "route53:CreateHostedZone", resource: "*" },
    "become another role": { action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
