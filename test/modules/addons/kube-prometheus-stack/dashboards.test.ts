/** Dashboards as Grafana reads them: data sources that are provisioned, variables that exist, panels that do not cover each other. */
import { describe, expect, test } from "@jest/globals";
import {
  type DashboardName,
  dashboardNames,
  dashboardResources,
  dashboardText,
} from "../../../../modules/addons/catalogue/kube-prometheus-stack/dashboards.ts";
import { ruleGroups } from "../../../../modules/addons/catalogue/kube-prometheus-stack/rules.ts";
import { plannedAddon } from "../../../../modules/addons/plan.ts";
import { companions, surroundingsOf } from "../../../support/addons.ts";

interface Source {
  readonly type: string;
  readonly uid: string;
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly datasource: Source; readonly expr?: string; readonly refId: string }[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly datasource?: Source; readonly query?: string }[] };
  readonly panels: readonly Panel[];
}

const read = (name: DashboardName) => JSON.parse(dashboardText(name)) as Dashboard;
const all = dashboardNames.map((name) => [name, read(name)] as const);

function plannedWith(grafana: object) {
  const id = "kube-prometheus-stack";
  return plannedAddon(id, surroundingsOf({ ...companions(id), [id]: { grafana } }));
}

describe.each(all)("%s", (_, { templating, panels }) => {
  const own = templating.list.map(({ name }) => name);

  test("has variables for namespace and service", () => expect(own).toEqual(expect.arrayContaining(["namespace", "service"])));

  test("asks for no variable that it does not have", () => {
    const used = [...JSON.stringify({ templating, panels }).matchAll(/\$([a-z]\w*)/g)].map(([, name = ""]) => name);
    expect(used.filter((name) => !own.includes(name))).toEqual([]);
  });

  test("panels have ids of their own, fit on the grid and cover none other", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (__, place) => `${x + (place % w)},${y + Math.floor(place / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  test("recordings that it shows are ours or the chart's", () => {
    const recorded = ruleGroups.flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])));
    const shown = [...JSON.stringify(panels).matchAll(/\b(node|namespace_service|certificate|namespace_persistentvolumeclaim):\w+:\w*/g)];
    expect(shown.map(([name]) => name).filter((name) => !recorded.includes(name))).toEqual([]);
  });
});

test("every data source is provisioned under its uid", () => {
  const { values } = plannedWith({ logs: {} });
  const added = (values.grafana as unknown as { additionalDataSources: Source[] }).additionalDataSources;
  const known = [
    // The chart's own two.
    "prometheus prometheus",
    "alertmanager alertmanager",
    ...added.map(({ type, uid }) => `${type} ${uid}`),
  ];
  const used = all.flatMap(([, { panels, templating }]) => [
    ...panels.flatMap(({ targets }) => targets.map(({ datasource }) => datasource)),
    ...templating.list.flatMap(({ datasource }) => (datasource ? [datasource] : [])),
  ]);
  expect(used.map(({ type, uid }) => `${type} ${uid}`).filter((source) => !known.includes(source))).toEqual([]);
});

test("uids and titles are each one's own", () => {
  expect(new Set(all.flatMap(([, { uid, title }]) => [uid, title])).size).toBe(all.length * 2);
});

test.each([
  ["without logs there is neither data source nor dashboard", {}, false],
  ["with logs there are both", { logs: {} }, true],
])("%s", (_, grafana, there) => {
  const { values, resources } = plannedWith(grafana);
  expect(resources.some(({ metadata }) => metadata.name === "dashboard-logs")).toBe(there);
  expect(JSON.stringify(values.grafana).includes("elasticsearch")).toBe(there);
});

test("the sidecar finds them by label, and none is too large for a ConfigMap", () => {
  const resources = dashboardResources(dashboardNames);
  expect(resources.map(({ metadata }) => metadata.labels)).toEqual(dashboardNames.map(() => ({ grafana_dashboard: "1" })));
  expect(Math.max(...resources.map((resource) => JSON.stringify(resource).length))).toBeLessThan(100_000);
});

test("Grafana's account is bound to a role for ConfigMaps, and for no Secret", () => {
  const { values, resources } = plannedWith({});
  const { rbac } = values.grafana as unknown as { rbac: { useExistingClusterRole: string } };
  const roles = resources.filter(({ kind }) => kind === "ClusterRole");
  expect(roles.map(({ metadata, rules }) => [metadata.name, rules])).toEqual([
    [rbac.useExistingClusterRole, [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }]],
  ]);
});
