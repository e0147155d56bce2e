/** Node pools as Node objects, as the kubelet of an EKS node would register them. Pure. */
import { createHash } from "node:crypto";
import type { V1Node, V1Taint } from "@kubernetes/client-node";
import type { ClusterIdentity, NodePool } from "../eks/data-plane.ts";
import { allocatable, capacity, maxPods, type NodeCapacity } from "./allocatable.ts";
import { type InstanceType, instanceType } from "./instance-types.ts";

export interface NodeSettings {
  /** vpc-cni runs with ENABLE_PREFIX_DELEGATION. */
  readonly prefixDelegation: boolean;
  /** For example "1.35.4". */
  readonly kubernetesVersion: string;
}

/** What Node objects share, pool or Fargate. */
export interface Machine {
  readonly cluster: ClusterIdentity;
  /** Makes name, address and instance id; the same seed gives the same node. */
  readonly seed: string;
  readonly zone: string;
  readonly architecture: InstanceType["architecture"];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly V1Taint[];
  readonly capacity: NodeCapacity;
  readonly allocatable: NodeCapacity;
  readonly kubernetesVersion: string;
}

export const managedLabel = "rehearsal.mainline.dev/part";
/** Keys of the labels that the pool asked for, so that a vanished one can be taken away. */
export const ownLabelsAnnotation = "rehearsal.mainline.dev/labels";

/** All nodes of all pools. @throws Error that names pool and instance type where the table does not have it */
export function nodesOf(cluster: ClusterIdentity, pools: readonly NodePool[], settings: NodeSettings): V1Node[] {
  return pools.flatMap((pool) => {
    // A group of several types has one setting for all: the smallest type's (EKS user guide, choosing instance types, maxPods).
    const types = pool.instanceTypes.map((name) => known(name, pool));
    const pods = Math.min(...types.map((type) => maxPods(type, settings.prefixDelegation)));
    return Array.from({ length: pool.desired }, (_, index) => poolNode(cluster, pool, types, index, pods, settings));
  });
}

function known(name: string, pool: NodePool): InstanceType {
  try {
    return instanceType(name);
  } catch (error) {
    throw new Error(`Node group "${pool.name}": ${(error as Error).message}`);
  }
}

function poolNode(
  cluster: ClusterIdentity,
  pool: NodePool,
  types: readonly InstanceType[],
  index: number,
  pods: number,
  settings: NodeSettings,
): V1Node {
  // On-demand groups use the first type as long as there is any; Spot groups take what is cheap, here each in turn.
  const type = types[pool.capacityType === "SPOT" ? index % types.length : 0];
  const zone = pool.zones[index % pool.zones.length];
  if (!type || !zone)
    throw new Error(`Node group "${pool.name}" has no ${type ? "zones" : "instance types"}, so its nodes cannot be simulated.`);
  const group = { "eks.amazonaws.com/nodegroup": pool.name, "eks.amazonaws.com/capacityType": pool.capacityType };
  return nodeObject({
    cluster,
    // A node with another machine is another node, as in a rolling update.
    seed: [cluster.arn, pool.name, index, type.name, zone, pool.diskGiB].join("/"),
    zone,
    architecture: type.architecture,
    labels: {
      ...pool.labels,
      ...(pool.kind === "managed" ? group : {}),
      "node.kubernetes.io/instance-type": type.name,
      "beta.kubernetes.io/instance-type": type.name,
      // As EBS CSI's node plugin would set it.
      "topology.ebs.csi.aws.com/zone": zone,
    },
    taints: pool.taints,
    capacity: { ...capacity(type, pool.diskGiB, settings.prefixDelegation), pods },
    allocatable: { ...allocatable(type, pool.diskGiB, settings.prefixDelegation), pods },
    kubernetesVersion: settings.kubernetesVersion,
  });
}

export function nodeObject(machine: Machine): V1Node {
  const { cluster, zone, architecture } = machine;
  const hash = createHash("sha256").update(machine.seed).digest();
  const address = `10.${hash[0]}.${hash[1]}.${hash[2]}`;
  const fargate = machine.labels["eks.amazonaws.com/compute-type"] === "fargate";
  const name = `${fargate ? "fargate-" : ""}ip-${address.replaceAll(".", "-")}.${cluster.region}.compute.internal`;
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake", [ownLabelsAnnotation]: JSON.stringify(Object.keys(machine.labels).sort()) },
      labels: {
        ...machine.labels,
        [managedLabel]: fargate ? "fargate" : "nodes",
        "kubernetes.io/arch": architecture,
        "kubernetes.io/os": "linux",
        "kubernetes.io/hostname": name,
        "beta.kubernetes.io/arch": architecture,
        "beta.kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": zone,
        "topology.kubernetes.io/region": cluster.region,
        "failure-domain.beta.kubernetes.io/zone": zone,
        "failure-domain.beta.kubernetes.io/region": cluster.region,
      },
    },
    spec: { providerID: `aws:///${zone}/i-0${hash.toString("hex").slice(0, 16)}`, taints: [...machine.taints] },
    status: {
      addresses: [
        { type: "InternalIP", address },
        { type: "InternalDNS", address: name },
        { type: "Hostname", address: name },
      ],
      capacity: quantities(machine.capacity),
      allocatable: quantities(machine.allocatable),
      nodeInfo: nodeInfo(architecture, machine.kubernetesVersion, hash.toString("hex")),
    },
  };
}

function quantities({ milliCpu, memoryMiB, ephemeralMiB, pods }: NodeCapacity): Record<string, string> {
  return { cpu: `${milliCpu}m`, memory: `${memoryMiB}Mi`, "ephemeral-storage": `${ephemeralMiB}Mi`, pods: `${pods}` };
}

function nodeInfo(architecture: string, version: string, id: string): NonNullable<NonNullable<V1Node["status"]>["nodeInfo"]> {
  return {
    architecture,
    bootID: id.slice(0, 32),
    containerRuntimeVersion: "containerd://simulated",
    kernelVersion: "simulated",
    kubeProxyVersion: "",
    kubeletVersion: `v${version}`,
    machineID: id.slice(0, 32),
    operatingSystem: "linux",
    osImage: "Amazon Linux 2023 (simulated)",
    systemUUID: id.slice(0, 32),
  };
}
