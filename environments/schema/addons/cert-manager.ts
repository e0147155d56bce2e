/** Options of cert-manager. */
import { z } from "zod";
import { email, label } from "../forms.ts";
import { options } from "./common.ts";
import { domain, hostedZone } from "./dns.ts";

const dns = z.strictObject({
  domains: z.array(domain).min(1).describe("Domains that it proves by TXT records"),
  zones: z.array(hostedZone).default([]).describe("Hosted zones by id that hold them; empty: any of the account"),
});

const acme = z.strictObject({
  email: email.describe("Address of the account at the authority"),
  // An account means agreeing to the authority's terms, and its names go into public logs: nobody gets one unasked.
  authority: z
    .enum(["letsencrypt", "letsencrypt-staging"])
    .default("letsencrypt")
    .describe("Staging has generous limits, and certificates that no browser trusts"),
  dns: dns.optional().describe("A ClusterIssuer `acme-dns` by DNS01 over Route 53: wildcards, and hosts that the internet does not reach"),
  ingressClass: label
    .optional()
    .describe(
      "A ClusterIssuer `acme-http` by HTTP01 through this class, of which all Ingresses share one address that the internet reaches on port 80; not `alb` and `alb-public`, which have one each and their certificates from ACM",
    ),
});

export const certManager = options({ acme: acme.optional().describe("ClusterIssuers of an ACME authority; absent: none") }, [
  {},
  {
    acme: {
      email: "platform@example.com",
      authority: "letsencrypt-staging",
      dns: { domains: ["test.example.com"], zones: ["Z0123456789ABCDEFGHIJ"] },
      ingressClass: "nginx",
    },
  },
]);
