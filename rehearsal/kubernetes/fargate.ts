/**
 * What EKS on Fargate decides: which profile takes a pod, and how large a machine it gets. Source: EKS user guide, "Understand Fargate
 * Pod configuration details" and "Define which Pods use AWS Fargate when launched". Pure.
 */
import type { V1Node, V1Pod } from "@kubernetes/client-node";
import type { ClusterIdentity, FargateProfile } from "../eks/data-plane.ts";
import { nodeObject } from "./nodes.ts";
import { podRequests } from "./pod-requests.ts";

export const profileLabel = "eks.amazonaws.com/fargate-profile";
export const computeType = "eks.amazonaws.com/compute-type";
export const fargateScheduler = "fargate-scheduler";

export interface FargateSize {
  readonly milliCpu: number;
  readonly memoryMiB: number;
}

/** vCPU (millicores): memory from, to, step, GiB. */
const configurations = [
  { milliCpu: 250, gib: [0.5, 1, 2] },
  { milliCpu: 500, gib: steps(1, 4, 1) },
  { milliCpu: 1000, gib: steps(2, 8, 1) },
  { milliCpu: 2000, gib: steps(4, 16, 1) },
  { milliCpu: 4000, gib: steps(8, 30, 1) },
  { milliCpu: 8000, gib: steps(16, 60, 4) },
  { milliCpu: 16000, gib: steps(32, 120, 8) },
] as const;

/** For kubelet, kube-proxy and containerd, MiB. */
const overheadMiB = 256;

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

/** The smallest configuration that holds the pod; undefined where none is large enough. */
export function fargateSize(pod: Pick<V1Pod, "spec">): FargateSize | undefined {
  const { milliCpu, memoryMiB } = podRequests(pod);
  for (const configuration of configurations) {
    const gib = configuration.gib.find((each) => each * 1024 >= memoryMiB + overheadMiB);
    if (configuration.milliCpu >= milliCpu && gib) return { milliCpu: configuration.milliCpu, memoryMiB: gib * 1024 };
  }
  return undefined;
}

/** The profile that takes a pod: the one that its label names, else the first by name that matches. DaemonSets never go to Fargate. */
export function profileOf(pod: V1Pod, profiles: readonly FargateProfile[]): FargateProfile | undefined {
  if (pod.metadata?.ownerReferences?.some(({ kind }) => kind === "DaemonSet")) return undefined;
  const labels = pod.metadata?.labels ?? {};
  const chosen = labels[profileLabel];
  return [...profiles]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .filter(({ name }) => !chosen || chosen === name)
    .find(({ selectors }) =>
      selectors.some(
        (selector) =>
          matches(selector.namespace, pod.metadata?.namespace ?? "") &&
          Object.entries(selector.labels).every(([key, value]) => key in labels && matches(value, labels[key] ?? "")),
      ),
    );
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(globExpression(pattern)).test(text);
}

/** A selector's wildcards "*" and "?" as a regular expression that JavaScript and CEL (RE2) both read. */
export function globExpression(pattern: string): string {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return `^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`;
}

/** The machine of one pod. */
export function fargateNode(
  cluster: ClusterIdentity,
  profile: FargateProfile,
  pod: V1Pod,
  size: FargateSize,
  kubernetesVersion: string,
): V1Node {
  const uid = pod.metadata?.uid ?? "";
  const room = { ...size, ephemeralMiB: 20 * 1024, pods: 1 };
  return nodeObject({
    cluster,
    seed: `${cluster.arn}/fargate/${uid}`,
    zone: profile.zones[Number.parseInt(uid.slice(0, 4), 16) % profile.zones.length] ?? `${cluster.region}a`,
    architecture: "amd64",
    labels: { [computeType]: "fargate" },
    taints: [{ key: computeType, value: "fargate", effect: "NoSchedule" }],
    capacity: room,
    allocatable: room,
    kubernetesVersion,
  });
}
