/** Namespaces of add-ons. Several add-ons may share one, so what holds for it is said once, here. */
import type { AddonNamespace } from "../../environments/addon-namespaces.ts";

/** Pod Security Standards. Source: Kubernetes documentation, "Pod Security Standards". */
export type PodSecurity = "restricted" | "baseline" | "privileged";

export interface NamespaceRule {
  readonly podSecurity: PodSecurity;
  /** Why it is not `restricted`. */
  readonly because?: string;
  /** Made by EKS, never by us, and never deleted. */
  readonly existing?: true;
}

export const namespaces = {
  "kube-system": { podSecurity: "privileged", because: "made by EKS for its own agents", existing: true },
  "argo-rollouts": { podSecurity: "restricted" },
  "argo-workflows": { podSecurity: "baseline", because: "steps of workflows run as the user of their image" },
  argocd: { podSecurity: "restricted" },
  atlantis: { podSecurity: "restricted" },
  "cert-manager": { podSecurity: "restricted" },
  "elastic-system": { podSecurity: "restricted" },
  "external-dns": { podSecurity: "restricted" },
  "external-secrets": { podSecurity: "restricted" },
  "github-runner-controller": { podSecurity: "restricted" },
  "github-runners": { podSecurity: "baseline", because: "jobs bring their own images" },
  jenkins: { podSecurity: "restricted" },
  "jenkins-agents": { podSecurity: "baseline", because: "agents bring their own images" },
  keda: { podSecurity: "restricted" },
  kyverno: { podSecurity: "restricted" },
  logging: { podSecurity: "privileged", because: "the log shipper reads /var/log of its node as root" },
  monitoring: { podSecurity: "privileged", because: "the node exporter reads /proc and /sys of its node" },
  reloader: { podSecurity: "restricted" },
  velero: { podSecurity: "restricted" },
} as const satisfies Readonly<Record<AddonNamespace, NamespaceRule>>;

export type Namespace = keyof typeof namespaces;

export function ruleOf(name: Namespace): NamespaceRule {
  return namespaces[name];
}
