/** Fargate profiles. They cannot be changed, and only one of a cluster can be made or deleted at a time. */
import { type Call, later, reason } from "../call.ts";
import { inUse, invalid, notFound } from "../errors.ts";
import { followFargate } from "../follow.ts";
import { eksArn, uuid } from "../identifiers.ts";
import { existingSubnets } from "../network-checks.ts";
import { page } from "../page.ts";
import { checkRole } from "../roles.ts";
import { type ClusterState, findActiveCluster, findCluster, type StoredFargateProfile } from "../store.ts";
import { addRoleEntry, removeRoleEntry } from "./automatic-entries.ts";
import type { Operations } from "./contract.ts";

type Profiles = "CreateFargateProfile" | "DescribeFargateProfile" | "ListFargateProfiles" | "DeleteFargateProfile";

export const fargateProfiles: Pick<Operations, Profiles> = {
  async CreateFargateProfile(input, call) {
    const { clusterName, fargateProfileName, podExecutionRoleArn, selectors = [], subnets } = input;
    const state = findActiveCluster(call.store, clusterName);
    const refuseNow = () => {
      if (state.fargateProfiles.has(fargateProfileName)) {
        throw inUse(`Fargate Profile already exists with name: ${fargateProfileName}`, { clusterName, fargateProfileName });
      }
      refuseWhileBusy(state, "create", fargateProfileName);
    };
    refuseNow();
    if (selectors.length === 0 || selectors.length > 5) throw invalid("A Fargate profile has one to five selectors");
    if (selectors.some(({ namespace }) => !namespace)) throw invalid("Each selector of a Fargate profile must have a namespace");
    const { subnetIds, vpcId } = state.cluster.resourcesVpcConfig;
    const chosen = await existingSubnets(call.aws, subnets ?? subnetIds);
    if (chosen.some((subnet) => subnet.vpcId !== vpcId)) throw invalid(`Subnets must be in the cluster's VPC ${vpcId}`);
    const ids = chosen.map(({ id }) => id);
    const [open] = await call.aws.publicSubnets(vpcId, ids);
    if (open) throw invalid(`Subnet ${open} provided in Fargate Profile is not a private subnet`);
    await checkRole(call.aws, podExecutionRoleArn, "podExecutionRoleArn", "fargate");
    refuseNow();
    const createdAt = call.scheduler.now();
    const id = uuid(call, "fargate", clusterName, fargateProfileName, createdAt.toISOString());
    const profile: StoredFargateProfile = {
      fargateProfileName,
      fargateProfileArn: eksArn(call, `fargateprofile/${clusterName}/${fargateProfileName}/${id}`),
      clusterName,
      createdAt,
      podExecutionRoleArn,
      subnets: ids,
      selectors,
      status: "CREATING",
      tags: input.tags ?? {},
      health: { issues: [] },
    };
    state.fargateProfiles.set(fargateProfileName, profile);
    later(call, `${clusterName}/${fargateProfileName}: creation`, () => bringUp(call, state, profile));
    return { fargateProfile: profile };
  },

  DescribeFargateProfile: ({ clusterName, fargateProfileName }, { store }) => ({
    fargateProfile: find(findCluster(store, clusterName), fargateProfileName),
  }),

  ListFargateProfiles({ clusterName, maxResults, nextToken }, { store }) {
    const { items, next } = page([...findCluster(store, clusterName).fargateProfiles.keys()], maxResults, nextToken);
    return { fargateProfileNames: items, nextToken: next };
  },

  DeleteFargateProfile({ clusterName, fargateProfileName }, call) {
    const state = findCluster(call.store, clusterName);
    const profile = find(state, fargateProfileName);
    refuseWhileBusy(state, "delete", fargateProfileName);
    const leaving: StoredFargateProfile = { ...profile, status: "DELETING" };
    state.fargateProfiles.set(fargateProfileName, leaving);
    later(call, `${clusterName}/${fargateProfileName}: deletion`, async () => {
      await call.scheduler.wait(call.delays.delete);
      await followFargate(call, state).catch((error) => call.log(`${clusterName}/${fargateProfileName}: its nodes stay: ${reason(error)}`));
      state.fargateProfiles.delete(fargateProfileName);
      await removeRoleEntry(call, state, profile.podExecutionRoleArn);
      call.log(`${clusterName}/${fargateProfileName}: deleted`);
    });
    return { fargateProfile: leaving };
  },
};

function find(state: ClusterState, fargateProfileName: string): StoredFargateProfile {
  const profile = state.fargateProfiles.get(fargateProfileName);
  if (profile) return profile;
  throw notFound(`No Fargate Profile found with name: ${fargateProfileName}.`, { clusterName: state.cluster.name, fargateProfileName });
}

function refuseWhileBusy({ cluster: { name }, fargateProfiles: profiles }: ClusterState, action: string, fargateProfileName: string): void {
  const busy = [...profiles.values()].find(({ status }) => status === "CREATING" || status === "DELETING");
  if (!busy) return;
  throw inUse(
    `Cannot ${action} Fargate Profile ${fargateProfileName} because cluster ${name} currently has Fargate profile ${busy.fargateProfileName} in status ${busy.status}`,
    { clusterName: name, fargateProfileName },
  );
}

async function bringUp(call: Call, state: ClusterState, profile: StoredFargateProfile): Promise<void> {
  const label = `${state.cluster.name}/${profile.fargateProfileName}`;
  const set = (change: Partial<StoredFargateProfile>) => state.fargateProfiles.set(profile.fargateProfileName, { ...profile, ...change });
  try {
    await addRoleEntry(call, state, profile.podExecutionRoleArn, "FARGATE_LINUX");
    await Promise.all([followFargate(call, state), call.scheduler.wait(call.delays.create)]);
    set({ status: "ACTIVE" });
    call.log(`${label}: active`);
  } catch (error) {
    const issue = { code: "InternalFailure" as const, message: reason(error), resourceIds: [profile.fargateProfileName] };
    set({ status: "CREATE_FAILED", health: { issues: [issue] } });
    call.log(`${label}: failed: ${reason(error)}`);
  }
}
