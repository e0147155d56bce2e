/**
 * Add-ons as EKS offers them: where they run, whether they can run without a node, and versions for the data source. The list of versions
 * is not EKS's (it changes weekly): a well-formed version is accepted, whether listed or not.
 */
import { type AddonName, kubernetesVersions } from "../../../environments/versions.ts";
import { minorNumber } from "./kubernetes.ts";

export interface CatalogueAddon {
  readonly type: string;
  readonly namespace: string;
  /** "pods" need a node that takes them (Deployment); "daemon" is content without one. */
  readonly runs: "pods" | "daemon";
  readonly publisher: "eks" | "community";
  /** Service accounts that the add-on can be given a role for by pod identity; none: EKS refuses `podIdentityAssociations`. */
  readonly identities?: readonly string[];
}

/** Source: EKS user guide, "AWS add-ons" and "Community add-ons"; whether pods or a DaemonSet, from their manifests. */
export const addonCatalogue: Readonly<Record<string, CatalogueAddon>> = {
  "vpc-cni": { type: "networking", namespace: "kube-system", runs: "daemon", publisher: "eks", identities: ["aws-node"] },
  "kube-proxy": { type: "networking", namespace: "kube-system", runs: "daemon", publisher: "eks" },
  coredns: { type: "networking", namespace: "kube-system", runs: "pods", publisher: "eks" },
  "eks-pod-identity-agent": { type: "security", namespace: "kube-system", runs: "daemon", publisher: "eks" },
  "aws-ebs-csi-driver": {
    type: "storage",
    namespace: "kube-system",
    runs: "pods",
    publisher: "eks",
    identities: ["ebs-csi-controller-sa"],
  },
  "aws-efs-csi-driver": {
    type: "storage",
    namespace: "kube-system",
    runs: "pods",
    publisher: "eks",
    identities: ["efs-csi-controller-sa"],
  },
  "aws-mountpoint-s3-csi-driver": {
    type: "storage",
    namespace: "kube-system",
    runs: "daemon",
    publisher: "eks",
    identities: ["s3-csi-driver-sa"],
  },
  "snapshot-controller": { type: "storage", namespace: "kube-system", runs: "pods", publisher: "eks" },
  "eks-node-monitoring-agent": { type: "observability", namespace: "kube-system", runs: "daemon", publisher: "eks" },
  adot: { type: "observability", namespace: "opentelemetry-operator-system", runs: "pods", publisher: "eks" },
  "aws-guardduty-agent": { type: "security", namespace: "amazon-guardduty", runs: "daemon", publisher: "eks" },
  "amazon-cloudwatch-observability": {
    type: "observability",
    namespace: "amazon-cloudwatch",
    runs: "pods",
    publisher: "eks",
    identities: ["cloudwatch-agent"],
  },
  "metrics-server": { type: "observability", namespace: "kube-system", runs: "pods", publisher: "community" },
  "kube-state-metrics": { type: "observability", namespace: "kube-state-metrics", runs: "pods", publisher: "community" },
  "prometheus-node-exporter": { type: "observability", namespace: "prometheus-node-exporter", runs: "daemon", publisher: "community" },
  "cert-manager": { type: "security", namespace: "cert-manager", runs: "pods", publisher: "community" },
  "external-dns": { type: "networking", namespace: "external-dns", runs: "pods", publisher: "community", identities: ["external-dns"] },
  "fluent-bit": { type: "observability", namespace: "fluent-bit", runs: "daemon", publisher: "community" },
};

/** Versions of an add-on for a minor, default first: what this workspace pins, else a plausible one. */
export function addonVersions(name: string, minor: string): readonly string[] {
  const pinned = kubernetesVersions[minor]?.addons[name as AddonName];
  if (pinned) return [pinned];
  return name === "kube-proxy" ? [`v${minor}.0-eksbuild.1`] : ["v1.0.0-eksbuild.1"];
}

/**
 * What is wrong with a version for a cluster of that minor; undefined where nothing is.
 * kube-proxy may be three minors older than the API server, never newer (Kubernetes version skew policy).
 */
export function addonVersionProblem(name: string, version: string, minor: string): string | undefined {
  if (!/^v\d+\.\d+\.\d+(-[a-z0-9.]+)*$/.test(version)) return "Addon version specified is not supported";
  if (name !== "kube-proxy") return undefined;
  const behind = minorNumber(minor) - minorNumber(version);
  return behind < 0 || behind > 3 ? "Addon version specified is not supported" : undefined;
}
