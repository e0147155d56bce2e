/** Tags of an Auto Scaling group of nodes: ownership, and what cluster-autoscaler must know of a group without nodes. */
import type { NodesConfig } from "../../environments/schema.ts";

export interface GroupTag {
  readonly key: string;
  readonly value: string;
  readonly propagateAtLaunch: boolean;
}

export interface GroupTagSettings {
  readonly cluster: string;
  readonly name: string;
  readonly labels: NodesConfig["labels"];
  readonly taints: NodesConfig["taints"];
  readonly tags: Readonly<Record<string, string>>;
}

/** Sorted by key, as the provider stores them. Source: cluster-autoscaler, cloudprovider/aws/README.md, "Auto-discovery setup". */
export function groupTags({ cluster, name, labels, taints, tags }: GroupTagSettings): GroupTag[] {
  const template = "k8s.io/cluster-autoscaler/node-template";
  const own = {
    ...tags,
    Name: name,
    "k8s.io/cluster-autoscaler/enabled": "true",
    [`k8s.io/cluster-autoscaler/${cluster}`]: "owned",
    ...Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${template}/label/${key}`, value])),
    ...Object.fromEntries(taints.map(({ key, value, effect }) => [`${template}/taint/${key}`, `${value}:${effect}`])),
  };
  // Instances get theirs from the launch template; only this one must come from the group, since EKS and the autoscaler look for it on both.
  const onInstances = `kubernetes.io/cluster/${cluster}`;
  return [
    ...Object.entries(own).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
    { key: onInstances, value: "owned", propagateAtLaunch: true },
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
}
