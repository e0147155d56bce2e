/** Options of the AWS load balancer controller. */
import { z } from "zod";
import { cidr } from "../forms.ts";
import { options } from "./common.ts";

/** What Elastic Load Balancing offers for TLS 1.3. Source: Application Load Balancers guide, "Security policies". */
const tlsPolicies = [
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
];

export const awsLoadBalancerController = options(
  {
    // Who wants to be on the internet says so, here or by the class alb-public.
    scheme: z
      .enum(["internal", "internet-facing"])
      .default("internal")
      .describe(
        "Scheme of load balancers of the class `alb` whose Ingress names none; `internal` is enforced. Add-ons stay internal in any case",
      ),
    public: z.boolean().default(false).describe("A second class `alb-public`, internet-facing: for webhooks of GitHub and public services"),
    group: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{0,62}$/)
      .meta({ form: "a group name of up to 63 lower-case letters, digits, points and hyphens" })
      .optional()
      .describe("One shared load balancer for all Ingresses of the class `alb`; absent: one each, as always in `alb-public`"),
    tlsPolicy: z.enum(tlsPolicies).default("ELBSecurityPolicy-TLS13-1-2-2021-06").describe("TLS versions and ciphers of HTTPS listeners"),
    from: z.array(cidr).default([]).describe("Blocks that reach load balancers of the class; empty: what each Ingress says"),
    accessLogs: z
      .strictObject({
        bucket: z.string().min(3).describe("Bucket in this region whose policy lets Elastic Load Balancing write"),
        prefix: z.string().default("alb").describe("Prefix of the keys"),
      })
      .optional()
      .describe("Access logs of all load balancers of the class; absent: none"),
    waf: z.boolean().default(true).describe("Ingresses may name a WAFv2 web ACL; off in isolated VPCs, which do not reach that API"),
    shield: z.boolean().default(false).describe("Ingresses may ask for Shield Advanced, which needs a subscription"),
  },
  [
    {},
    { scheme: "internet-facing" },
    {
      public: true,
      group: "shared",
      from: ["203.0.113.0/24"],
      accessLogs: { bucket: "example-alb-logs" },
      waf: true,
      shield: true,
    },
  ],
);
