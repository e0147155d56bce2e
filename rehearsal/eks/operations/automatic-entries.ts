/**
 * Access entries that EKS makes by itself: for the cluster's creator, for the roles of managed node groups and of Fargate profiles. Source:
 * EKS user guide, "Create access entries".
 */

import type { Call } from "../call.ts";
import { clusterAdminPolicy } from "../catalogue/access-policies.ts";
import { newEntry } from "../entry.ts";
import { followAccess } from "../follow.ts";
import type { ClusterState } from "../store.ts";

const usesApi = ({ cluster }: ClusterState): boolean => cluster.accessConfig.authenticationMode !== "CONFIG_MAP";

/** The role behind an assumed-role session, else the principal itself. Paths of roles are not in a session's ARN. */
const principalOf = (callerArn: string): string =>
  callerArn.replace(/^arn:(aws[a-z-]*):sts::(\d+):assumed-role\/([^/]+)\/.*$/, "arn:$1:iam::$2:role/$3");

export async function addCreatorEntry(call: Call, state: ClusterState): Promise<void> {
  if (!usesApi(state)) return;
  const principalArn = principalOf(await call.aws.caller());
  const entry = newEntry(call, state.cluster.name, { principalArn, type: "STANDARD", at: call.scheduler.now() });
  const at = entry.createdAt;
  const policy = {
    policyArn: clusterAdminPolicy,
    accessScope: { type: "cluster" as const, namespaces: [] },
    associatedAt: at,
    modifiedAt: at,
  };
  state.accessEntries.set(principalArn, { ...entry, policies: [policy] });
}

/** For a node role or pod execution role. Nothing where there is an entry, or where the cluster does not use entries. */
export async function addRoleEntry(call: Call, state: ClusterState, roleArn: string, type: "EC2_LINUX" | "FARGATE_LINUX"): Promise<void> {
  if (!usesApi(state) || state.accessEntries.has(roleArn)) return;
  const entry = newEntry(call, state.cluster.name, { principalArn: roleArn, type, at: call.scheduler.now() });
  state.accessEntries.set(roleArn, { ...entry, automatic: true });
  await followAccess(call, state);
}

/** Once no node group and no profile uses the role any more. */
export async function removeRoleEntry(call: Call, state: ClusterState, roleArn: string): Promise<void> {
  const used =
    [...state.nodegroups.values()].some(({ nodeRole }) => nodeRole === roleArn) ||
    [...state.fargateProfiles.values()].some(({ podExecutionRoleArn }) => podExecutionRoleArn === roleArn);
  if (used || !state.accessEntries.get(roleArn)?.automatic) return;
  state.accessEntries.delete(roleArn);
  await followAccess(call, state);
}
