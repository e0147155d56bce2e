/** Clusters: made, read, deleted. */
import { type Call, later, reason } from "../call.ts";
import { checkNewCluster, newCluster } from "../cluster-defaults.ts";
import { inUse, refused } from "../errors.ts";
import { followAccess, inOrder } from "../follow.ts";
import { clusterNumber, issuerId } from "../identifiers.ts";
import { checkPublicAccess, checkSecurityGroups, controlPlaneSubnets, serviceCidr } from "../network-checks.ts";
import { page } from "../page.ts";
import { checkRole } from "../roles.ts";
import { type ClusterState, findCluster } from "../store.ts";
import { refuseWhileUpdating } from "../updates.ts";
import { addCreatorEntry } from "./automatic-entries.ts";
import type { Operations } from "./contract.ts";

export const clusters: Pick<Operations, "CreateCluster" | "DescribeCluster" | "ListClusters" | "DeleteCluster"> = {
  async CreateCluster(input, call) {
    const { name, resourcesVpcConfig: vpc } = input;
    const refuseTaken = () => {
      if (call.store.has(name)) throw inUse(`Cluster already exists with name: ${name}`, { clusterName: name });
    };
    refuseTaken();
    checkNewCluster(input);
    checkPublicAccess(vpc.publicAccessCidrs ?? []);
    const [subnet] = await controlPlaneSubnets(call.aws, vpc.subnetIds ?? []);
    const vpcId = subnet?.vpcId ?? "";
    await checkSecurityGroups(call.aws, vpc.securityGroupIds ?? []);
    await checkRole(call.aws, input.roleArn, "roleArn", "cluster");
    const services = serviceCidr(input.kubernetesNetworkConfig?.serviceIpv4Cidr, await call.aws.vpcCidrs(vpcId));
    refuseTaken(); // another call may have come in between
    const reserved: ClusterState = {
      cluster: newCluster(call, input, { vpcId, clusterSecurityGroupId: "", serviceCidr: services, createdAt: call.scheduler.now() }),
      selfManagedAddons: input.bootstrapSelfManagedAddons ?? true,
      nodegroups: new Map(),
      fargateProfiles: new Map(),
      addons: new Map(),
      accessEntries: new Map(),
      associations: new Map(),
      updates: [],
      selfManagedGroups: [],
    };
    call.store.set(name, reserved);
    try {
      const group = { cluster: name, number: clusterNumber(call, name), vpcId };
      const clusterSecurityGroupId = await call.aws.createClusterSecurityGroup(group);
      reserved.cluster = {
        ...reserved.cluster,
        resourcesVpcConfig: { ...reserved.cluster.resourcesVpcConfig, clusterSecurityGroupId },
      };
    } catch (error) {
      call.store.delete(name);
      throw error;
    }
    later(call, `${name}: creation`, () => bringUp(call, reserved, input.accessConfig?.bootstrapClusterCreatorAdminPermissions ?? true));
    return { cluster: reserved.cluster };
  },

  DescribeCluster: ({ name }, { store }) => ({ cluster: findCluster(store, name).cluster }),

  ListClusters({ maxResults, nextToken }, { store }) {
    const { items, next } = page([...store.keys()], maxResults, nextToken);
    return { clusters: items, nextToken: next };
  },

  /**
   * The answer is held back until the cluster is gone. Terraform's provider looks at once after it; where it then sees DELETING, it waits
   * 10 s and wants three "not found" in a row, 10 s apart; where it sees "not found", it is done within a second.
   */
  async DeleteCluster({ name }, call) {
    const state = findCluster(call.store, name);
    refuseDeletion(state);
    state.cluster = { ...state.cluster, status: "DELETING" };
    const answer = state.cluster;
    const stopped = inOrder(state, () => call.dataPlane.stop(name)).catch((error) =>
      call.log(`${name}: the control plane did not stop: ${reason(error)}`),
    );
    await Promise.all([call.scheduler.wait(call.delays.delete), stopped]);
    const { clusterSecurityGroupId } = state.cluster.resourcesVpcConfig;
    await call.aws
      .deleteSecurityGroup(clusterSecurityGroupId)
      .catch((error) => call.log(`${name}: its security group ${clusterSecurityGroupId} stays: ${reason(error)}`));
    call.store.delete(name);
    call.log(`${name}: deleted`);
    return { cluster: answer };
  },
};

/** Add-ons, access entries and associations go with the cluster; what runs pods does not. Source: EKS user guide, "Delete a cluster". */
function refuseDeletion(state: ClusterState): void {
  const { name, status, deletionProtection } = state.cluster;
  if (deletionProtection) throw refused(`Cluster ${name} cannot be deleted because deletion protection is enabled`, { clusterName: name });
  const [nodegroupName] = state.nodegroups.keys();
  if (nodegroupName) throw inUse("Cluster has nodegroups attached", { clusterName: name, nodegroupName });
  const [fargateProfileName] = state.fargateProfiles.keys();
  if (fargateProfileName) throw inUse("Cluster has Fargate profiles attached", { clusterName: name, fargateProfileName });
  if (status === "CREATING" || status === "DELETING") {
    throw inUse(`Cannot delete cluster ${name}: its ${status === "CREATING" ? "creation" : "deletion"} is in progress`, {
      clusterName: name,
    });
  }
  refuseWhileUpdating(state, "delete");
}

/** From CREATING to ACTIVE, or to FAILED with the reason. */
async function bringUp(call: Call, state: ClusterState, creatorIsAdmin: boolean): Promise<void> {
  const { name, arn, version } = state.cluster;
  try {
    const identity = { name, arn, account: call.account, region: call.region, version };
    const [plane] = await Promise.all([call.dataPlane.start(identity), call.scheduler.wait(call.delays.create)]);
    if (creatorIsAdmin) await addCreatorEntry(call, state);
    await followAccess(call, state);
    state.cluster = {
      ...state.cluster,
      status: "ACTIVE",
      endpoint: plane.endpoint,
      certificateAuthority: { data: plane.certificateAuthority },
      identity: { oidc: { issuer: `https://oidc.eks.${call.region}.amazonaws.com/id/${issuerId(call, name)}` } },
    };
    call.log(`${name}: active, Kubernetes ${version}, ${call.dataPlane.description}, ${plane.endpoint}`);
  } catch (error) {
    const issue = { code: "InternalFailure" as const, message: reason(error), resourceIds: [arn] };
    state.cluster = { ...state.cluster, status: "FAILED", health: { issues: [issue] } };
    call.log(`${name}: failed: the control plane did not start: ${reason(error)}`);
  }
}
