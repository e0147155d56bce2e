/** What each stack publishes. The only way in which one stack knows of another. */
import { byZone, contract, text } from "./contract.ts";

export const state = contract("state", {
  bucket: text("Bucket of all states of the account"),
  keyArn: text("Key that encrypts them"),
});

export const network = contract("network", {
  vpcId: text("VPC id"),
  vpcCidr: text("Primary address block of the VPC"),
  publicSubnetIds: byZone("Public subnets: load balancers and NAT"),
  privateSubnetIds: byZone("Private subnets: nodes"),
  podSubnetIds: byZone("Pod subnets from the secondary block; the private ones where there is none"),
  dataSubnetIds: byZone("Data subnets: databases, file systems"),
  intraSubnetIds: byZone("Intra subnets: control plane interfaces, no route out"),
  loadBalancerSecurityGroupId: text("Security group of load balancers"),
  nodeSecurityGroupId: text("Security group of nodes: from load balancers and itself"),
  dataSecurityGroupId: text("Security group of the data tier: from nodes only"),
});

export const cluster = contract("cluster", {
  name: text("Cluster name"),
  arn: text("Cluster ARN"),
  endpoint: text("URL of the Kubernetes API"),
  certificateAuthority: text("Certificate authority of the Kubernetes API, base64 PEM"),
  version: text("Kubernetes minor"),
  oidcProviderArn: text("IAM OIDC provider, for IRSA"),
  oidcIssuer: text("Issuer URL without https://"),
  securityGroupId: text("Cluster security group, made by EKS"),
  nodeRoleArn: text("Role of managed nodes; empty where there are none"),
  kmsKeyArn: text("Key of the cluster's secrets and volumes"),
  fileSystemId: text("EFS file system for ReadWriteMany volumes; empty where there is none"),
  karpenterNodeRole: text("Name of the role of Karpenter's nodes; empty where it is off"),
  karpenterInstanceProfile: text("Instance profile of Karpenter's nodes; empty where it is off"),
});

export const addons = contract("addons", {
  installed: text("Ids of the installed add-ons, comma-separated"),
  namespaces: text("Namespaces of add-ons, comma-separated"),
});

export const tenancy = contract("tenancy", {
  teams: text("Names of the teams, comma-separated"),
  namespaces: text("Namespaces of all teams, comma-separated"),
  developerGroups: text("Kubernetes groups of the teams' developers, comma-separated, in the order of `teams`"),
});

export const ci = contract("ci", {
  planRoleArn: text("Role that plans this environment; empty where CI does not"),
  applyRoleArn: text("Role that applies it; empty where CI does not"),
  registry: text("Host of the image registry; empty where there is none"),
  repositories: text("Image repositories by service, as JSON"),
  pushRoleArns: text("Roles that push images, by service, as JSON"),
  newsTopicArn: text("Topic of news about pipelines and deployments; empty where there are none"),
});
