/** What the emulated EKS knows. In memory: a rehearsal starts from nothing. Answers are the stored records themselves. */
import type {
  AccessEntry,
  Addon,
  AssociatedAccessPolicy,
  Cluster,
  FargateProfile,
  Nodegroup,
  PodIdentityAssociation,
  Update,
  VpcConfigResponse,
} from "@aws-sdk/client-eks";
import { EksError, notFound } from "./errors.ts";

/** A type of the SDK, where every member may be missing, with the members that we always set. */
type Known<T, K extends keyof T> = T & { readonly [P in K]-?: NonNullable<T[P]> };

export type StoredCluster = Known<
  Cluster,
  "name" | "arn" | "version" | "status" | "roleArn" | "tags" | "accessConfig" | "platformVersion" | "logging" | "upgradePolicy"
> & {
  readonly resourcesVpcConfig: Known<
    VpcConfigResponse,
    | "subnetIds"
    | "securityGroupIds"
    | "vpcId"
    | "clusterSecurityGroupId"
    | "endpointPublicAccess"
    | "endpointPrivateAccess"
    | "publicAccessCidrs"
  >;
};
export type StoredNodegroup = Known<
  Nodegroup,
  "nodegroupName" | "nodegroupArn" | "status" | "version" | "nodeRole" | "subnets" | "scalingConfig" | "labels" | "taints" | "tags"
>;
export type StoredFargateProfile = Known<
  FargateProfile,
  "fargateProfileName" | "fargateProfileArn" | "status" | "subnets" | "selectors" | "podExecutionRoleArn" | "tags"
>;
export type StoredAddon = Known<Addon, "addonName" | "addonArn" | "addonVersion" | "status" | "podIdentityAssociations" | "tags">;
export type StoredAccessEntry = Known<
  AccessEntry,
  "principalArn" | "accessEntryArn" | "type" | "username" | "kubernetesGroups" | "tags"
> & {
  readonly policies: readonly Known<AssociatedAccessPolicy, "policyArn" | "accessScope">[];
  /** Made by EKS for a node group or Fargate profile, and removed with the last one that uses the role. */
  readonly automatic: boolean;
};
export type StoredAssociation = Known<
  PodIdentityAssociation,
  "associationId" | "associationArn" | "namespace" | "serviceAccount" | "roleArn" | "tags"
>;
export type StoredUpdate = Known<Update, "id" | "status" | "type"> & { readonly nodegroupName?: string; readonly addonName?: string };

/** A self-managed group: an Auto Scaling group that names the cluster in its tags. EKS itself knows nothing of it. */
export interface SelfManagedGroup {
  readonly name: string;
  readonly desired: number;
  readonly subnets: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly diskGiB: number;
  readonly spot: boolean;
}

export interface ClusterState {
  cluster: StoredCluster;
  /** EKS installs vpc-cni, kube-proxy and coredns by itself, unmanaged. */
  readonly selfManagedAddons: boolean;
  readonly nodegroups: Map<string, StoredNodegroup>;
  readonly fargateProfiles: Map<string, StoredFargateProfile>;
  readonly addons: Map<string, StoredAddon>;
  readonly accessEntries: Map<string, StoredAccessEntry>;
  readonly associations: Map<string, StoredAssociation>;
  readonly updates: StoredUpdate[];
  selfManagedGroups: readonly SelfManagedGroup[];
}

export type Store = Map<string, ClusterState>;

/** @throws ResourceNotFoundException, in the words of EKS. */
export function findCluster(store: Store, name: string): ClusterState {
  const state = store.get(name);
  if (state) return state;
  throw notFound(`No cluster found for name: ${name}.`, { clusterName: name });
}

/** For what hangs on a cluster. @throws InvalidRequestException while it cannot have anything. */
export function findActiveCluster(store: Store, name: string): ClusterState {
  const state = findCluster(store, name);
  const { status } = state.cluster;
  if (status === "ACTIVE" || status === "UPDATING") return state;
  throw new EksError("InvalidRequestException", `Cluster '${name}' is not in ACTIVE status; it is ${status}.`, { clusterName: name });
}
