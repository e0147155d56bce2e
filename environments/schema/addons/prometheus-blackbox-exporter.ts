/** Options of the blackbox exporter. */
import { z } from "zod";
import { label, whole } from "../forms.ts";
import { options } from "./common.ts";

/** How a target is asked; the modules are in modules/addons/catalogue/prometheus-blackbox-exporter.ts. */
const modules = ["http_2xx", "http_401", "tcp_connect", "tls_connect"] as const;

const probe = z.strictObject({
  targets: z
    .array(z.string().min(1))
    .min(1)
    .describe("What is asked: addresses (https://...) for the http modules, host:port for the others"),
  module: z.enum(modules).default("http_2xx").describe("How it is asked, and what a good answer is"),
  seconds: whole("seconds", 15, 3600).default(60).describe("Time between two requests"),
  team: label.optional().describe("Label `team` of its alerts; absent: none"),
});

export const prometheusBlackboxExporter = options(
  {
    probes: z.record(label, probe).default({}).describe("Probes by name; absent: the exporter alone, for Probe objects of others"),
  },
  [
    {},
    {
      probes: {
        shop: { targets: ["https://shop.example.com/health"], team: "shop" },
        registry: { targets: ["registry.example.com:443"], module: "tls_connect", seconds: 300 },
      },
    },
  ],
);
