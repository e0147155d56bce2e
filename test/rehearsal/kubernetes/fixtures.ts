/** Small objects that several tests share. */
import type { AccessEntry, ClusterIdentity, NodePool } from "../../../rehearsal/eks/data-plane.ts";

export const cluster: ClusterIdentity = {
  name: "dev",
  arn: "arn:aws:eks:ap-northeast-2:111122223333:cluster/dev",
  account: "111122223333",
  region: "ap-northeast-2",
  version: "1.35",
};

export const pool: NodePool = {
  name: "general",
  kind: "managed",
  instanceTypes: ["m7i.large"],
  desired: 3,
  zones: ["ap-northeast-2a", "ap-northeast-2b"],
  capacityType: "ON_DEMAND",
  labels: { team: "platform" },
  taints: [],
  diskGiB: 50,
};

export function entryFor(role: string, policy: string, namespaces: readonly string[] | "cluster"): AccessEntry {
  const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
  return {
    principalArn: `arn:aws:iam::111122223333:role/${role}`,
    type: "STANDARD",
    username: role,
    groups: [],
    policies: [{ policyArn, namespaces }],
  };
}
