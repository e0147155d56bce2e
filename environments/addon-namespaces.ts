/** Namespaces of add-ons and of Kubernetes itself: no team may have one of these. What holds for them is in modules/addons/namespaces.ts. */
export const addonNamespaces = [
  "argo-rollouts",
  "argo-workflows",
  "argocd",
  "atlantis",
  "cert-manager",
  "elastic-system",
  "external-dns",
  "external-secrets",
  "github-runner-controller",
  "github-runners",
  "jenkins",
  "jenkins-agents",
  "keda",
  "kube-system",
  "kyverno",
  "logging",
  "monitoring",
  "reloader",
  "velero",
] as const;

export type AddonNamespace = (typeof addonNamespaces)[number];
