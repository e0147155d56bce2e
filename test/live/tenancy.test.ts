/** Teams on the real API: who may do what, and what quotas, limits and pod security refuse. Rendered by the product's own functions, without Helm. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { loadEnvironments } from "../../environments/index.ts";
import { tenancyPlan } from "../../modules/tenancy/objects.ts";
import { groupsByRole } from "../../modules/tenancy/people.ts";
import { credentialLedger } from "../../rehearsal/identity/credentials.ts";
import { type KubernetesApi, KubernetesError } from "../../rehearsal/kubernetes/api.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import {
  administrator,
  as,
  canI,
  eventually,
  identity,
  type Rehearsed,
  roleEntry,
  session,
  startPlane,
  token,
} from "./kubernetes-setup.ts";
import {
  claim,
  forwarded,
  grouped,
  ingress,
  inProduction,
  lookers,
  looking,
  monitor,
  monitors,
  pod,
  requests,
  service,
} from "./tenancy-manifests.ts";
import { applyTenancy, pathOf } from "./tenancy-objects.ts";
import { people, teamCells } from "./tenancy-statement.ts";

jest.setTimeout(120_000);

const dev = loadEnvironments().find(({ name }) => name === "dev");
if (!dev?.tenancy) throw new Error("dev has no teams");
const plan = tenancyPlan(dev);
const groups = groupsByRole(dev.tenancy.teams);

withKubernetes("teams on the live API", () => {
  let rehearsed: Rehearsed;
  let admin: KubernetesApi;
  const apis = new Map<string, KubernetesApi>();

  beforeAll(async () => {
    const sessions = people.map(session);
    rehearsed = await startPlane(credentialLedger(sessions));
    await rehearsed.plane.start(identity("dev"));
    admin = await administrator(rehearsed.plane, "dev");
    const entries = [...groups, [inProduction, [inProduction]] as const].map(([role, own]) =>
      roleEntry(role, undefined, "cluster", [...own]),
    );
    await rehearsed.plane.setAccess("dev", entries);
    const tokens = await Promise.all(sessions.map((credential) => token(credential, "dev")));
    for (const [i, role] of people.entries()) apis.set(role, await as(rehearsed.plane, "dev", tokens[i] ?? ""));
    await applyTenancy(admin, plan);
    for (const object of [...lookers, looking]) {
      await admin.call({ method: "PATCH", path: `${pathOf(object)}?fieldManager=test`, body: object });
    }
    // The controller counts what a quota is about; before that the API refuses every pod.
    const counted = async () => {
      const { items } = await admin.call<{ items: { status?: { hard?: object } }[] }>({ method: "GET", path: "/api/v1/resourcequotas" });
      return items.every(({ status }) => status?.hard !== undefined);
    };
    await eventually(counted, Boolean);
    await admin.call({ method: "POST", path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body: monitors });
    // Admission policies act a moment after they were made, those of a kind after its definition.
    const borders = [
      ["/apis/networking.k8s.io/v1", "ingresses", grouped("another")],
      ["/api/v1", "services", { ...service("ClusterIP"), spec: { ...service("ClusterIP").spec, externalIPs: ["192.0.2.1"] } }],
      ["/apis/monitoring.coreos.com/v1", "servicemonitors", monitor({ bearerTokenFile: "/token" })],
    ] as const;
    for (const [root, plural, body] of borders) {
      const path = `${root}/namespaces/shop/${plural}?dryRun=All`;
      await eventually(
        async () => admin.call({ method: "POST", path, body }).then(String, String),
        (answer) => answer.includes("ValidatingAdmissionPolicy"),
      );
    }
  });
  afterAll(async () => {
    for (const api of apis.values()) api.close();
    await rehearsed?.close();
  });

  const holder = (role: string) => {
    const api = apis.get(role);
    if (!api) throw new Error(`no API for ${role}`);
    return api;
  };
  /** The object as the API would store it, or why it refuses. Nothing is kept. */
  const tried = async (role: string, path: string, body: object): Promise<string> => {
    const stored = holder(role).call<object>({ method: "POST", path: `/api/v1/namespaces/${path}?dryRun=All`, body });
    return stored.then(JSON.stringify, (error: unknown) => (error instanceof KubernetesError ? error.message : Promise.reject(error)));
  };

  test("everybody may do what the statement says, and nothing else", async () => {
    const table = teamCells();
    expect(table.length).toBeGreaterThanOrEqual(200);
    const wrong = await Promise.all(
      table.map(async (cell) => {
        const allowed = await canI(holder(cell.role), cell);
        if (allowed === cell.allowed) return [];
        return [`${cell.role} ${allowed ? "may" : "may not"} ${cell.verb} ${cell.resource} in ${cell.namespace}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });

  test("a developer reads the own team's Secrets and not another's; limits cannot be lifted", async () => {
    for (const namespace of ["shop", "billing"]) {
      const body = { metadata: { name: "database" }, stringData: { password: "of the team" } };
      await admin.call({ method: "POST", path: `/api/v1/namespaces/${namespace}/secrets`, body });
    }
    const developer = holder("shop-developer");
    const asked = async (method: "GET" | "DELETE", path: string) =>
      developer.call({ method, path }).then(
        () => 200,
        (error: KubernetesError) => error.status,
      );
    expect(await asked("GET", "/api/v1/namespaces/shop/secrets/database")).toBe(200);
    expect(await asked("GET", "/api/v1/namespaces/billing/secrets/database")).toBe(403);
    expect(await asked("DELETE", "/api/v1/namespaces/shop/resourcequotas/team")).toBe(403);
    expect(await asked("DELETE", "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/default-deny")).toBe(403);
    expect(await asked("DELETE", "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings/team-sqa")).toBe(403);
  });

  test("a pod that states nothing gets the namespace's defaults", async () => {
    expect(await tried("shop-developer", "shop/pods", pod())).toContain(
      '"resources":{"limits":{"memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}}',
    );
  });

  describe("refused", () => {
    test.each([
      [
        "more CPU than the quota",
        "shop/pods",
        pod(requests("3", "128Mi")),
        /exceeded quota: team, requested: requests.cpu=3, .*limited: requests.cpu=2/,
      ],
      ["more memory than a container may have", "shop/pods", pod(requests("1", "3Gi")), /maximum memory usage per Container is 2Gi/],
      [
        "a privileged pod",
        "shop/pods",
        pod({ securityContext: { privileged: true } }),
        /violates PodSecurity "restricted:latest": privileged/,
      ],
      ["a pod as root", "shop/pods", pod({}, { securityContext: {} }), /violates PodSecurity "restricted:latest".*runAsNonRoot/],
      [
        "a pod with its node's network",
        "shop/pods",
        pod({}, { hostNetwork: true }),
        /violates PodSecurity "restricted:latest": host namespaces/,
      ],
      [
        "a pod that evicts the platform's",
        "shop/pods",
        pod({}, { priorityClassName: "system-node-critical" }),
        /exceeded quota: no-system-priority/,
      ],
      [
        "a GPU that nobody granted",
        "shop/pods",
        pod({ resources: { limits: { "nvidia.com/gpu": "1", memory: "256Mi" } } }),
        /exceeded quota: team, requested: requests.nvidia.com\/gpu=1/,
      ],
      ["a load balancer of its own", "shop/services", service("LoadBalancer"), /exceeded quota: team, requested: services.loadbalancers=1/],
      ["a port of every node", "shop/services", service("NodePort"), /exceeded quota: team, requested: services.nodeports=1/],
      ["a volume above the bound", "shop/persistentvolumeclaims", claim("60Gi"), /maximum storage usage per PersistentVolumeClaim is 50Gi/],
      ["another team's namespace", "billing/pods", pod(), /403: .*cannot create resource "pods".*in the namespace "billing"/],
    ])("%s", async (_, path, body, message) => expect(await tried("shop-developer", path, body)).toMatch(message));
  });

  describe("across the border of teams", () => {
    const answer = async (root: string, path: string, body: object) =>
      holder("shop-developer")
        .call({ method: "POST", path: `${root}/namespaces/shop/${path}?dryRun=All`, body })
        .then(() => "accepted", String);
    const ingresses = ["/apis/networking.k8s.io/v1", "ingresses"] as const;
    const services = ["/api/v1", "services"] as const;
    const scraped = ["/apis/monitoring.coreos.com/v1", "servicemonitors"] as const;
    const weights = '{"Type":"forward","ForwardConfig":{"TargetGroups":[{"ServiceName":"shop-canary","ServicePort":"80","Weight":10}]}}';

    test.each<[string, readonly [string, string], object, RegExp]>([
      ["a load balancer of its own", ingresses, ingress({}), /^accepted$/],
      ["the team's group", ingresses, grouped("shop"), /^accepted$/],
      ["another group of the team", ingresses, grouped("shop.public"), /^accepted$/],
      ["another team's group", ingresses, grouped("billing"), /another team could be in this group. Name it shop, or shop\.<more>/],
      ["a group of a team whose name begins alike", ingresses, grouped("shop-admin"), /another team could be in this group/],
      ["weights that Argo Rollouts writes", ingresses, forwarded(weights), /^accepted$/],
      [
        "another team's target group",
        ingresses,
        forwarded('{"type":"forward","targetGroupARN":"arn:x"}'),
        /target groups may be anybody's. Name Services/,
      ],
      ["the same in other letters", ingresses, forwarded('{"type":"forward","TARGETGROUPARN":"arn:x"}'), /target groups may be anybody's/],
      ["the same, escaped", ingresses, forwarded('{"type":"forward","targetGroup\\u0041RN":"arn:x"}'), /target groups may be anybody's/],
      ["the same, by name", ingresses, forwarded('{"type":"forward","targetGroupName":"x"}'), /target groups may be anybody's/],
      ["a Service", services, service("ClusterIP"), /^accepted$/],
      [
        "the address of somebody else",
        services,
        { ...service("ClusterIP"), spec: { ...service("ClusterIP").spec, externalIPs: ["10.10.0.10"] } },
        /spec.externalIPs: takes the traffic/,
      ],
      ["a monitor with a secret of the team", scraped, monitor({ authorization: { credentials: { name: "x", key: "y" } } }), /^accepted$/],
      ["Prometheus's own token", scraped, monitor({ bearerTokenFile: "/var/run/secrets/token" }), /files would be those of Prometheus/],
      ["Prometheus's own certificate", scraped, monitor({ tlsConfig: { keyFile: "/key" } }), /files would be those of Prometheus/],
    ])("%s", async (_, [root, plural], body, expected) => expect(await answer(root, plural, body)).toMatch(expected));
  });

  test("a second pod is refused once the first has the quota", async () => {
    const path = "/api/v1/namespaces/shop-jobs/pods";
    const developer = holder("shop-developer");
    await developer.call({ method: "POST", path, body: pod(requests("600m", "128Mi")) });
    expect(await tried("shop-developer", "shop-jobs/pods", { ...pod(requests("600m", "128Mi")), metadata: { name: "second" } })).toMatch(
      /exceeded quota: team, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1/,
    );
  });

  test("every namespace is closed in both directions, and opened only by name", async () => {
    interface Policy {
      readonly metadata: { readonly name: string; readonly namespace: string };
      readonly spec: { readonly policyTypes: string[]; readonly ingress?: object[]; readonly egress?: object[] };
    }
    const { items } = await admin.call<{ items: Policy[] }>({ method: "GET", path: "/apis/networking.k8s.io/v1/networkpolicies" });
    const denied = items.filter(({ metadata: { name }, spec }) => name === "default-deny" && !spec.ingress && !spec.egress);
    const directions = Object.fromEntries(denied.map(({ metadata, spec }) => [metadata.namespace, spec.policyTypes]));
    const both = ["Ingress", "Egress"];
    expect(directions).toEqual({ billing: both, shop: both, "shop-jobs": both });
    const named = (namespace: string) =>
      items.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);
    expect(named("billing").sort()).toEqual(
      [
        "allow-from-team-shop",
        "allow-monitoring",
        "allow-outbound-database",
        "allow-outbound-https",
        "allow-platform",
        "default-deny",
      ].sort(),
    );
    expect(named("shop").sort()).toEqual(
      [
        "allow-load-balancers",
        "allow-monitoring",
        "allow-outbound-database",
        "allow-outbound-https",
        "allow-platform",
        "allow-to-team-billing",
        "default-deny",
      ].sort(),
    );
  });
});
