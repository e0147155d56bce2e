/**
 * Alertmanager's configuration: who is told what, and what is kept back. Pure. Secrets are files that the operator mounts at
 * /etc/alertmanager/secrets/<secret>/<key>. Source: Prometheus documentation, "Alerting: Configuration".
 */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import type { Environment } from "../../../../environments/schema.ts";
import type { Values } from "../../addon.ts";

type Alerts = AddonOptions<"kube-prometheus-stack">["alerts"];

/** Names of teams that somebody named a channel or an address for. */
function teamsOf({ slack, email }: Alerts): string[] {
  return [...new Set([...Object.keys(slack?.teams ?? {}), ...Object.keys(email?.teams ?? {})])].sort();
}

/** The whole file. Lists replace the chart's, so that `null` and Watchdog's route must be here, too. */
export function alertmanagerConfig(alerts: Alerts): Values {
  return {
    global: { resolve_timeout: "5m" },
    route: routeOf(alerts),
    inhibit_rules: inhibitions,
    receivers: receiversOf(alerts),
    templates: ["/etc/alertmanager/config/*.tmpl"],
  };
}

/** A warning where production tells nobody; no error, since its alerts may be watched elsewhere, for example behind remote write. */
export function unheardAlerts({ profile, addons }: Pick<Environment, "profile" | "addons">): string[] {
  const stack = addons["kube-prometheus-stack"];
  if (profile !== "production" || !stack || stack.alerts.slack || stack.alerts.email) return [];
  return ["addons.kube-prometheus-stack.alerts: nobody is told of an alert of production. Add `slack` or `email`."];
}

/** Kubernetes secrets to mount. */
export function alertmanagerSecrets({ slack, email }: Alerts): string[] {
  return [...new Set([slack?.secret, email?.secret].filter((name) => name !== undefined))];
}

/** The first route that matches wins, but critical ones go on: to the team, too. What no route takes is a warning for the platform. */
function routeOf(alerts: Alerts): Values {
  const told = alerts.slack !== undefined || alerts.email !== undefined;
  const toNobody = ['alertname = "Watchdog"', 'alertname = "InfoInhibitor"', 'severity = "info"'];
  return {
    receiver: alerts.slack ? "warning" : "null",
    // One message per alert and namespace, not one per pod.
    group_by: ["alertname", "namespace"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "12h",
    routes: [
      // Watchdog always fires, so that its absence can be noticed; as a message it says nothing.
      ...toNobody.map((matcher) => ({ receiver: "null", matchers: [matcher] })),
      ...(told
        ? [{ receiver: "critical", matchers: ['severity = "critical"'], group_wait: "10s", repeat_interval: "1h", continue: true }]
        : []),
      ...teamsOf(alerts).map((team) => ({ receiver: `team-${team}`, matchers: [`team = "${team}"`] })),
    ],
  };
}

/** What an alert is about. Labels that both alerts lack count as equal (Alertmanager documentation, "Inhibition"). */
const same = ["alertname", "namespace", "node", "instance", "pod", "service", "persistentvolumeclaim", "certificate"];

const inhibitions: readonly Values[] = [
  { source_matchers: ['severity = "critical"'], target_matchers: ['severity =~ "warning|info"'], equal: same },
  { source_matchers: ['severity = "warning"'], target_matchers: ['severity = "info"'], equal: same },
  // A node that is down is one message; that its pods and agents are away follows from it.
  {
    source_matchers: ['alertname = "NodeDown"', 'node != ""'],
    target_matchers: ['alertname =~ "Pod.+|Kube(Pod|Node|let).+|Node(Cpu|Memory|Disk).+"', 'node != ""'],
    equal: ["node"],
  },
  // The chart's: alerts of severity info are shown only beside a worse one of their namespace.
  { source_matchers: ['alertname = "InfoInhibitor"'], target_matchers: ['severity = "info"'], equal: ["namespace"] },
];

function receiversOf(alerts: Alerts): Values[] {
  const receiver = (name: string, channel: string | undefined, address: string | undefined): Values => ({
    name,
    ...(alerts.slack && channel !== undefined && { slack_configs: [slackTo(channel, alerts.slack.secret)] }),
    ...(alerts.email && address !== undefined && { email_configs: [mailTo(address, alerts.email)] }),
  });
  const { slack, email } = alerts;
  return [
    { name: "null" },
    ...(slack ? [receiver("warning", slack.warning, undefined)] : []),
    ...(slack || email ? [receiver("critical", slack?.critical, email?.critical)] : []),
    ...teamsOf(alerts).map((team) => receiver(`team-${team}`, slack?.teams[team], email?.teams[team])),
  ];
}

/** By a bot's token, since an incoming webhook of Slack posts to one channel only. */
function slackTo(channel: string, secret: string): Values {
  return {
    api_url: "https://slack.com/api/chat.postMessage",
    http_config: { authorization: { type: "Bearer", credentials_file: `/etc/alertmanager/secrets/${secret}/token` } },
    channel,
    send_resolved: true,
    color: '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
    title:
      '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}: {{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.alertname }} in {{ .CommonLabels.environment }}',
    // Summaries of the chart's alerts name no object ("Deployment has not matched ..."); their descriptions do. Ours have a summary only.
    text: "{{ range .Alerts }}{{ or .Annotations.description .Annotations.summary }}\n{{ end }}",
  };
}

function mailTo(to: string, { server, user, from, secret }: NonNullable<Alerts["email"]>): Values {
  return {
    to,
    from,
    smarthost: server,
    auth_username: user,
    auth_password_file: `/etc/alertmanager/secrets/${secret}/password`,
    require_tls: true,
    send_resolved: true,
  };
}
