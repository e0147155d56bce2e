/** The operations that we answer, with the types of the AWS SDK. */
import type * as eks from "@aws-sdk/client-eks";
import type { Call } from "../call.ts";

/** An input that has passed the router: members that the API requires are there. The SDK writes them `name: T | undefined`, optional ones `name?: T`. */
export type Given<T> = { readonly [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] : NonNullable<T[K]> };

type Operation<Input, Output> = (input: Given<Input>, call: Call) => Output | Promise<Output>;

export interface Operations {
  CreateCluster: Operation<eks.CreateClusterRequest, eks.CreateClusterResponse>;
  DescribeCluster: Operation<eks.DescribeClusterRequest, eks.DescribeClusterResponse>;
  ListClusters: Operation<eks.ListClustersRequest, eks.ListClustersResponse>;
  DeleteCluster: Operation<eks.DeleteClusterRequest, eks.DeleteClusterResponse>;
  UpdateClusterConfig: Operation<eks.UpdateClusterConfigRequest, eks.UpdateClusterConfigResponse>;
  UpdateClusterVersion: Operation<eks.UpdateClusterVersionRequest, eks.UpdateClusterVersionResponse>;
  AssociateEncryptionConfig: Operation<eks.AssociateEncryptionConfigRequest, eks.AssociateEncryptionConfigResponse>;
  DescribeUpdate: Operation<eks.DescribeUpdateRequest, eks.DescribeUpdateResponse>;
  ListUpdates: Operation<eks.ListUpdatesRequest, eks.ListUpdatesResponse>;
  DescribeClusterVersions: Operation<eks.DescribeClusterVersionsRequest, eks.DescribeClusterVersionsResponse>;

  CreateNodegroup: Operation<eks.CreateNodegroupRequest, eks.CreateNodegroupResponse>;
  DescribeNodegroup: Operation<eks.DescribeNodegroupRequest, eks.DescribeNodegroupResponse>;
  ListNodegroups: Operation<eks.ListNodegroupsRequest, eks.ListNodegroupsResponse>;
  UpdateNodegroupConfig: Operation<eks.UpdateNodegroupConfigRequest, eks.UpdateNodegroupConfigResponse>;
  UpdateNodegroupVersion: Operation<eks.UpdateNodegroupVersionRequest, eks.UpdateNodegroupVersionResponse>;
  DeleteNodegroup: Operation<eks.DeleteNodegroupRequest, eks.DeleteNodegroupResponse>;

  CreateFargateProfile: Operation<eks.CreateFargateProfileRequest, eks.CreateFargateProfileResponse>;
  DescribeFargateProfile: Operation<eks.DescribeFargateProfileRequest, eks.DescribeFargateProfileResponse>;
  ListFargateProfiles: Operation<eks.ListFargateProfilesRequest, eks.ListFargateProfilesResponse>;
  DeleteFargateProfile: Operation<eks.DeleteFargateProfileRequest, eks.DeleteFargateProfileResponse>;

  CreateAddon: Operation<eks.CreateAddonRequest, eks.CreateAddonResponse>;
  DescribeAddon: Operation<eks.DescribeAddonRequest, eks.DescribeAddonResponse>;
  ListAddons: Operation<eks.ListAddonsRequest, eks.ListAddonsResponse>;
  UpdateAddon: Operation<eks.UpdateAddonRequest, eks.UpdateAddonResponse>;
  DeleteAddon: Operation<eks.DeleteAddonRequest, eks.DeleteAddonResponse>;
  DescribeAddonVersions: Operation<eks.DescribeAddonVersionsRequest, eks.DescribeAddonVersionsResponse>;
  DescribeAddonConfiguration: Operation<eks.DescribeAddonConfigurationRequest, eks.DescribeAddonConfigurationResponse>;

  CreateAccessEntry: Operation<eks.CreateAccessEntryRequest, eks.CreateAccessEntryResponse>;
  DescribeAccessEntry: Operation<eks.DescribeAccessEntryRequest, eks.DescribeAccessEntryResponse>;
  ListAccessEntries: Operation<eks.ListAccessEntriesRequest, eks.ListAccessEntriesResponse>;
  UpdateAccessEntry: Operation<eks.UpdateAccessEntryRequest, eks.UpdateAccessEntryResponse>;
  DeleteAccessEntry: Operation<eks.DeleteAccessEntryRequest, eks.DeleteAccessEntryResponse>;
  ListAccessPolicies: Operation<eks.ListAccessPoliciesRequest, eks.ListAccessPoliciesResponse>;
  AssociateAccessPolicy: Operation<eks.AssociateAccessPolicyRequest, eks.AssociateAccessPolicyResponse>;
  DisassociateAccessPolicy: Operation<eks.DisassociateAccessPolicyRequest, eks.DisassociateAccessPolicyResponse>;
  ListAssociatedAccessPolicies: Operation<eks.ListAssociatedAccessPoliciesRequest, eks.ListAssociatedAccessPoliciesResponse>;

  CreatePodIdentityAssociation: Operation<eks.CreatePodIdentityAssociationRequest, eks.CreatePodIdentityAssociationResponse>;
  DescribePodIdentityAssociation: Operation<eks.DescribePodIdentityAssociationRequest, eks.DescribePodIdentityAssociationResponse>;
  ListPodIdentityAssociations: Operation<eks.ListPodIdentityAssociationsRequest, eks.ListPodIdentityAssociationsResponse>;
  UpdatePodIdentityAssociation: Operation<eks.UpdatePodIdentityAssociationRequest, eks.UpdatePodIdentityAssociationResponse>;
  DeletePodIdentityAssociation: Operation<eks.DeletePodIdentityAssociationRequest, eks.DeletePodIdentityAssociationResponse>;

  ListIdentityProviderConfigs: Operation<eks.ListIdentityProviderConfigsRequest, eks.ListIdentityProviderConfigsResponse>;
  TagResource: Operation<eks.TagResourceRequest, eks.TagResourceResponse>;
  UntagResource: Operation<eks.UntagResourceRequest, eks.UntagResourceResponse>;
  ListTagsForResource: Operation<eks.ListTagsForResourceRequest, eks.ListTagsForResourceResponse>;
}

export type OperationName = keyof Operations;
