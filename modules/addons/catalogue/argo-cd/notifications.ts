/** Notifications of Argo CD to one Slack channel. Source: Argo CD, "Notifications": triggers, templates and the Slack service. */
import type { Values } from "../../addon.ts";

interface Notice {
  readonly when: string;
  /** Sent once per value of this, not at every look. */
  readonly oncePer: string;
  readonly text: string;
  readonly colour: string;
}

const notices: Readonly<Record<string, Notice>> = {
  "sync-failed": {
    when: "app.status?.operationState.phase in ['Error', 'Failed']",
    oncePer: "app.status.operationState.finishedAt",
    text: "Sync of {{.app.metadata.name}} failed: {{.app.status.operationState.message}}",
    colour: "#E01E5A",
  },
  degraded: {
    when: "app.status.health.status == 'Degraded'",
    oncePer: "app.status.sync.revision",
    text: "{{.app.metadata.name}} is degraded",
    colour: "#ECB22E",
  },
  deployed: {
    when: "app.status?.operationState.phase in ['Succeeded'] and app.status.health.status == 'Healthy'",
    oncePer: "app.status.sync.revision",
    text: "{{.app.metadata.name}} runs {{.app.status.sync.revision}}",
    colour: "#2EB67D",
  },
};

/** @param secret Kubernetes secret with the key slack-token. */
export function notificationValues(slack: { readonly channel: string } | undefined, secret: string): Values {
  if (!slack) return { enabled: false };
  const names = Object.keys(notices);
  const each = (text: (name: string, notice: Notice) => readonly [string, string]) =>
    Object.fromEntries(Object.entries(notices).map(([name, notice]) => text(name, notice)));
  return {
    enabled: true,
    // Not the chart's: it would be made empty, and the token is in nobody's values.
    secret: { create: false, name: secret },
    notifiers: { "service.slack": "token: $slack-token\n" },
    subscriptions: [{ recipients: [`slack:${slack.channel}`], triggers: names.map((name) => `on-${name}`) }],
    triggers: each((name, { when, oncePer }) => [`trigger.on-${name}`, yamlOf([{ when, oncePer, send: [name] }])]),
    templates: each((name, { text, colour }) => [
      `template.${name}`,
      yamlOf({ message: text, slack: { attachments: attachment(colour) } }),
    ]),
  };
}

/** JSON is YAML; Argo CD parses these keys as YAML once more. */
function yamlOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function attachment(colour: string): string {
  return JSON.stringify([
    {
      color: colour,
      title: "{{.app.metadata.name}}",
      title_link: "{{.context.argocdUrl}}/applications/{{.app.metadata.name}}",
      fields: [
        { title: "Project", value: "{{.app.spec.project}}", short: true },
        { title: "Sync", value: "{{.app.status.sync.status}}", short: true },
      ],
    },
  ]);
}
