/** Options of the Prometheus adapter. */
import { z } from "zod";
import { options } from "./common.ts";

const metric = z
  .string()
  .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/)
  .meta({ form: 'a name of a metric, for example "http_requests_total"' });

export const prometheusAdapter = options(
  {
    rates: z
      .record(metric, metric)
      .default({ http_requests_total: "http_requests_per_second" })
      .describe("Counters that pods offer, and the name under which autoscalers see their rate per second"),
    gauges: z.array(metric).default([]).describe("Gauges that pods offer and autoscalers see as they are, for example a queue's length"),
    minutes: z.int().min(1).max(60).meta({ form: "a whole number of minutes from 1 to 60" }).default(2).describe("Window of rates"),
  },
  [
    {},
    {
      rates: { http_requests_total: "http_requests_per_second", jobs_done_total: "jobs_per_second" },
      gauges: ["queue_length"],
      minutes: 5,
    },
  ],
);
