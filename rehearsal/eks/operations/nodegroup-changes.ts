/** Changes of a managed node group: size, labels, taints, update settings; version, release, launch template. */
import type { LaunchTemplateSpecification, NodegroupScalingConfig } from "@aws-sdk/client-eks";
import type { Call } from "../call.ts";
import { invalid, refused } from "../errors.ts";
import { followNodes } from "../follow.ts";
import { changedTaints, checkNodeVersion, checkRelease, checkScaling, checkTaints, recommendedRelease } from "../nodegroup-defaults.ts";
import { type ClusterState, findActiveCluster, type StoredNodegroup } from "../store.ts";
import { startUpdate } from "../updates.ts";
import type { Operations } from "./contract.ts";
import { findNodegroup } from "./nodegroups.ts";

export const nodegroupChanges: Pick<Operations, "UpdateNodegroupConfig" | "UpdateNodegroupVersion"> = {
  UpdateNodegroupConfig(input, call) {
    const { state, group } = settled(call, input.clusterName, input.nodegroupName);
    const scalingConfig: NodegroupScalingConfig = { ...group.scalingConfig, ...input.scalingConfig };
    checkScaling(scalingConfig);
    checkTaints(input.taints?.addOrUpdateTaints ?? []);
    const removed = new Set(input.labels?.removeLabels ?? []);
    const kept = Object.entries(group.labels).filter(([key]) => !removed.has(key));
    const set: Partial<StoredNodegroup> = {
      scalingConfig,
      taints: changedTaints(group.taints, input.taints),
      labels: { ...Object.fromEntries(kept), ...input.labels?.addOrUpdateLabels },
      ...(input.updateConfig && { updateConfig: input.updateConfig }),
      ...(input.nodeRepairConfig && { nodeRepairConfig: input.nodeRepairConfig }),
    };
    const params = {
      MinSize: input.scalingConfig?.minSize,
      MaxSize: input.scalingConfig?.maxSize,
      DesiredSize: input.scalingConfig?.desiredSize,
      LabelsToAdd: input.labels?.addOrUpdateLabels,
      LabelsToRemove: input.labels?.removeLabels,
      TaintsToAdd: input.taints?.addOrUpdateTaints,
      TaintsToRemove: input.taints?.removeTaints,
      MaxUnavailable: input.updateConfig?.maxUnavailable,
      MaxUnavailablePercentage: input.updateConfig?.maxUnavailablePercentage,
      NodeRepairConfig: input.nodeRepairConfig,
    };
    return { update: update(call, state, group, "ConfigUpdate", params, set) };
  },

  async UpdateNodegroupVersion(input, call) {
    const { state, group } = settled(call, input.clusterName, input.nodegroupName);
    const launchTemplate = input.launchTemplate && (await resolve(call, group, input.launchTemplate));
    // With neither named, EKS takes the cluster's version; with a launch template only, the version stays.
    const version = input.version ?? (input.releaseVersion || input.launchTemplate ? group.version : state.cluster.version);
    const set: Partial<StoredNodegroup> = { version, ...(launchTemplate && { launchTemplate }) };
    if (group.amiType === "CUSTOM" && (input.version || input.releaseVersion)) {
      throw invalid("You cannot specify the field version or releaseVersion when using custom AMIs.");
    }
    checkNodeVersion(version, state.cluster.version);
    const releaseVersion = input.releaseVersion ?? (version === group.version ? group.releaseVersion : recommendedRelease(version));
    if (input.releaseVersion) checkRelease(input.releaseVersion, version, group.amiType);
    const params = { Version: version, ReleaseVersion: releaseVersion, LaunchTemplateVersion: launchTemplate?.version };
    return { update: update(call, state, group, "VersionUpdate", params, { ...set, releaseVersion }) };
  },
};

/** @throws where the group or its cluster is not at rest. */
function settled(call: Call, clusterName: string, nodegroupName: string): { state: ClusterState; group: StoredNodegroup } {
  const state = findActiveCluster(call.store, clusterName);
  const group = findNodegroup(state, nodegroupName);
  if (["CREATING", "CREATE_FAILED", "DELETING", "DELETE_FAILED"].includes(group.status)) {
    throw refused(`Nodegroup ${nodegroupName} cannot be updated while it is ${group.status}`, { clusterName, nodegroupName });
  }
  return { state, group };
}

/** The template cannot be exchanged for another, only its version can. */
async function resolve({ aws }: Call, group: StoredNodegroup, wanted: LaunchTemplateSpecification): Promise<LaunchTemplateSpecification> {
  if (wanted.id && wanted.name) throw invalid("Either provide launch template ID or launch template name in the request.");
  if (!group.launchTemplate) throw invalid("You cannot specify a launch template: the nodegroup was created without one.");
  const found = await aws.launchTemplate(wanted);
  if (!found) throw invalid(`Launch template ${wanted.id ?? wanted.name} version ${wanted.version} was not found`);
  if (found.id !== group.launchTemplate.id) throw invalid("Launch template ID or name cannot be changed for a nodegroup.");
  return { id: found.id, name: found.name, version: found.version };
}

function update(
  call: Call,
  state: ClusterState,
  group: StoredNodegroup,
  type: "ConfigUpdate" | "VersionUpdate",
  params: Readonly<Record<string, unknown>>,
  set: Partial<StoredNodegroup>,
) {
  const { nodegroupName } = group;
  const change = (values: Partial<StoredNodegroup>) => {
    const now = state.nodegroups.get(nodegroupName);
    if (now) state.nodegroups.set(nodegroupName, { ...now, ...values });
  };
  return startUpdate(call, state, {
    type,
    params,
    of: { nodegroupName },
    status: (status) => change({ status }),
    apply: () => {
      change({ ...set, modifiedAt: call.scheduler.now() });
      return followNodes(call, state);
    },
  });
}
