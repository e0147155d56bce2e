/** Who gets which rights in a cluster: EKS access policies by short name, and which roles must not delete it. */
import type { ClusterConfig } from "../../environments/schema.ts";
import { deny, policyDocument } from "../iam/policy.ts";

type Access = ClusterConfig["access"];
type PolicyName = Access[string]["policy"];

/** Source: EKS user guide, "Review access policy permissions". */
const names: Readonly<Record<PolicyName, string>> = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  "admin-view": "AmazonEKSAdminViewPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
};

export function accessPolicyArn(policy: PolicyName): string {
  return `arn:aws:eks::aws:cluster-access-policy/${names[policy]}`;
}

/**
 * Names, by access name, of the roles that get the explicit deny: those of this account, but the one that may delete. Roles under
 * `/aws-reserved/` (IAM Identity Center) take no attachment; their permission set must name the policy instead.
 */
export function rolesDeniedDeletion(access: Access, account: string, deletionRole: string): Readonly<Record<string, string>> {
  const denied = Object.entries(access).filter(
    ([, { role }]) => role.split(":")[4] === account && role !== deletionRole && !role.includes(":role/aws-reserved/"),
  );
  return Object.fromEntries(denied.map(([name, { role }]) => [name, role.slice(role.lastIndexOf("/") + 1)]));
}

export interface DeletionGuardTarget {
  readonly clusterArn: string;
  readonly keyArn: string;
  readonly deletionRole: string;
}

/**
 * The deny itself. Node groups may be deleted: they hold no data, pods move, and Terraform replaces them in normal work (another instance
 * type). The key counts as the cluster: without it nobody can read the secrets again.
 */
export function deletionGuardPolicy({ clusterArn, keyArn, deletionRole }: DeletionGuardTarget): string {
  const others = { ArnNotEquals: { "aws:PrincipalArn": deletionRole } };
  return policyDocument(
    deny("a deleted cluster takes every workload with it", "eks:DeleteCluster", clusterArn, others),
    deny("nor by way of its key", ["kms:ScheduleKeyDeletion", "kms:DisableKey"], keyArn, others),
  );
}
