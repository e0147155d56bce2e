/** A team's project of Argo CD. */
import { describe, expect, test } from "@jest/globals";
import type { TeamInput } from "../../../environments/schema/tenancy.ts";
import type { EnvironmentInput } from "../../../environments/schema.ts";
import { crdProblems } from "../../support/crd-schema.ts";
import { missing } from "../../support/shared-charts.ts";
import { objectsOf, shop } from "./made.ts";

describe("Argo CD", () => {
  const delivery = { repositories: ["https://github.com/example/shop-*"], developers: ["shop-developers"] };
  const sso = { organisation: "example", secret: "argocd-github", teams: { devops: ["platform"], developer: ["shop-developers"] } };
  const addons = { "argo-cd": { host: "argocd.example.com", sso } };
  const project = (team: TeamInput, chosen: EnvironmentInput["addons"]) =>
    objectsOf({ shop: team }, "shop", { addons: chosen }).filter(({ kind }) => kind === "AppProject");

  test("a team's project is bounded by its repositories, namespaces and people", () => {
    const [made, ...more] = project({ ...shop, delivery }, addons);
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      metadata: { name: "shop", namespace: "argocd" },
      spec: {
        sourceRepos: delivery.repositories,
        destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
        clusterResourceWhitelist: [],
        roles: [{ name: "automation" }, { name: "developer", groups: ["example:shop-developers"] }],
      },
    });
  });

  test.each([
    ["apps/Deployment", true],
    ["external-secrets.io/ExternalSecret", true],
    ["networking.k8s.io/NetworkPolicy", true],
    // Made by Deployments and Rollouts: without it Argo CD shows no pods.
    ["apps/ReplicaSet", true],
    ["/ResourceQuota", false],
    ["/LimitRange", false],
    ["rbac.authorization.k8s.io/Role", false],
    ["rbac.authorization.k8s.io/RoleBinding", false],
    ["external-secrets.io/SecretStore", false],
    ["generators.external-secrets.io/STSSessionToken", false],
    ["elbv2.k8s.aws/TargetGroupBinding", false],
    ["discovery.k8s.io/EndpointSlice", false],
    ["apps/DaemonSet", false],
    ["argoproj.io/Application", false],
  ])("its applications bring %s: %s", (kind, allowed) => {
    const [made] = project({ ...shop, delivery }, addons);
    const { namespaceResourceWhitelist: list = [] } = {
      ...(made?.spec as { namespaceResourceWhitelist?: Record<"group" | "kind", string>[] }),
    };
    expect(list.map((each) => `${each.group}/${each.kind}`).includes(kind)).toBe(allowed);
  });

  (missing ? test.skip : test)(`it satisfies its definition${missing && ` (skipped: ${missing})`}`, () => {
    expect(project({ ...shop, delivery }, addons).flatMap(crdProblems)).toEqual([]);
  });

  test("there is none without Argo CD, nor for a team that delivers nothing", () => {
    expect(project({ ...shop, delivery }, {})).toEqual([]);
    expect(project(shop, addons)).toEqual([]);
  });
});
