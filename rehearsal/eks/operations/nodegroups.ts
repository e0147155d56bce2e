/** Managed node groups: made, read, deleted. */
import { type Call, later, patiently, reason } from "../call.ts";
import { inUse, invalid, notFound } from "../errors.ts";
import { followNodes } from "../follow.ts";
import { existingSubnets } from "../network-checks.ts";
import { checkLaunchTemplate, checkNodeVersion, checkRelease, checkScaling, checkTaints, newNodegroup } from "../nodegroup-defaults.ts";
import { page } from "../page.ts";
import { checkRole } from "../roles.ts";
import { type ClusterState, findActiveCluster, findCluster, type StoredNodegroup } from "../store.ts";
import { refuseWhileUpdating } from "../updates.ts";
import { addRoleEntry, removeRoleEntry } from "./automatic-entries.ts";
import type { Operations } from "./contract.ts";

export const nodegroups: Pick<Operations, "CreateNodegroup" | "DescribeNodegroup" | "ListNodegroups" | "DeleteNodegroup"> = {
  async CreateNodegroup(input, call) {
    const { clusterName, nodegroupName } = input;
    const state = findActiveCluster(call.store, clusterName);
    const refuseTaken = () => {
      if (!state.nodegroups.has(nodegroupName)) return;
      throw inUse(`NodeGroup already exists with name ${nodegroupName} and cluster name ${clusterName}`, { clusterName, nodegroupName });
    };
    refuseTaken();
    if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/.test(nodegroupName)) throw invalid(`Nodegroup name ${nodegroupName} is not valid`);
    checkScaling(input.scalingConfig ?? {});
    checkTaints(input.taints ?? []);
    const version = input.version ?? state.cluster.version;
    checkNodeVersion(version, state.cluster.version);
    if (input.releaseVersion) checkRelease(input.releaseVersion, version, input.amiType);
    if (input.subnets.length === 0) throw invalid("Subnets are required");
    const subnets = await existingSubnets(call.aws, input.subnets);
    const { vpcId } = state.cluster.resourcesVpcConfig;
    if (subnets.some((subnet) => subnet.vpcId !== vpcId)) throw invalid(`Subnets must be in the cluster's VPC ${vpcId}`);
    await checkRole(call.aws, input.nodeRole, "nodeRole", "node");
    const template = input.launchTemplate && (await call.aws.launchTemplate(input.launchTemplate));
    if (input.launchTemplate && !template) {
      throw invalid(
        `Launch template ${input.launchTemplate.id ?? input.launchTemplate.name} version ${input.launchTemplate.version} was not found`,
      );
    }
    if (template) checkLaunchTemplate(input, template);
    refuseTaken();
    const group = newNodegroup(call, state.cluster, input, { template, createdAt: call.scheduler.now() });
    state.nodegroups.set(nodegroupName, group);
    later(call, `${clusterName}/${nodegroupName}: creation`, () => bringUp(call, state, group));
    return { nodegroup: group };
  },

  DescribeNodegroup: ({ clusterName, nodegroupName }, { store }) => ({
    nodegroup: findNodegroup(findCluster(store, clusterName), nodegroupName),
  }),

  ListNodegroups({ clusterName, maxResults, nextToken }, { store }) {
    const { items, next } = page([...findCluster(store, clusterName).nodegroups.keys()], maxResults, nextToken);
    return { nodegroups: items, nextToken: next };
  },

  DeleteNodegroup({ clusterName, nodegroupName }, call) {
    const state = findCluster(call.store, clusterName);
    const group = findNodegroup(state, nodegroupName);
    refuseWhileUpdating(state, "delete", { nodegroupName });
    if (group.status === "DELETING") throw inUse(`Nodegroup ${nodegroupName} is being deleted`, { clusterName, nodegroupName });
    const leaving: StoredNodegroup = { ...group, status: "DELETING" };
    state.nodegroups.set(nodegroupName, leaving);
    later(call, `${clusterName}/${nodegroupName}: deletion`, async () => {
      await call.scheduler.wait(call.delays.delete);
      await followNodes(call, state).catch((error) => call.log(`${clusterName}/${nodegroupName}: its nodes stay: ${reason(error)}`));
      state.nodegroups.delete(nodegroupName);
      await removeRoleEntry(call, state, group.nodeRole);
      call.log(`${clusterName}/${nodegroupName}: deleted`);
    });
    return { nodegroup: leaving };
  },
};

export function findNodegroup(state: ClusterState, nodegroupName: string): StoredNodegroup {
  const group = state.nodegroups.get(nodegroupName);
  if (group) return group;
  throw notFound(`No node group found for name: ${nodegroupName}.`, { clusterName: state.cluster.name, nodegroupName });
}

/** A node becomes Ready when it has a network: EKS's own unmanaged vpc-cni, or the add-on. Other network plugins are not known here. */
const hasNetwork = ({ selfManagedAddons, addons }: ClusterState): boolean =>
  selfManagedAddons || addons.get("vpc-cni")?.status === "ACTIVE";

/** From CREATING to ACTIVE, or to CREATE_FAILED with the reason: EKS waits for the nodes to be Ready. */
async function bringUp(call: Call, state: ClusterState, group: StoredNodegroup): Promise<void> {
  const { name } = state.cluster;
  const set = (change: Partial<StoredNodegroup>) => {
    const now = state.nodegroups.get(group.nodegroupName);
    if (now?.nodegroupArn === group.nodegroupArn && now.status === "CREATING")
      state.nodegroups.set(group.nodegroupName, { ...now, ...change });
  };
  const fail = (message: string) => {
    set({ status: "CREATE_FAILED", health: { issues: [{ code: "NodeCreationFailure", message, resourceIds: [group.nodegroupName] }] } });
    call.log(`${name}/${group.nodegroupName}: failed: ${message}`);
  };
  try {
    await addRoleEntry(call, state, group.nodeRole, "EC2_LINUX");
    await Promise.all([followNodes(call, state), call.scheduler.wait(call.delays.create)]);
    const joins = await patiently(call, () => group.scalingConfig.desiredSize === 0 || hasNetwork(state));
    if (!joins) {
      fail(
        "Unhealthy nodes in the kubernetes cluster. They have no network: the cluster has no vpc-cni add-on that is ACTIVE, and it was made without self-managed add-ons",
      );
      return;
    }
    set({ status: "ACTIVE" });
    call.log(`${name}/${group.nodegroupName}: active, ${group.scalingConfig.desiredSize} nodes`);
  } catch (error) {
    fail(`Instances failed to join the kubernetes cluster: ${reason(error)}`);
  }
}
