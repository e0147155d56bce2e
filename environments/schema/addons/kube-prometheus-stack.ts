/** Options of kube-prometheus-stack: Prometheus, Alertmanager, Grafana. */
import { z } from "zod";
import { arn, email, label, labelKey, whole } from "../forms.ts";
import { options } from "./common.ts";
import { hostName, httpsAddress, secretFrom } from "./monitoring.ts";

const channel = z
  .string()
  .regex(/^#[a-z0-9_-]{1,79}$/)
  .meta({ form: 'a Slack channel, for example "#alerts"' });

const prometheus = z.strictObject({
  retentionDays: whole("days", 1, 400).optional().describe("How long samples are kept; absent: 15 in production, 5 otherwise"),
  storageGiB: whole("GiB", 10, 4000).optional().describe("Volume of each replica; absent: 50 in production, 20 otherwise"),
  labels: z
    .record(labelKey, z.string())
    .default({})
    .describe("Labels of all that leaves this Prometheus (alerts, remote write) besides cluster, environment and region"),
  remoteWrite: z
    .strictObject({
      url: httpsAddress.describe("Where samples are sent, besides being kept here"),
      workspace: arn.optional().describe("Workspace of Amazon Managed Service for Prometheus that it is; requests are then signed"),
    })
    .optional()
    .describe("A second, lasting store of samples; absent: none"),
});

const alerts = z.strictObject({
  slack: z
    .strictObject({
      ...secretFrom("alertmanager-slack", "`token`: a bot token with the scope chat:write, of a bot that is in the channels"),
      warning: channel.describe("Channel of warnings"),
      critical: channel.describe("Channel of what needs somebody now"),
      teams: z.record(label, channel).default({}).describe("Channel of a team, by the value of the label `team`"),
    })
    .optional()
    .describe("Alerts to Slack; absent: none"),
  email: z
    .strictObject({
      ...secretFrom("alertmanager-smtp", "`password`: of the SMTP user"),
      server: z
        .string()
        .regex(/^[a-z0-9.-]+:\d+$/)
        .meta({ form: 'host:port, for example "email-smtp.ap-northeast-2.amazonaws.com:587"' })
        .describe("SMTP server; it must offer STARTTLS"),
      user: z.string().min(1).describe("User at the SMTP server"),
      from: email.describe("Address that mails come from"),
      critical: email.describe("Who gets what needs somebody now"),
      teams: z.record(label, email).default({}).describe("Address of a team, by the value of the label `team`"),
    })
    .optional()
    .describe("Critical alerts, and those of teams, by e-mail; absent: none"),
});

const grafana = z.strictObject({
  ...secretFrom("grafana-admin", "`admin-user` and `admin-password`"),
  host: hostName.optional().describe("Name of Grafana behind a load balancer of the class `alb`; absent: port-forward only"),
  certificate: arn.optional().describe("Certificate (ACM) of the host; absent: the controller finds it by the name"),
  logs: z
    .strictObject({
      ...secretFrom(
        "grafana-elasticsearch",
        "`username`, `password` and, of Elasticsearch elsewhere, `ca` (certificate of its CA, PEM); that of `efk` is read in the cluster",
      ),
      url: httpsAddress.default("https://elasticsearch-es-http.logging.svc:9200").describe("Elasticsearch"),
      index: z.string().min(1).default("k8s-*").describe("Indices of logs"),
    })
    .optional()
    .describe("Elasticsearch as a data source; absent: none, and the dashboard of logs with it"),
});

export const kubePrometheusStack = options(
  {
    prometheus: prometheus.prefault({}).describe("What is kept and sent on"),
    alerts: alerts.prefault({}).describe("Who is told. Without a receiver, alerts are seen in Alertmanager and Grafana only"),
    grafana: grafana.prefault({}).describe("Access and data sources"),
  },
  [
    {},
    {
      prometheus: {
        retentionDays: 30,
        storageGiB: 100,
        labels: { business: "shop" },
        remoteWrite: {
          url: "https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/ws-1234abcd/api/v1/remote_write",
          workspace: "arn:aws:aps:ap-northeast-2:111122223333:workspace/ws-1234abcd",
        },
      },
      alerts: {
        slack: { warning: "#alerts", critical: "#alerts-critical", teams: { shop: "#shop-alerts" } },
        email: {
          server: "email-smtp.ap-northeast-2.amazonaws.com:587",
          user: "AKIAIOSFODNN7EXAMPLE",
          from: "alerts@example.com",
          critical: "platform@example.com",
          teams: { shop: "shop@example.com" },
        },
      },
      grafana: { host: "grafana.example.com", path: "mainline/test/grafana", logs: {} },
    },
  ],
);
