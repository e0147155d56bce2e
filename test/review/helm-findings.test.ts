import { describe, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { helmReleases } from "../../review/findings/helm-releases.ts";
import { helmValues } from "../../review/findings/helm-values.ts";
import { afterApply, type Change, created, deleted, plan, replaced, updated, type Value, type Values } from "./plans.ts";
import { alarms } from "./told.ts";

const release = (values: object, more: Values = {}): Values => ({
  name: "r",
  namespace: "n",
  chart: "c",
  repository: "https://charts.example.com",
  version: "1.2.3",
  values: [stringify(values)],
  ...more,
});
const r = "helm_release.r";
const to = (before: object, after: object): Change => updated(r, release(before), release(after));

describe("values", () => {
  test.each<[string, object, object, readonly string[]]>([
    ["no copies", { replicas: 3 }, { replicas: 0 }, ["danger helm-replicas"]],
    ["one copy", { server: { replicaCount: 2 } }, { server: { replicaCount: 1 } }, ["caution helm-replicas"]],
    ["more copies", { replicas: 1 }, { replicas: 3 }, []],
    ["one copy as before", { replicas: 1, a: 1 }, { replicas: 1, a: 2 }, []],
    ["no volume", { persistence: { enabled: true } }, { persistence: { enabled: false } }, ["danger helm-persistence-off"]],
    [
      "no claim",
      { prometheus: { storageSpec: { volumeClaimTemplate: { spec: { storageClassName: "gp3" } } } } },
      { prometheus: {} },
      ["danger helm-persistence-off"],
    ],
    ["a smaller volume", { persistence: { size: "50Gi" } }, { persistence: { size: "20Gi" } }, ["caution helm-storage-smaller"]],
    ["a larger volume", { persistence: { size: "900Mi" } }, { persistence: { size: "1Gi" } }, []],
    [
      "kept for less time",
      { prometheusSpec: { retention: "15d" } },
      { prometheusSpec: { retention: "72h" } },
      ["caution helm-retention-shorter"],
    ],
    ["volumes deleted", { reclaimPolicy: "Retain" }, { reclaimPolicy: "Delete" }, ["danger helm-data-lost-on-delete"]],
    ["TLS off", { server: { tls: { enabled: true } } }, { server: { tls: { enabled: false } } }, ["danger helm-tls-off"]],
    ["TLS not checked", {}, { config: { insecureSkipVerify: true } }, ["danger helm-tls-off"]],
    ["an insecure argument", { args: ["--a"] }, { args: ["--a", "--kubelet-insecure-tls"] }, ["caution helm-tls-off"]],
    [
      "strangers",
      { grafana: { "grafana.ini": { "auth.anonymous": { enabled: false } } } },
      { grafana: { "grafana.ini": { "auth.anonymous": { enabled: true } } } },
      ["danger helm-authentication-off"],
    ],
    ["the node's network", {}, { hostNetwork: true }, ["danger helm-host-access"]],
    ["privileged", { securityContext: { privileged: false } }, { securityContext: { privileged: true } }, ["danger helm-privileged"]],
    [
      "root allowed",
      { securityContext: { runAsNonRoot: true } },
      { securityContext: { runAsNonRoot: false } },
      ["caution helm-privileged"],
    ],
    ["a capability", {}, { securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }, ["danger helm-privileged"]],
    ["a load balancer", { service: { type: "ClusterIP" } }, { service: { type: "LoadBalancer" } }, ["caution helm-exposed"]],
    [
      "internet-facing",
      { ingress: { annotations: { "alb.ingress.kubernetes.io/scheme": "internal" } } },
      { ingress: { annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" } } },
      ["danger helm-exposed"],
    ],
    ["from everywhere", { loadBalancerSourceRanges: ["10.0.0.0/8"] }, { loadBalancerSourceRanges: ["0.0.0.0/0"] }, ["danger helm-exposed"]],
    ["an ingress", { ingress: { enabled: false } }, { ingress: { enabled: true } }, ["caution helm-exposed"]],
    ["cluster administrator", { role: "view" }, { role: "cluster-admin" }, ["danger helm-rights"]],
    ["every verb", { rbac: { rules: [{ verbs: ["get"] }] } }, { rbac: { rules: [{ verbs: ["*"] }] } }, ["caution helm-rights"]],
    [
      "administrators of Argo CD",
      { configs: { rbac: { "policy.csv": "g, a, role:admin" } } },
      { configs: { rbac: { "policy.csv": "g, a, role:admin\ng, b, role:admin" } } },
      ["caution helm-rights"],
    ],
    [
      "everybody's role in Argo CD",
      { configs: { rbac: { "policy.default": "role:readonly" } } },
      { configs: { rbac: { "policy.default": "role:admin" } } },
      ["danger helm-rights"],
    ],
    [
      "another role",
      { sa: { annotations: { "eks.amazonaws.com/role-arn": "a" } } },
      { sa: { annotations: { "eks.amazonaws.com/role-arn": "b" } } },
      ["caution helm-role-changed"],
    ],
    ["no network policy", { networkPolicy: { enabled: true } }, { networkPolicy: { enabled: false } }, ["caution helm-guard-off"]],
    [
      "a policy that warns",
      { spec: { validationFailureAction: "Enforce" } },
      { spec: { validationFailureAction: "Audit" } },
      ["danger helm-guard-off"],
    ],
    [
      "a role for more people",
      { resources: { "RoleBinding/edit": { subjects: [{ name: "a" }] } } },
      { resources: { "RoleBinding/edit": { subjects: [{ name: "a" }, { name: "b" }] } } },
      ["caution helm-rights"],
    ],
    ["a role for everybody", { subjects: [] }, { subjects: [{ name: "system:authenticated" }] }, ["danger helm-rights"]],
    [
      "a role for fewer people",
      { resources: { "RoleBinding/edit": { subjects: [{ name: "a" }, { name: "b" }] } } },
      { resources: { "RoleBinding/edit": { subjects: [{ name: "a" }] } } },
      [],
    ],
    ["no definitions", { crds: { enabled: true } }, { crds: { enabled: false } }, ["danger helm-definitions-off"]],
    ["another registry", { image: { repository: "a/b" } }, { image: { repository: "c/b" } }, ["caution helm-image"]],
    ["a newer image", { image: { tag: "1.0" } }, { image: { tag: "1.1" } }, []],
    ["no backups", { schedules: { daily: { schedule: "0 1 * * *" } } }, { schedules: {} }, ["caution helm-backup-off"]],
    ["another order of keys", { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, []],
    ["more memory", { resources: { limits: { memory: "1Gi" } } }, { resources: { limits: { memory: "2Gi" } } }, []],
    [
      "a toleration before others",
      { tolerations: [{ key: "a", operator: "Exists" }] },
      {
        tolerations: [
          { key: "b", operator: "Exists" },
          { key: "a", operator: "Exists" },
        ],
      },
      [],
    ],
  ])("%s", (_, before, after, expected) => expect(alarms(helmValues, plan({ changes: [to(before, after)] }))).toEqual(expected));

  test.each<[string, Change, readonly string[]]>([
    ["privileged, in a new release", created(r, release({ securityContext: { privileged: true } })), []],
    [
      "internet-facing, in a new release",
      created(r, release({ annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" } })),
      ["caution helm-exposed"],
    ],
    ["strangers, in a new release", created(r, release({ "auth.anonymous": { enabled: true } })), ["danger helm-authentication-off"]],
    [
      "by set",
      updated(r, { ...release({ replicas: 2 }), set: [] }, { ...release({ replicas: 2 }), set: [{ name: "replicas", value: "0" }] }),
      ["danger helm-replicas"],
    ],
    ["set instead of values", updated(r, { ...release({ a: { b: "c" } }) }, { ...release({}), set: [{ name: "a.b", value: "c" }] }), []],
    ["known after apply", updated(r, release({ a: 1 }), { ...release({}), values: [afterApply] }), ["caution helm-values-unknown"]],
    ["known after apply, new", created(r, { ...release({}), values: [afterApply] }), []],
    ["no YAML", updated(r, release({ a: 1 }), release({}, { values: ["a: [1"] })), ["caution helm-values-unreadable"]],
    ["metadata only", updated(r, release({ a: 1 }, { metadata: [{ revision: 1 }] }), release({ a: 1 }, { metadata: afterApply })), []],
    [
      "pod security of a namespace",
      updated(
        "kubernetes_namespace_v1.n",
        { metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "restricted" } }] },
        { metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "privileged" } }] },
      ),
      ["danger kubernetes-pod-security-weaker"],
    ],
    [
      "stricter pod security",
      updated(
        "kubernetes_namespace_v1.n",
        { metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "baseline" } }] },
        { metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "restricted" } }] },
      ),
      [],
    ],
  ])("%s", (_, change, expected) => expect(alarms(helmValues, plan({ changes: [change] }))).toEqual(expected));

  test("are listed by path, without their secrets", () => {
    const before = { admin: { password: "old-secret" }, a: { b: 1 } };
    const after = { admin: { password: "new-secret" }, a: { b: 2 } };
    const findings = helmValues(plan({ changes: [to(before, after)] }));
    expect(findings).toMatchObject([{ rule: "helm-values", details: ["a.b: 1 → 2", expect.stringContaining("admin.password: ")] }]);
    expect(JSON.stringify(findings)).not.toMatch(/old-secret|new-secret/);
  });
});

describe("releases", () => {
  const version = (from: Value, next: Value, more: Values = {}): Change =>
    updated(r, release({}, { version: from, ...more }), release({}, { version: next, ...more }));
  test.each<[string, Change, readonly string[]]>([
    ["a patch", version("1.2.3", "1.2.4"), []],
    ["a minor", version("1.2.3", "1.3.0"), []],
    ["a major", version("1.2.3", "2.0.0"), ["caution helm-chart-version"]],
    ["a minor before 1.0", version("0.2.3", "0.3.0"), ["caution helm-chart-version"]],
    ["back", version("v1.21.1", "v1.20.0"), ["danger helm-chart-downgrade"]],
    ["a major of definitions", version("1.2.3", "2.0.0", { chart: "karpenter-crd" }), ["danger helm-chart-version"]],
    ["not known", version("1.2.3", afterApply), ["caution helm-chart-version"]],
    ["another namespace", replaced(r, release({}), release({}, { namespace: "m" }), "namespace"), ["danger helm-reinstalled"]],
    ["another chart", updated(r, release({}), release({}, { chart: "d" })), ["danger helm-chart-replaced"]],
    [
      "the next package of a mirror",
      updated(
        r,
        release({}, { chart: "/srv/charts/c-1.2.3.tgz", version: "1.2.3" }),
        release({}, { chart: "/srv/charts/c-1.2.4.tgz", version: "1.2.4" }),
      ),
      [],
    ],
    ["another repository", updated(r, release({}), release({}, { repository: "https://evil.example.com" })), ["caution helm-chart-source"]],
    [
      "our own chart, changed",
      updated(
        r,
        release({}, { chart: "./assets/res/F24D6110BA197B3F33D1A8A4A75794E0", version: "0.1.0" }),
        release({}, { chart: "./assets/res/A24D6110BA197B3F33D1A8A4A75794E1", version: "0.1.0" }),
      ),
      [],
    ],
    ["not atomic", updated(r, release({}, { atomic: true }), release({}, { atomic: false })), ["caution helm-install-unsafe"]],
    ["another time to wait", updated(r, release({}, { timeout: 300 }), release({}, { timeout: 600 })), []],
    ["definitions removed", deleted(r, release({}, { chart: "prometheus-operator-crds" })), ["danger helm-definitions-removed"]],
    ["removed", deleted(r, release({})), []],
  ])("%s", (_, change, expected) => expect(alarms(helmReleases, plan({ changes: [change] }))).toEqual(expected));
});
