/** Add-ons: values of their charts, releases, namespaces, identities. */
import { parse, stringify } from "yaml";
import { type Attributes, add, at, type Case, remove, set, value, values } from "../../case.ts";

const release = (name: string) => `helm_release.addons_${name}`;
const helm = ["helm-"];
const privileged = { "pod-security.kubernetes.io/enforce": "privileged" };

export const addons: readonly Case[] = [
  {
    id: "karpenter-alone",
    base: "addons",
    finds: helm,
    at: "karpenter_release",
    change: value(release("karpenter_release"), ["replicas"], 1),
  },
  {
    id: "controller-without-budget",
    base: "addons",
    finds: helm,
    at: "load-balancer-controller_release",
    change: value(release("aws-load-balancer-controller_release"), ["podDisruptionBudget"], undefined),
  },
  {
    id: "load-balancers-public-by-default",
    base: "addons",
    finds: helm,
    at: "load-balancer-controller_release",
    change: value(release("aws-load-balancer-controller_release"), ["defaultLoadBalancerScheme"], "internet-facing"),
  },
  {
    id: "argo-cd-anonymous",
    base: "addons",
    finds: helm,
    at: "argo-cd_release",
    change: value(release("argo-cd_release"), ["configs", "cm", "users.anonymous.enabled"], "true"),
  },
  {
    id: "argo-cd-role-of-everybody",
    base: "addons",
    finds: helm,
    at: "argo-cd_release",
    change: value(
      release("argo-cd_release"),
      ["configs", "rbac", "policy.csv"],
      "g, role:devops, role:admin\ng, role:developer, role:admin\n",
    ),
  },
  {
    id: "collector-sees-the-host",
    base: "addons",
    finds: helm,
    at: "fluent-bit_release",
    change: values(release("fluent-bit_release"), (tree) => {
      (tree.daemonSetVolumes as Attributes[]).push({ name: "root", hostPath: { path: "/" } });
      (tree.daemonSetVolumeMounts as Attributes[]).push({ name: "root", mountPath: "/host" });
    }),
  },
  {
    id: "kubelets-unverified",
    base: "addons",
    finds: helm,
    at: "metrics-server",
    change: value(release("metrics-server_release"), ["args"], ["--kubelet-insecure-tls"]),
  },
  {
    id: "image-from-elsewhere",
    base: "addons",
    finds: helm,
    at: "metrics-server",
    change: value(release("metrics-server_release"), ["image", "repository"], "docker.io/someone/metrics-server"),
  },
  {
    id: "dashboards-without-login",
    base: "addons",
    finds: helm,
    at: "kube-prometheus-stack_release",
    change: value(release("kube-prometheus-stack_release"), ["grafana", "grafana.ini", "auth.anonymous"], {
      enabled: true,
      org_role: "Admin",
    }),
  },
  {
    id: "definitions-removed",
    base: "addons",
    finds: ["helm-definitions-removed", "destroy"],
    at: "prometheus-operator-crds",
    change: remove(release("prometheus-operator-crds_release")),
  },
  {
    id: "monitoring-privileged",
    base: "addons",
    finds: ["kubernetes-pod-security-"],
    at: "namespaces_argocd",
    change: (draft) => {
      const metadata = at(draft, "kubernetes_namespace_v1.addons_namespaces_argocd").metadata as { labels: Attributes };
      Object.assign(metadata.labels, privileged);
    },
  },
  {
    id: "identity-for-another-account",
    base: "addons",
    finds: ["eks-pod-role", "destroy", "replace"],
    at: "external-secrets_association",
    change: set("aws_eks_pod_identity_association.addons_external-secrets_identity-external-secrets_association", {
      service_account: "default",
      namespace: "default",
    }),
  },

  // Harmless: more of the same, something new that is closed, other words.
  {
    id: "controller-of-three",
    base: "addons",
    finds: [],
    change: value(release("aws-load-balancer-controller_release"), ["replicaCount"], 3),
  },
  {
    id: "metrics-kept-longer",
    base: "addons",
    finds: [],
    change: value(release("kube-prometheus-stack_release"), ["prometheus", "prometheusSpec", "retention"], "30d"),
  },
  {
    id: "values-reordered",
    base: "addons",
    finds: [],
    change: (draft) => {
      const attributes = at(draft, release("external-secrets_release"));
      attributes.values = (attributes.values as string[]).map((text) =>
        stringify(Object.fromEntries(Object.entries(parse(text) as Attributes).reverse())),
      );
    },
  },
  {
    id: "addon-added",
    base: "addons",
    finds: [],
    change: (draft) => {
      const { values: _, ...like } = at(draft, release("metrics-server_release"));
      add(release("reloader_release"), {
        ...like,
        name: "reloader",
        chart: "reloader",
        repository: "https://stakater.github.io/stakater-charts",
        version: "2.2.16",
        values: [
          stringify({
            reloader: { deployment: { replicas: 2, resources: { requests: { cpu: "10m", memory: "128Mi" } } }, enableHA: true },
          }),
        ],
      })(draft);
    },
  },
];
