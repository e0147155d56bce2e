/** Changes of the platform's own stacks, on prod. */
import { type Attributes, add, at, type Case, type Draft, policy, ref, remove, set } from "../case.ts";

const cluster = "aws_eks_cluster.control-plane_cluster";
const nodes = "aws_eks_node_group.nodes_general";
const clusterName = ref(`${cluster}.name`);

const tagged = (draft: Draft) => {
  for (const provider of draft.provider.aws ?? [])
    for (const tags of provider.default_tags as { tags: Attributes }[]) tags.tags.owner = "sre@example.com";
};
const associate = (name: string, policyName: string) => (draft: Draft) => {
  add(`aws_eks_access_entry.${name}`, {
    cluster_name: clusterName,
    principal_arn: `arn:aws:iam::777788889999:role/${name}`,
    type: "STANDARD",
  })(draft);
  add(`aws_eks_access_policy_association.${name}`, {
    cluster_name: clusterName,
    principal_arn: ref(`aws_eks_access_entry.${name}.principal_arn`),
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policyName}`,
    access_scope: { type: "cluster" },
  })(draft);
};

const ofCluster: readonly Case[] = [
  {
    id: "nodes-replaced",
    base: "cluster",
    finds: ["destroy", "replace", "eks-"],
    at: nodes,
    change: set(nodes, { instance_types: ["m7i.2xlarge"] }),
  },
  {
    id: "nodes-to-none",
    base: "cluster",
    finds: ["eks-", "nodes-"],
    at: nodes,
    change: set(nodes, { scaling_config: { min_size: 0, max_size: 1, desired_size: 0 } }),
  },
  { id: "nodes-deleted", base: "cluster", finds: ["destroy"], at: nodes, change: remove(nodes) },
  {
    id: "api-public",
    base: "cluster",
    finds: ["eks-", "network-"],
    at: cluster,
    change: (draft) => {
      Object.assign(at(draft, cluster).vpc_config as Attributes, { endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/0"] });
    },
  },
  {
    id: "api-unlogged",
    base: "cluster",
    finds: ["eks-", "logging-", "logs-"],
    at: cluster,
    change: set(cluster, { enabled_cluster_log_types: ["api"] }),
  },
  {
    id: "access-cluster-admin",
    base: "cluster",
    finds: ["eks-"],
    at: "contractor",
    change: associate("contractor", "AmazonEKSClusterAdminPolicy"),
  },
  {
    id: "access-widened",
    base: "cluster",
    finds: ["eks-"],
    at: "access_developer",
    change: set("aws_eks_access_policy_association.access_developer-policy", {
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    }),
  },
  { id: "kubernetes-older", base: "cluster", finds: ["kubernetes-"], at: cluster, change: set(cluster, { version: "1.34" }) },
  { id: "kubernetes-newer", base: "cluster", finds: ["kubernetes-"], at: cluster, change: set(cluster, { version: "1.36" }) },
  {
    id: "deletion-guard-detached",
    base: "cluster",
    finds: ["iam-", "destroy"],
    at: "deletion-guard",
    change: remove("aws_iam_role_policy_attachment.deletion-guard_developer"),
  },
  {
    id: "cluster-key-loosened",
    base: "cluster",
    finds: ["kms-", "iam-"],
    at: "aws_kms_key.encryption_key",
    change: (draft) => {
      policy(
        "aws_kms_key.encryption_key",
        "policy",
        ({ Statement }) => void Statement.push({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }),
      )(draft);
    },
  },
  {
    id: "file-system-open",
    base: "cluster",
    finds: ["network-", "exposure"],
    at: "nfs",
    change: add("aws_vpc_security_group_ingress_rule.nfs", {
      security_group_id: ref("aws_security_group.shared-files_group.id"),
      ip_protocol: "tcp",
      from_port: 2049,
      to_port: 2049,
      cidr_ipv4: "0.0.0.0/0",
    }),
  },
  {
    id: "nodes-may-grow",
    base: "cluster",
    finds: [],
    change: set(nodes, { scaling_config: { min_size: 3, max_size: 24, desired_size: 6 } }),
  },
  { id: "nodes-labelled", base: "cluster", finds: [], change: set(nodes, { labels: { pool: "general" } }) },
  { id: "access-viewer", base: "cluster", finds: [], change: associate("auditor", "AmazonEKSViewPolicy") },
  { id: "cluster-tagged", base: "cluster", finds: [], change: tagged },
];

const ofNetwork: readonly Case[] = [
  {
    id: "zone-removed",
    base: "network",
    finds: ["destroy", "contract-"],
    at: "subnets_data_apne2-az3",
    change: (draft) => {
      for (const [type, named] of Object.entries(draft.resource))
        for (const name of Object.keys(named))
          if (/(acls_data_|routing_data_|subnets_data_)apne2-az3/.test(name)) delete draft.resource[type]?.[name];
      const zones = draft.output?.dataSubnetIds?.value as Attributes;
      delete zones["apne2-az3"];
    },
  },
  {
    id: "flow-logs-gone",
    base: "network",
    finds: ["destroy", "logging", "flow"],
    at: "aws_flow_log",
    change: remove("aws_flow_log.flow-logs_archive_log", "aws_flow_log.flow-logs_rejected_log"),
  },
  {
    id: "nodes-open",
    base: "network",
    finds: ["network-", "exposure"],
    at: "kubelet",
    change: add("aws_vpc_security_group_ingress_rule.kubelet", {
      security_group_id: ref("aws_security_group.groups_nodes.id"),
      ip_protocol: "tcp",
      from_port: 10250,
      to_port: 10250,
      cidr_ipv4: "0.0.0.0/0",
    }),
  },
  {
    id: "data-tier-routed-out",
    base: "network",
    finds: ["network-", "route"],
    at: "data",
    change: add("aws_route.data-out", {
      route_table_id: ref("aws_route_table.routing_data_apne2-az1.id"),
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: ref("aws_internet_gateway.vpc_internet.id"),
    }),
  },
  { id: "network-tagged", base: "network", finds: [], change: tagged },
  {
    id: "endpoint-dropped",
    base: "network",
    finds: ["destroy"],
    at: "interface-endpoints_sqs",
    change: remove("aws_vpc_endpoint.interface-endpoints_sqs"),
  },
];

const ofState: readonly Case[] = [
  {
    id: "states-unversioned",
    base: "state",
    finds: ["state-store", "protection", "s3-"],
    at: "versioning",
    change: set("aws_s3_bucket_versioning.storage_versioning", { versioning_configuration: { status: "Suspended" } }),
  },
  {
    id: "states-deleted",
    base: "state",
    finds: ["state-store", "destroy"],
    at: "storage_bucket",
    // Whoever does it takes the guard away as well: Terraform refuses the plan otherwise.
    change: set("aws_s3_bucket.storage_bucket", { bucket: "elsewhere", lifecycle: {} }),
  },
  {
    id: "states-key-gone-sooner",
    base: "state",
    finds: ["state-store", "kms-", "protection"],
    at: "encryption_key",
    change: set("aws_kms_key.encryption_key", { deletion_window_in_days: 7 }),
  },
];

export const platform: readonly Case[] = [...ofCluster, ...ofNetwork, ...ofState];
