/** Options of external-dns. */
import { z } from "zod";
import { options } from "./common.ts";
import { domain, hostedZone } from "./dns.ts";

/** What it reads. Source: external-dns, docs/sources. Sources of other vendors have kinds that are not there. */
const sources = ["service", "ingress", "gateway-httproute", "gateway-grpcroute", "gateway-tlsroute", "crd"];

export const externalDns = options(
  {
    domains: z.array(domain).min(1).describe("Domains whose records it makes; all others are out of its reach, by IAM too"),
    zones: z.array(hostedZone).default([]).describe("Hosted zones by id; empty: every zone of the account that holds one of the domains"),
    visibility: z.enum(["public", "private"]).optional().describe("Only public or only private zones; absent: both"),
    // A mistake in a cluster must not delete records: they are cleaned up on purpose.
    policy: z.enum(["upsert-only", "sync"]).default("upsert-only").describe("`sync` also deletes records whose object is gone"),
    sources: z.array(z.enum(sources)).min(1).default(["service", "ingress"]).describe("Kinds of objects that name hosts"),
  },
  [
    { domains: ["test.example.com"] },
    {
      domains: ["test.example.com", "example.net"],
      zones: ["Z0123456789ABCDEFGHIJ"],
      visibility: "public",
      policy: "sync",
      sources: ["service", "ingress", "crd"],
    },
  ],
);
