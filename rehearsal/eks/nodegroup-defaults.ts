/** A new managed node group's record from its request: EKS's rules and defaults, pure. Source: EKS API reference, CreateNodegroup. */
import type { AMITypes, CreateNodegroupRequest, NodegroupScalingConfig, Taint, UpdateTaintsPayload } from "@aws-sdk/client-eks";
import { kubernetesVersions } from "../../environments/versions.ts";
import { minorNumber, patchVersion } from "./catalogue/kubernetes.ts";
import { invalid } from "./errors.ts";
import { eksArn, type Place, uuid } from "./identifiers.ts";
import type { LaunchTemplate } from "./neighbours.ts";
import type { Given } from "./operations/contract.ts";
import type { StoredCluster, StoredNodegroup } from "./store.ts";

/** Graviton families: a "g" after the generation, for example m7g, c7gn, t4g. */
const isArm = (instanceType: string): boolean => /^[a-z]+\d+g[a-z]*\./.test(instanceType);

/** Release of the node image that EKS recommends for a minor: this workspace's, else the form of one. */
export const recommendedRelease = (minor: string): string => kubernetesVersions[minor]?.amiRelease ?? `${patchVersion(minor)}-20260930`;

/** @throws InvalidParameterException for a node version that the cluster cannot have. */
export function checkNodeVersion(version: string, clusterVersion: string): void {
  const behind = minorNumber(clusterVersion) - minorNumber(version);
  if (!/^1\.\d+$/.test(version) || behind < 0 || behind > 3) {
    throw invalid(`Nodegroup Kubernetes version ${version} is not supported by the control plane's version ${clusterVersion}`);
  }
}

/** @throws InvalidParameterException for a release of another minor, or one that has not a release's form. */
export function checkRelease(release: string, version: string, amiType: AMITypes | undefined): void {
  if (amiType?.startsWith("BOTTLEROCKET")) return; // their releases are Bottlerocket's own versions
  const wellFormed = /^1\.\d+\.\d+-\d{8}$/.test(release);
  if (!wellFormed || minorNumber(release) !== minorNumber(version)) {
    throw invalid(`Requested release version ${release} is not valid for kubernetes version ${version}.`);
  }
}

/** @throws InvalidParameterException where the sizes contradict one another. */
export function checkScaling({ minSize = 1, maxSize = 2, desiredSize = 2 }: NodegroupScalingConfig): void {
  if (minSize > maxSize) throw invalid(`Minimum capacity ${minSize} can't be greater than maximum size ${maxSize}`);
  if (desiredSize < minSize) throw invalid(`Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`);
  if (desiredSize > maxSize) throw invalid(`desired capacity ${desiredSize} can't be greater than max size ${maxSize}`);
  if (maxSize < 1) throw invalid("Maximum capacity must be at least 1");
}

/** What may be said in one place only, group or launch template. @throws InvalidParameterException */
export function checkLaunchTemplate(request: Given<CreateNodegroupRequest>, template: LaunchTemplate): void {
  if (template.hasInstanceProfile)
    throw invalid(
      "Launch template should not specify an instance profile. The noderole in your request will be used to construct an instance profile.",
    );
  if (template.instanceType && request.instanceTypes?.length)
    throw invalid("Instance type must be specified in only one of the node group and the launch template");
  if (request.diskSize !== undefined) throw invalid("Disk size must be specified within the launch template.");
  if (request.remoteAccess) throw invalid("Remote access configuration cannot be specified with a launch template.");
  if (!template.imageId) return;
  if (request.amiType && request.amiType !== "CUSTOM")
    throw invalid("You cannot specify an AMI Type other than CUSTOM, when specifying an image id in your launch template.");
  if (request.version || request.releaseVersion)
    throw invalid("You cannot specify the field version or releaseVersion when using custom AMIs.");
}

/** @throws InvalidParameterException for what can be told without asking other services. */
export function checkTaints(taints: readonly Taint[]): void {
  for (const { key, effect } of taints) {
    if (!key || !["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"].includes(effect ?? "")) {
      throw invalid(`Taint ${key}: effect ${effect} is not one of NO_SCHEDULE, PREFER_NO_SCHEDULE, NO_EXECUTE`);
    }
  }
}

export function newNodegroup(
  place: Place,
  cluster: StoredCluster,
  request: Given<CreateNodegroupRequest>,
  { template, createdAt }: { readonly template: LaunchTemplate | undefined; readonly createdAt: Date },
): StoredNodegroup {
  const { nodegroupName, version = cluster.version } = request;
  const instanceTypes = request.instanceTypes?.length ? request.instanceTypes : template?.instanceType ? undefined : ["t3.medium"];
  const custom = template?.imageId !== undefined;
  const amiType =
    request.amiType ?? (isArm(instanceTypes?.[0] ?? template?.instanceType ?? "") ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD");
  const id = uuid(place, "nodegroup", cluster.name, nodegroupName, createdAt.toISOString());
  return {
    nodegroupName,
    nodegroupArn: eksArn(place, `nodegroup/${cluster.name}/${nodegroupName}/${id}`),
    clusterName: cluster.name,
    version,
    // With an own image EKS answers with the image's id.
    releaseVersion: custom ? template.imageId : (request.releaseVersion ?? recommendedRelease(version)),
    createdAt,
    modifiedAt: createdAt,
    status: "CREATING",
    capacityType: request.capacityType ?? "ON_DEMAND",
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2, ...request.scalingConfig },
    ...(instanceTypes && { instanceTypes }),
    subnets: request.subnets,
    ...(request.remoteAccess && { remoteAccess: request.remoteAccess }),
    amiType: custom ? "CUSTOM" : amiType,
    nodeRole: request.nodeRole,
    labels: request.labels ?? {},
    taints: request.taints ?? [],
    // Named as EKS does; the emulator has no such group: nothing reads it, and there it would launch instances that are nobody's nodes.
    resources: { autoScalingGroups: [{ name: `eks-${nodegroupName}-${id}` }] },
    ...(!template && { diskSize: request.diskSize ?? 20 }),
    health: { issues: [] },
    updateConfig: request.updateConfig ?? { maxUnavailable: 1 },
    ...(request.nodeRepairConfig && { nodeRepairConfig: request.nodeRepairConfig }),
    ...(template && { launchTemplate: { id: template.id, name: template.name, version: template.version } }),
    tags: request.tags ?? {},
  };
}

/** A taint is one by key and effect. */
export function changedTaints(taints: readonly Taint[], { addOrUpdateTaints = [], removeTaints = [] }: UpdateTaintsPayload = {}): Taint[] {
  const id = ({ key, effect }: Taint) => `${key} ${effect}`;
  const gone = new Set([...removeTaints, ...addOrUpdateTaints].map(id));
  return [...taints.filter((taint) => !gone.has(id(taint))), ...addOrUpdateTaints];
}
