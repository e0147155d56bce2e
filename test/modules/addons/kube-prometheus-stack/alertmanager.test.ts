/** Who gets which alert, and which alert keeps which back, by walking the configuration as Alertmanager does. */
import { describe, expect, test } from "@jest/globals";
import { kubePrometheusStack } from "../../../../environments/schema/addons/kube-prometheus-stack.ts";
import {
  alertmanagerConfig,
  alertmanagerSecrets,
  unheardAlerts,
} from "../../../../modules/addons/catalogue/kube-prometheus-stack/alertmanager.ts";
import { surroundingsOf } from "../../../support/addons.ts";

type Labels = Readonly<Record<string, string>>;
interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}
interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

const slack = { warning: "#alerts", critical: "#critical", teams: { shop: "#shop" } };
const email = {
  server: "smtp.example.com:587",
  user: "it",
  from: "it@example.com",
  critical: "us@example.com",
  teams: { pay: "pay@example.com" },
};

function configOf(alerts: object) {
  const parsed = kubePrometheusStack.parse({ alerts }).alerts;
  const config = alertmanagerConfig(parsed) as unknown as {
    route: Route;
    inhibit_rules: Inhibition[];
    receivers: Record<string, unknown>[];
  };
  return { ...config, secrets: alertmanagerSecrets(parsed) };
}

/** A label that is not there is the empty text; expressions are anchored. Source: Prometheus documentation, "Configuration", matchers. */
function matches(labels: Labels, matchers: readonly string[] = []): boolean {
  return matchers.every((matcher) => {
    const [, name = "", operator = "", value = ""] = /^(\w+) (=|!=|=~|!~) "(.*)"$/.exec(matcher) ?? [];
    if (!operator) throw new Error(`not a matcher: ${matcher}`);
    const label = labels[name] ?? "";
    const holds = operator.endsWith("~") ? new RegExp(`^(?:${value})$`).test(label) : label === value;
    return operator.startsWith("!") ? !holds : holds;
  });
}

function receiversOf(labels: Labels, route: Route): string[] {
  const taken: string[] = [];
  for (const child of route.routes ?? []) {
    if (!matches(labels, child.matchers)) continue;
    taken.push(...receiversOf(labels, child));
    if (!child.continue) break;
  }
  return taken.length > 0 ? taken : [route.receiver];
}

const inhibits = (source: Labels, target: Labels, { source_matchers, target_matchers, equal }: Inhibition) =>
  matches(source, source_matchers) &&
  matches(target, target_matchers) &&
  equal.every((name) => (source[name] ?? "") === (target[name] ?? ""));

describe("route", () => {
  test.each([
    ["the alert that always fires", { alertname: "Watchdog", severity: "none" }, ["null"]],
    ["its helper", { alertname: "InfoInhibitor", severity: "none" }, ["null"]],
    ["information", { alertname: "CPUThrottlingHigh", severity: "info" }, ["null"]],
    ["a warning", { alertname: "PodPending", severity: "warning" }, ["warning"]],
    ["a warning of a team", { alertname: "PodPending", severity: "warning", team: "shop" }, ["team-shop"]],
    ["a warning of a team that nobody named", { alertname: "PodPending", severity: "warning", team: "other" }, ["warning"]],
    ["a critical one", { alertname: "NodeDown", severity: "critical" }, ["critical"]],
    ["a critical one of a team", { alertname: "ProbeFailing", severity: "critical", team: "pay" }, ["critical", "team-pay"]],
  ])("%s", (_, labels, expected) => expect(receiversOf(labels, configOf({ slack, email }).route)).toEqual(expected));

  test.each([
    ["without receivers everything goes to nobody", {}, ["null"], ["null"]],
    ["e-mail is for critical ones", { email }, ["null"], ["critical"]],
    ["Slack is for both", { slack }, ["warning"], ["critical"]],
  ])("%s", (_, alerts, warning, critical) => {
    const { route } = configOf(alerts);
    expect(receiversOf({ alertname: "a", severity: "warning" }, route)).toEqual(warning);
    expect(receiversOf({ alertname: "a", severity: "critical" }, route)).toEqual(critical);
  });

  test.each([{}, { slack }, { email }, { slack, email }])("names only receivers that are there: %j", (alerts) => {
    const { route, receivers } = configOf(alerts);
    const names = receivers.map(({ name }) => name);
    const used = [route.receiver, ...(route.routes ?? []).map(({ receiver }) => receiver)];
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("inhibition", () => {
  const volume = { alertname: "VolumeAlmostFull", namespace: "apps" };
  const down = { alertname: "NodeDown", severity: "critical", node: "ip-10-0-1-5" };
  test.each([
    ["critical keeps the same warning back", { ...volume, severity: "critical" }, { ...volume, severity: "warning" }, true],
    [
      "not that of another volume",
      { ...volume, severity: "critical", persistentvolumeclaim: "a" },
      { ...volume, severity: "warning", persistentvolumeclaim: "b" },
      false,
    ],
    ["a warning keeps no critical one back", { ...volume, severity: "warning" }, { ...volume, severity: "critical" }, false],
    [
      "a node that is down keeps its pods back",
      down,
      { alertname: "PodNotReady", severity: "warning", namespace: "apps", node: down.node },
      true,
    ],
    ["not those of others", down, { alertname: "PodNotReady", severity: "warning", node: "ip-10-0-1-6" }, false],
    ["not those that no node has", { ...down, node: "" }, { alertname: "PodPending", severity: "warning" }, false],
    ["not itself", down, down, false],
    ["not what users meet", down, { alertname: "ProbeFailing", severity: "critical", node: down.node }, false],
  ])("%s", (_, source, target, expected) => {
    expect(configOf({}).inhibit_rules.some((rule) => inhibits(source, target, rule))).toBe(expected);
  });
});

test.each([
  ["production", { slack }, []],
  ["production", { email }, []],
  ["production", {}, [expect.stringContaining("addons.kube-prometheus-stack.alerts: nobody is told")]],
  ["development", {}, []],
] as const)("%s with %j", (profile, alerts, expected) => {
  const { environment } = surroundingsOf({ "kube-prometheus-stack": { alerts } }, { profile });
  expect(unheardAlerts(environment)).toEqual(expected);
});

test("secrets are files that are mounted, never text", () => {
  const { receivers, secrets } = configOf({ slack: { ...slack, secret: "bot" }, email: { ...email, secret: "smtp" } });
  expect(secrets).toEqual(["bot", "smtp"]);
  const files = [...JSON.stringify(receivers).matchAll(/\/etc\/alertmanager\/secrets\/([a-z-]+)\//g)].map(([, name = ""]) => name);
  expect([...new Set(files)].sort()).toEqual(secrets);
  expect(JSON.stringify(receivers)).not.toMatch(/"(auth_password|api_token|credentials)":/);
});
