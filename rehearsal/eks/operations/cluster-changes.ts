/** Changes of a cluster: configuration, version, encryption, and the updates that they are. */
import type { EncryptionConfig, UpdateClusterConfigRequest } from "@aws-sdk/client-eks";
import type { Call } from "../call.ts";
import { isOffered, minorNumber, platformVersion } from "../catalogue/kubernetes.ts";
import { checkEncryption } from "../cluster-defaults.ts";
import { type ConfigChange, configChange } from "../config-change.ts";
import { invalid, notFound } from "../errors.ts";
import { followAccess } from "../follow.ts";
import { checkSecurityGroups, controlPlaneSubnets } from "../network-checks.ts";
import { page } from "../page.ts";
import { type ClusterState, findActiveCluster, findCluster, type StoredCluster } from "../store.ts";
import { startUpdate, withoutSubject } from "../updates.ts";
import type { Given, Operations } from "./contract.ts";

type Changes = "UpdateClusterConfig" | "UpdateClusterVersion" | "AssociateEncryptionConfig" | "DescribeUpdate" | "ListUpdates";

export const clusterChanges: Pick<Operations, Changes> = {
  async UpdateClusterConfig(input, call) {
    const state = findActiveCluster(call.store, input.name);
    const change = configChange(state.cluster, input);
    await checkVpc(call, state.cluster, input);
    return { update: updateCluster(call, state, change, () => followAccess(call, state)) };
  },

  UpdateClusterVersion({ name, version }, call) {
    const state = findActiveCluster(call.store, name);
    checkVersion(state, version);
    const set = { version, platformVersion: platformVersion(version) };
    const params = { Version: version, PlatformVersion: set.platformVersion };
    const { arn } = state.cluster;
    const upgrade = async () => {
      const plane = await call.dataPlane.start({ name, arn, account: call.account, region: call.region, version });
      state.cluster = { ...state.cluster, endpoint: plane.endpoint, certificateAuthority: { data: plane.certificateAuthority } };
    };
    return { update: updateCluster(call, state, { type: "VersionUpdate", params, set }, upgrade) };
  },

  AssociateEncryptionConfig({ clusterName, encryptionConfig }, call) {
    const state = findActiveCluster(call.store, clusterName);
    if (state.cluster.encryptionConfig?.length) throw invalid("Encryption is already enabled for this cluster");
    const wanted: EncryptionConfig[] = [...encryptionConfig];
    checkEncryption(wanted);
    const change: ConfigChange = {
      type: "AssociateEncryptionConfig",
      params: { EncryptionConfig: wanted },
      set: { encryptionConfig: wanted },
    };
    return { update: updateCluster(call, state, change, () => {}) };
  },

  DescribeUpdate({ name, updateId, nodegroupName, addonName }, { store }) {
    const update = findCluster(store, name).updates.find((candidate) => candidate.id === updateId);
    // An add-on's update is found with and without the add-on's name; a node group's only with it.
    if (!update || (update.nodegroupName !== nodegroupName && update.nodegroupName) || (addonName && update.addonName !== addonName)) {
      throw notFound(`No update found for ID: ${updateId}`, { clusterName: name, nodegroupName, addonName });
    }
    return { update: withoutSubject(update) };
  },

  ListUpdates({ name, nodegroupName, addonName, maxResults, nextToken }, { store }) {
    const updates = findCluster(store, name).updates.filter(
      (update) => update.nodegroupName === nodegroupName && update.addonName === addonName,
    );
    const { items, next } = page(
      updates.map(({ id }) => id),
      maxResults,
      nextToken,
    );
    return { updateIds: items, nextToken: next };
  },
};

function updateCluster(call: Call, state: ClusterState, { type, params, set }: ConfigChange, effect: () => void | Promise<void>) {
  return startUpdate(call, state, {
    type,
    params,
    status: (status) => {
      state.cluster = { ...state.cluster, status };
    },
    apply: async () => {
      const before = state.cluster;
      state.cluster = { ...before, ...set };
      try {
        await effect();
      } catch (error) {
        state.cluster = before;
        throw error;
      }
    },
  });
}

/** Node versions may be three minors behind the control plane (Kubernetes version skew policy); EKS refuses what would exceed it. */
function checkVersion({ cluster, nodegroups }: ClusterState, version: string): void {
  const step = minorNumber(version) - minorNumber(cluster.version);
  if (step !== 1) throw invalid(`Unsupported Kubernetes minor version update from ${cluster.version} to ${version}`);
  if (!isOffered(version)) throw invalid(`unsupported Kubernetes version ${version}`);
  const old = [...nodegroups.values()].filter((group) => minorNumber(version) - minorNumber(group.version) > 3);
  if (old.length === 0) return;
  const names = old.map(({ nodegroupName }) => nodegroupName).join(", ");
  throw invalid(`Nodegroups [${names}] must be updated to a version within three minors of ${version} before updating cluster version`);
}

/** A control plane stays in the zones that it was made in. */
async function checkVpc(
  { aws }: Call,
  { resourcesVpcConfig: now }: StoredCluster,
  input: Given<UpdateClusterConfigRequest>,
): Promise<void> {
  const { subnetIds, securityGroupIds } = input.resourcesVpcConfig ?? {};
  if (securityGroupIds) await checkSecurityGroups(aws, securityGroupIds);
  if (!subnetIds) return;
  const zones = (subnets: readonly { zone: string }[]) => [...new Set(subnets.map(({ zone }) => zone))].sort().join(", ");
  const after = await controlPlaneSubnets(aws, subnetIds);
  if (after.some(({ vpcId }) => vpcId !== now.vpcId)) throw invalid(`Provided subnets must belong to the cluster's VPC ${now.vpcId}`);
  const [had, has] = [zones(await aws.subnets(now.subnetIds)), zones(after)];
  if (had !== has) {
    throw invalid(
      `Provided subnets belong to the AZs '${has}'. But they should belong to the exact same set of AZs '${had}' in which subnets were provided during cluster creation.`,
    );
  }
}
