/** Access policies that can be associated with an access entry. Source: EKS user guide, "Review access policy permissions". */
const names = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
  "AmazonEKSSecretReaderPolicy",
  "AmazonEKSAutoNodePolicy",
  "AmazonEKSHybridPolicy",
] as const;

const prefix = "arn:aws:eks::aws:cluster-access-policy/";

export const accessPolicies: readonly { readonly name: string; readonly arn: string }[] = names.map((name) => ({
  name,
  arn: `${prefix}${name}`,
}));

export const clusterAdminPolicy = `${prefix}AmazonEKSClusterAdminPolicy`;

export const isAccessPolicy = (arn: string): boolean => accessPolicies.some((policy) => policy.arn === arn);
