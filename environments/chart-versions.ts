/**
 * Every Helm chart that may be installed, at the one version that is. A bump is one line, and the review shows what it moves; Renovate finds
 * the lines by their layout (renovate.json, datasource helm or docker). The engine takes a chart from its repository or from
 * `charts.mirror`, always under this version.
 */

export interface ChartVersion {
  /** A Helm repository (https) or the parent of the chart in a registry (oci), as helm_release takes it. */
  readonly repository: string;
  /** Exact: a range would let the plan depend on the day. */
  readonly version: string;
}

export const chartVersions = {
  "argo-cd": { repository: "https://argoproj.github.io/argo-helm", version: "10.1.1" },
  "argo-rollouts": { repository: "https://argoproj.github.io/argo-helm", version: "2.41.0" },
  "argo-workflows": { repository: "https://argoproj.github.io/argo-helm", version: "1.0.18" },
  "aws-load-balancer-controller": { repository: "https://aws.github.io/eks-charts", version: "3.5.0" },
  "cert-manager": { repository: "https://charts.jetstack.io", version: "v1.21.1" },
  "cluster-autoscaler": { repository: "https://kubernetes.github.io/autoscaler", version: "9.59.0" },
  "eck-operator": { repository: "https://helm.elastic.co", version: "3.5.0" },
  "external-dns": { repository: "https://kubernetes-sigs.github.io/external-dns", version: "1.21.1" },
  "external-secrets": { repository: "https://charts.external-secrets.io", version: "2.9.0" },
  "fluent-bit": { repository: "https://fluent.github.io/helm-charts", version: "0.58.1" },
  "gha-runner-scale-set": { repository: "oci://ghcr.io/actions/actions-runner-controller-charts", version: "0.14.2" },
  "gha-runner-scale-set-controller": { repository: "oci://ghcr.io/actions/actions-runner-controller-charts", version: "0.14.2" },
  "karpenter-crd": { repository: "oci://public.ecr.aws/karpenter", version: "1.14.1" },
  "kube-prometheus-stack": { repository: "https://prometheus-community.github.io/helm-charts", version: "88.5.3" },
  "metrics-server": { repository: "https://kubernetes-sigs.github.io/metrics-server", version: "3.13.1" },
  "node-problem-detector": { repository: "oci://ghcr.io/deliveryhero/helm-charts", version: "2.4.1" },
  "prometheus-adapter": { repository: "https://prometheus-community.github.io/helm-charts", version: "5.3.0" },
  "prometheus-blackbox-exporter": { repository: "https://prometheus-community.github.io/helm-charts", version: "11.17.2" },
  "prometheus-operator-crds": { repository: "https://prometheus-community.github.io/helm-charts", version: "31.0.1" },
  "prometheus-pushgateway": { repository: "https://prometheus-community.github.io/helm-charts", version: "3.8.0" },
  "vertical-pod-autoscaler": { repository: "https://kubernetes.github.io/autoscaler", version: "0.11.0" },
  atlantis: { repository: "https://runatlantis.github.io/helm-charts", version: "6.9.3" },
  fluentd: { repository: "https://fluent.github.io/helm-charts", version: "0.6.0" },
  jenkins: { repository: "https://charts.jenkins.io", version: "5.9.53" },
  karpenter: { repository: "oci://public.ecr.aws/karpenter", version: "1.14.1" },
  keda: { repository: "https://kedacore.github.io/charts", version: "2.20.2" },
  kyverno: { repository: "https://kyverno.github.io/kyverno", version: "3.9.0" },
  reloader: { repository: "https://stakater.github.io/stakater-charts", version: "2.2.16" },
  velero: { repository: "https://vmware-tanzu.github.io/helm-charts", version: "12.1.0" },
} as const satisfies Readonly<Record<string, ChartVersion>>;

/**
 * Of Elastic's stack: images of Elasticsearch, Kibana, Logstash and Filebeat, which have one number. The operator must know it (ECK
 * documentation, "Supported versions"). A version never goes back.
 */
export const elasticStack = "9.5.0";

export type ChartName = keyof typeof chartVersions;
