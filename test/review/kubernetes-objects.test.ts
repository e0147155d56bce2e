/** Objects of Kubernetes in the platform's own chart: what goes, what opens, what may do more; and the same settings of EKS add-ons. */
import { describe, expect, test } from "@jest/globals";
import { eksAddonSettings } from "../../review/findings/eks-addon-settings.ts";
import { helmValues } from "../../review/findings/helm-values.ts";
import { deleted, plan, updated, type Values } from "./plans.ts";
import { alarms } from "./told.ts";

const release = (resources: object): Values => ({ name: "r", namespace: "n", chart: "c", values: [JSON.stringify({ resources })] });
const toldOf = (before: object, after: object) =>
  alarms(helmValues, plan({ changes: [updated("helm_release.r", release(before), release(after))] }));

describe("network policies, by what they come to", () => {
  const policy = (spec: object) => ({ kind: "NetworkPolicy", metadata: { namespace: "shop" }, spec });
  const deny = { "NetworkPolicy/deny": policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] }) };
  const allow = (rule: object) => ({ "NetworkPolicy/allow": policy({ podSelector: {}, policyTypes: ["Egress"], egress: [rule] }) });
  const https = { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }], ports: [{ protocol: "TCP", port: 443 }] };
  const opened = ["caution helm-network-opened"];
  test.each<[string, object, object, readonly string[]]>([
    ["the only denial goes: both ways are open", deny, {}, opened],
    ["an allowance goes: less than before", { ...deny, ...allow(https) }, deny, []],
    ["the denial goes, and an allowance still chooses all pods", { ...deny, ...allow(https) }, allow(https), opened],
    [
      "a hole in an exception",
      { ...deny, ...allow(https) },
      { ...deny, ...allow({ ...https, to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }) },
      opened,
    ],
    ["another port", { ...deny, ...allow(https) }, { ...deny, ...allow({ ...https, ports: [{ port: 443 }, { port: 5432 }] }) }, opened],
    ["a rule for everybody", deny, { ...deny, ...allow({}) }, opened],
    ["every pod of every namespace", deny, { ...deny, ...allow({ to: [{ namespaceSelector: {} }] }) }, opened],
    ["one namespace", deny, { ...deny, ...allow({ to: [{ namespaceSelector: { matchLabels: { a: "b" } } }] }) }, []],
    ["the first of a namespace", {}, allow({}), []],
  ])("%s", (_, before, after, expected) => expect(toldOf(before, after)).toEqual(expected));
});

describe("other objects", () => {
  const pool = (spec: object) => ({ "NodePool/general": { kind: "NodePool", spec } });
  const store = (spec: object) => ({ "ClusterSecretStore/aws": { kind: "ClusterSecretStore", spec } });
  const project = (spec: object) => ({ "AppProject/argocd/a": { kind: "AppProject", spec } });
  const root = (source: object) => ({ "Application/root": { kind: "Application", spec: { source } } });
  test.each<[string, object, object, readonly string[]]>([
    ["a pool goes", pool({ limits: { cpu: 1 } }), {}, ["caution helm-object-removed"]],
    ["data goes", { "Elasticsearch/a": { kind: "Elasticsearch" } }, {}, ["danger helm-object-removed"]],
    ["an alert goes", { "PrometheusRule/a": { kind: "PrometheusRule" } }, {}, []],
    ["a pool without a limit", pool({ a: 1, limits: { cpu: "64" } }), pool({ a: 1 }), ["caution helm-guard-off"]],
    ["a pool with a higher limit", pool({ limits: { cpu: "64" } }), pool({ limits: { cpu: "96" } }), []],
    ["all at once", pool({ budgets: [{ nodes: "10%" }] }), pool({ budgets: [{ nodes: "100%" }] }), ["caution helm-guard-off"]],
    ["a store for everybody", store({ a: 1, conditions: [{ namespaces: ["a"] }] }), store({ a: 1 }), ["danger helm-rights"]],
    [
      "a quota that forbade",
      { "ResourceQuota/a": { spec: { hard: { "services.loadbalancers": "0", pods: "60" } } } },
      { "ResourceQuota/a": { spec: { hard: { "services.loadbalancers": "5", pods: "90" } } } },
      ["caution helm-guard-off"],
    ],
    [
      "a project for every namespace",
      project({ destinations: [{ namespace: "a" }] }),
      project({ destinations: [{ namespace: "*" }] }),
      ["caution helm-rights"],
    ],
    [
      "another repository",
      root({ repoURL: "https://a.example/x" }),
      root({ repoURL: "https://b.example/x" }),
      ["caution helm-source-changed"],
    ],
    [
      "a project that may lift quotas",
      project({ namespaceResourceBlacklist: [{ kind: "ResourceQuota" }] }),
      project({ namespaceResourceBlacklist: [] }),
      ["caution helm-rights"],
    ],
    ["no alerts", { defaultRules: { create: true } }, { defaultRules: { create: false } }, ["caution helm-guard-off"]],
    ["no certificate", {}, { http: { tls: { selfSignedCertificate: { disabled: true } } } }, ["danger helm-tls-off"]],
    ["a budget goes", { podDisruptionBudget: { maxUnavailable: 1 } }, {}, ["caution helm-guard-off"]],
    ["a budget in other words", { pdb: { maxUnavailable: 1 } }, { pdb: { minAvailable: 1 } }, []],
    [
      "logs in a JSON text",
      { "ConfigMap/a": { data: { "01.json": '{"policy":{"phases":{"delete":{"min_age":"30d"}}}}' } } },
      { "ConfigMap/a": { data: { "01.json": '{"policy":{"phases":{"delete":{"min_age":"3d"}}}}' } } },
      ["caution helm-retention-shorter"],
    ],
  ])("%s", (_, before, after, expected) => expect(toldOf(before, after)).toEqual(expected));

  test("what goes with an uninstalled release", () => {
    const objects = { "Elasticsearch/a": { kind: "Elasticsearch" }, ...pool({ limits: { cpu: 1 } }) };
    const gone = plan({ changes: [deleted("helm_release.r", release(objects))] });
    expect(alarms(helmValues, gone)).toEqual(["danger helm-object-removed", "caution helm-object-removed"]);
  });
});

test.each<[string, object, object, readonly string[]]>([
  ["one copy, and no budget", { replicaCount: 2, podDisruptionBudget: { maxUnavailable: 1 } }, { replicaCount: 1 }, ["caution", "caution"]],
  ["no network policies", { enableNetworkPolicy: "true" }, { enableNetworkPolicy: "false" }, ["caution"]],
  ["more copies", { replicaCount: 2 }, { replicaCount: 3 }, []],
])("settings of an EKS add-on: %s", (_, before, after, expected) => {
  const [was, is] = [before, after].map((settings): Values => ({ addon_name: "a", configuration_values: JSON.stringify(settings) }));
  const told = alarms(eksAddonSettings, plan({ changes: [updated("aws_eks_addon.a", was ?? {}, is ?? {})] }));
  expect(told).toEqual(expected.map((danger) => `${danger} eks-addon-settings`));
});
