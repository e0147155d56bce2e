/** Decisions about a team, as the objects that come of them. */
import { describe, expect, test } from "@jest/globals";
import type { TeamInput } from "../../../environments/schema/tenancy.ts";
import type { Environment, EnvironmentInput } from "../../../environments/schema.ts";
import { tenancyPlan } from "../../../modules/tenancy/objects.ts";
import { firstRoles, groupsByRole } from "../../../modules/tenancy/people.ts";
import { minimal } from "../../support/environment.ts";
import { billing, environmentWith, objectsOf, policy, shop, specOf } from "./made.ts";

describe("network policies", () => {
  const pods = { cidr: "100.64.0.0/16" };
  const blocks = (cidr: string, except?: string[]) => [{ ipBlock: { cidr, ...(except && { except }) } }];
  const inNamespaces = (...values: string[]) => [
    { namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values }] } },
  ];

  test("a namespace without any wish is closed but for names and credentials, and open to public load balancers", () => {
    const names = objectsOf({ shop }).flatMap(({ kind, metadata }) => (kind === "NetworkPolicy" ? [metadata.name] : []));
    expect(names).toEqual(["default-deny", "allow-platform", "allow-load-balancers"]);
    expect(policy({}, "default-deny")).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    expect(policy({}, "allow-platform")).toMatchObject({
      policyTypes: ["Egress"],
      egress: [{ ports: [{ port: 53 }, { port: 53 }] }, { to: blocks("169.254.170.23/32") }],
    });
  });

  test.each<[string, TeamInput["network"], string, object | undefined]>([
    ["public load balancers by default", {}, "allow-load-balancers", { ingress: [{ from: blocks("10.0.128.0/19") }] }],
    [
      "internal ones too",
      { loadBalancers: ["public", "internal"] },
      "allow-load-balancers",
      { ingress: [{ from: [...blocks("10.0.128.0/19"), ...blocks("10.0.0.0/17")] }] },
    ],
    ["no load balancer", { loadBalancers: [] }, "allow-load-balancers", undefined],
    ["the team's own pods only when asked", {}, "allow-within", undefined],
    [
      "the team's own pods",
      { within: true },
      "allow-within",
      { policyTypes: ["Ingress", "Egress"], ingress: [{ from: inNamespaces("shop") }], egress: [{ to: inNamespaces("shop") }] },
    ],
    [
      "another team, over all its namespaces",
      { to: { billing: { ports: [8080] } } },
      "allow-to-team-billing",
      { policyTypes: ["Egress"], egress: [{ to: inNamespaces("billing", "billing-jobs"), ports: [{ protocol: "TCP", port: 8080 }] }] },
    ],
    [
      "a tier by name",
      { outbound: { database: { to: "data", ports: [5432] } } },
      "allow-outbound-database",
      { egress: [{ to: blocks("10.0.160.0/19"), ports: [{ protocol: "TCP", port: 5432 }] }] },
    ],
    [
      "an address",
      { outbound: { legacy: { to: "192.168.1.0/24", ports: [22] } } },
      "allow-outbound-legacy",
      { egress: [{ to: blocks("192.168.1.0/24") }] },
    ],
    [
      "the internet, without the inside of the platform",
      { outbound: { https: { to: "0.0.0.0/0", ports: [443] } } },
      "allow-outbound-https",
      { egress: [{ to: blocks("0.0.0.0/0", ["10.0.0.0/17", "10.0.160.0/19", "10.0.192.0/21", "169.254.0.0/16"]) }] },
    ],
  ])("%s", (_, network, name, expected) => {
    if (expected) expect(policy(network, name)).toMatchObject(expected);
    else expect(policy(network, name)).toBeUndefined();
  });

  test("where pods have a block of their own, the internet includes interface endpoints", () => {
    const own = { network: { ...minimal.network, pods } };
    expect(policy({ outbound: { https: { to: "0.0.0.0/0", ports: [443] } } }, "allow-outbound-https", own)).toMatchObject({
      egress: [{ to: blocks("0.0.0.0/0", ["100.64.0.0/16", "10.0.160.0/19", "10.0.192.0/21", "169.254.0.0/16"]) }],
    });
  });

  test("who is called opens its own side, on these ports only", () => {
    const called = objectsOf({ shop: { ...shop, network: { to: { billing: { ports: [8080] } } } }, billing }, "billing");
    const ingress = [{ from: inNamespaces("shop"), ports: [{ protocol: "TCP", port: 8080 }] }];
    const opened = called.filter(({ metadata: { name } }) => name === "allow-from-team-shop");
    expect(opened.map(({ metadata, spec }) => [metadata.namespace, spec])).toEqual(
      ["billing", "billing-jobs"].map((namespace) => [namespace, { podSelector: {}, policyTypes: ["Ingress"], ingress }]),
    );
  });

  test.each<[string, EnvironmentInput["addons"], boolean, boolean]>([
    ["Prometheus and wish", { "kube-prometheus-stack": {} }, true, true],
    ["no wish", { "kube-prometheus-stack": {} }, false, false],
    ["no Prometheus", {}, true, false],
  ])("scraping: %s", (_, addons, monitoring, open) => {
    expect(policy({ monitoring }, "allow-monitoring", { addons }) !== undefined).toBe(open);
  });
});

describe("quota", () => {
  test("has all that can be bought, memory limits twice the requests unless said", () => {
    const hard = (quota: object) => specOf(objectsOf({ shop: { ...shop, namespaces: { shop: { quota } } } }), "ResourceQuota", "team");
    expect(hard({ cpu: 0.3, memoryGiB: 3 })).toMatchObject({
      hard: { "requests.cpu": "300m", "requests.memory": "3Gi", "limits.memory": "6Gi" },
    });
    expect(hard({ memoryLimitGiB: 5 })).toMatchObject({
      hard: {
        "limits.memory": "5Gi",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
        "count/ingresses.networking.k8s.io": "10",
      },
    });
    expect(hard({ loadBalancers: 1, gpus: 2 })).toMatchObject({
      hard: { "services.loadbalancers": "1", "services.nodeports": "8", "requests.nvidia.com/gpu": "2" },
    });
  });
});

describe("people", () => {
  test("a role of several teams has the groups of all, in any order of the data", () => {
    const roles = { developer: ["path/dev"], sqa: ["quality"] };
    const environment = environmentWith({ shop: { ...shop, roles }, billing: { ...billing, roles: { sqa: ["quality"] } } });
    expect([...groupsByRole(environment.tenancy?.teams ?? {})]).toEqual([
      ["path/dev", ["team:shop:developer"]],
      ["quality", ["team:billing:sqa", "team:shop:sqa"]],
    ]);
  });

  test("the first role of a kind stands for it; a kind without people for nobody", () => {
    const { tenancy } = environmentWith({ shop: { ...shop, roles: { developer: ["one", "two"], sqa: ["quality"] } } });
    expect(firstRoles(tenancy?.teams ?? {})).toEqual({ "shop-developer": "one", "shop-sqa": "quality" });
  });

  const verbsOn = (resource: string, kind: string, environment: Environment) => {
    const role = tenancyPlan(environment).shared.find(({ metadata }) => metadata.name === `mainline:team-${kind}`);
    const rules = role?.rules as { resources: string[]; verbs: string[] }[];
    return [...new Set(rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs }) => verbs))];
  };

  test.each([
    ["development", "developer", true, true],
    ["production", "developer", false, false],
    ["production", "devops", true, true],
    ["development", "sqa", false, false],
  ] as const)("in %s %s: changes workloads %s, reads Secrets %s", (profile, kind, changes, secrets) => {
    const environment = environmentWith({ shop }, { profile });
    expect(verbsOn("deployments", kind, environment).includes("patch")).toBe(changes);
    expect(verbsOn("pods/exec", kind, environment).includes("create")).toBe(changes);
    expect(verbsOn("secrets", kind, environment).includes("get")).toBe(secrets);
    expect(verbsOn("pods/log", kind, environment)).toEqual(["get", "list", "watch"]);
  });

  test("what limits a team is nobody's of the team to change", () => {
    const limits = ["resourcequotas", "limitranges", "networkpolicies", "rolebindings", "roles"];
    const environment = environmentWith({ shop });
    const verbs = limits.flatMap((resource) => ["devops", "developer", "sqa"].flatMap((kind) => verbsOn(resource, kind, environment)));
    expect(new Set(verbs)).toEqual(new Set(["get", "list", "watch"]));
  });
});

test("namespaces enforce their standard, say whose they are, and why they are not restricted", () => {
  const because = "its image runs as root until March";
  const namespaces = { shop: {}, "shop-legacy": { podSecurity: "baseline" as const, because } };
  const [team] = tenancyPlan(environmentWith({ shop: { ...shop, namespaces } })).teams;
  const enforced = team?.namespaces.map(({ name, labels, annotations }) => [
    name,
    labels["pod-security.kubernetes.io/enforce"],
    labels.team,
    annotations,
  ]);
  expect(enforced).toEqual([
    ["shop", "restricted", "shop", { owner: "shop@example.com" }],
    ["shop-legacy", "baseline", "shop", { owner: "shop@example.com", "pod-security-because": because }],
  ]);
});

test.each([
  ["pods wait for their load balancer where there can be one", { "aws-load-balancer-controller": {} }, "enabled"],
  ["and for nothing that nobody answers", {}, undefined],
] as const)("%s", (_, addons, gate) => {
  const [team] = tenancyPlan(environmentWith({ shop }, { addons })).teams;
  expect(team?.namespaces.map(({ labels }) => labels["elbv2.k8s.aws/pod-readiness-gate-inject"])).toEqual([gate]);
});

test("a team's kinds of add-ons are named, so that they are waited for", () => {
  const addons = { "argo-cd": { host: "argocd.example.com" }, "external-secrets": {} };
  const needs = (team: TeamInput, chosen: EnvironmentInput["addons"]) =>
    tenancyPlan(environmentWith({ shop: team }, { addons: chosen })).teams[0]?.needs;
  expect(needs({ ...shop, delivery: { repositories: ["https://github.com/example/shop"] } }, addons)).toEqual([
    "argo-cd",
    "external-secrets",
  ]);
  expect(needs(shop, addons)).toEqual(["external-secrets"]);
  expect(needs(shop, {})).toEqual([]);
});
