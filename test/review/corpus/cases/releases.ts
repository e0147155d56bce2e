/** Changes of Helm releases, on prod. */
import { type Case, remove, set, value as valueAt } from "../case.ts";

const value = (name: string, path: readonly string[], wanted: unknown) => valueAt(`helm_release.addons_${name}`, path, wanted);
const release = (name: string) => `helm_release.addons_${name}_release`;

export const releases: readonly Case[] = [
  {
    id: "chart-older",
    base: "addons",
    finds: ["helm-"],
    at: release("metrics-server"),
    change: set(release("metrics-server"), { version: "3.12.0" }),
  },
  {
    id: "chart-major",
    base: "addons",
    finds: ["helm-"],
    at: release("eck-operator"),
    change: set(release("eck-operator"), { version: "4.0.0" }),
  },
  {
    id: "release-elsewhere",
    base: "addons",
    finds: ["helm-", "replace", "destroy"],
    at: release("metrics-server"),
    change: set(release("metrics-server"), { namespace: "default" }),
  },
  {
    id: "release-removed",
    base: "addons",
    finds: ["destroy", "helm-"],
    at: "external-secrets",
    change: remove("helm_release.addons_external-secrets_resources"),
  },
  {
    id: "argo-cd-everybody-admin",
    base: "addons",
    finds: ["helm-"],
    at: "argo-cd",
    change: value("argo-cd_release", ["configs", "rbac", "policy.default"], "role:admin"),
  },
  {
    id: "prometheus-forgets",
    base: "addons",
    finds: ["helm-"],
    at: "kube-prometheus-stack",
    change: value("kube-prometheus-stack_release", ["prometheus", "prometheusSpec", "storageSpec"], {}),
  },
  {
    id: "argo-cd-public",
    base: "addons",
    finds: ["helm-"],
    at: "argo-cd",
    change: value("argo-cd_release", ["server", "ingress", "annotations"], { "alb.ingress.kubernetes.io/scheme": "internet-facing" }),
  },
  {
    id: "grafana-by-load-balancer",
    base: "addons",
    finds: ["helm-"],
    at: "kube-prometheus-stack",
    change: value("kube-prometheus-stack_release", ["grafana", "service", "type"], "LoadBalancer"),
  },
  {
    id: "metrics-server-privileged",
    base: "addons",
    finds: ["helm-"],
    at: "metrics-server",
    change: value("metrics-server_release", ["securityContext"], { privileged: true }),
  },
  {
    id: "controller-alone",
    base: "addons",
    finds: ["helm-"],
    at: "load-balancer",
    change: value("aws-load-balancer-controller_release", ["replicaCount"], 1),
  },
  { id: "chart-patch", base: "addons", finds: [], change: set(release("metrics-server"), { version: "3.13.2" }) },
  {
    id: "release-memory",
    base: "addons",
    finds: [],
    change: value("metrics-server_release", ["resources", "requests", "memory"], "256Mi"),
  },
  { id: "release-timeout", base: "addons", finds: [], change: set(release("metrics-server"), { timeout: 900 }) },
];
