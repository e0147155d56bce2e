/** Kubernetes versions: one minor at a time, never back, nodes not ahead and not far behind. Source: EKS user guide, "Update existing cluster". */
import type { Detector, Finding, ResourceChange, StackPlan } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { textOf } from "../reading/values.ts";

const upgrade: Kind = {
  rule: "kubernetes-upgrade",
  danger: "caution",
  because:
    "EKS cannot go back to the version before. The API server does not answer for a moment, and APIs that the new version removed are gone.",
  remedy: "Check removed APIs (EKS upgrade insights), the versions of add-ons, and that the environment before this one runs it already.",
};
const jump: Kind = {
  rule: "kubernetes-jump",
  danger: "danger",
  because: "EKS upgrades one minor version at a time; the apply fails half way.",
  remedy: "Go one minor at a time, nodes after each.",
};
const downgrade: Kind = {
  rule: "kubernetes-downgrade",
  danger: "danger",
  because: "EKS cannot go back: the apply fails, or the cluster is replaced.",
  remedy: "Keep the version. An older one means a new cluster and a move.",
};
const nodes: Kind = {
  rule: "nodes-upgrade",
  danger: "caution",
  because: "All nodes of the group are replaced, some at a time; pods move by their disruption budgets.",
  remedy: "Check that budgets allow it and that there is room for the pods.",
};
const skew: Kind = {
  rule: "nodes-skew",
  danger: "danger",
  because: "Kubelets may not be newer than the API server, and at most three minors older (kubernetes.io, Version Skew Policy).",
  remedy: "Upgrade the control plane first, then the nodes, each by one minor.",
};

export const kubernetesVersion: Detector = (plan) => plan.changes.flatMap((change) => findingsOf(plan, change));

function findingsOf(plan: StackPlan, change: ResourceChange): Finding[] {
  const { address, type, before, after } = change;
  if (type !== "aws_eks_cluster" && type !== "aws_eks_node_group") return [];
  const [from, to] = [textOf(before?.version), textOf(after?.version)];
  const [old, next] = [minorOf(from), minorOf(to)];
  const tell = (kind: Kind) => findingAt(plan, address, kind, `${address}: Kubernetes ${from ?? "?"} → ${to ?? "?"}`);
  const changed = old !== undefined && next !== undefined && old !== next ? [tell(kindOf(type, next - old))] : [];
  return [...changed, ...(type === "aws_eks_node_group" && from !== to ? skewOf(plan, change, next) : [])];
}

function kindOf(type: string, step: number): Kind {
  if (type === "aws_eks_node_group") return nodes;
  if (step < 0) return downgrade;
  return step > 1 ? jump : upgrade;
}

/** Against the cluster of the same plan, after it. */
function skewOf(plan: StackPlan, { address, after }: ResourceChange, minor: number | undefined): Finding[] {
  const cluster = plan.planned.find(({ type, values }) => type === "aws_eks_cluster" && values.name === after?.cluster_name);
  const control = minorOf(textOf(cluster?.values.version));
  if (minor === undefined || control === undefined || (minor <= control && control - minor <= 3)) return [];
  return [findingAt(plan, address, skew, `${address}: nodes of 1.${minor} with an API server of 1.${control}`)];
}

/** 35 of "1.35"; undefined where it is none. */
function minorOf(version: string | undefined): number | undefined {
  const match = /^1\.(\d+)$/.exec(version ?? "");
  return match ? Number(match[1]) : undefined;
}
