/** The cluster: endpoint, access, nodes, EKS add-ons, files. */
import { type Attributes, add, at, type Case, policy, ref, remove, set } from "../../case.ts";

const controlPlane = "aws_eks_cluster.control-plane_cluster";
const general = "aws_eks_node_group.nodes_general";
const template = "aws_launch_template.nodes_general-start_template";
const cni = "aws_eks_addon.networking_vpc-cni_addon";
const dns = "aws_eks_addon.workload-addons_coredns_addon";
const files = "aws_efs_file_system_policy.shared-files_policy";
const settings =
  (address: string, edit: (text: string) => string): Case["change"] =>
  (draft) => {
    const attributes = at(draft, address);
    const before = String(attributes.configuration_values);
    attributes.configuration_values = edit(before);
    if (attributes.configuration_values === before) throw new Error(`nothing changed in ${address}`);
  };

export const cluster: readonly Case[] = [
  {
    id: "api-public-to-offices",
    base: "cluster",
    finds: ["eks-endpoint-opened", "network-"],
    at: controlPlane,
    change: (draft) => {
      Object.assign(at(draft, controlPlane).vpc_config as Attributes, {
        endpoint_public_access: true,
        public_access_cidrs: ["203.0.113.0/24"],
      });
    },
  },
  {
    id: "api-from-every-private-network",
    base: "cluster",
    finds: ["network-", "eks-"],
    at: "private-from-10-30-0-0-17",
    change: set("aws_vpc_security_group_ingress_rule.control-plane_private-from-10-30-0-0-17", { cidr_ipv4: "10.0.0.0/8" }),
  },
  {
    id: "access-kube-system",
    base: "cluster",
    finds: ["eks-access-"],
    at: "developer-system",
    change: add("aws_eks_access_policy_association.developer-system", {
      cluster_name: ref(`${controlPlane}.name`),
      principal_arn: ref("aws_eks_access_entry.access_developer.principal_arn"),
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy",
      access_scope: { type: "namespace", namespaces: ["kube-system"] },
    }),
  },
  {
    id: "access-by-configmap",
    base: "cluster",
    finds: ["eks-authentication-mode", "destroy", "replace"],
    at: controlPlane,
    change: (draft) => {
      const attributes = at(draft, controlPlane);
      attributes.lifecycle = {};
      (attributes.access_config as Attributes).authentication_mode = "API_AND_CONFIG_MAP";
    },
  },
  {
    id: "secrets-unencrypted",
    base: "cluster",
    finds: ["eks-secrets-encryption", "destroy", "replace"],
    at: controlPlane,
    change: (draft) => {
      const attributes = at(draft, controlPlane);
      delete attributes.encryption_config;
      attributes.lifecycle = {};
    },
  },
  {
    id: "nodes-disks-unencrypted",
    base: "cluster",
    finds: ["encryption-", "eks-", "safety-net-off"],
    at: template,
    change: (draft) => {
      const [device] = at(draft, template).block_device_mappings as { ebs: Attributes }[];
      if (!device) throw new Error("no device");
      device.ebs = { ...device.ebs, encrypted: "false", kms_key_id: undefined };
    },
  },
  {
    id: "nodes-tell-pods-who-they-are",
    base: "cluster",
    finds: ["eks-imds"],
    at: template,
    change: set(template, { metadata_options: { http_endpoint: "enabled", http_put_response_hop_limit: 2, http_tokens: "optional" } }),
  },
  {
    id: "nodes-may-not-grow",
    base: "cluster",
    finds: ["eks-nodes-"],
    at: general,
    change: set(general, { scaling_config: { min_size: 3, max_size: 4, desired_size: 3 } }),
  },
  { id: "addon-older", base: "cluster", finds: ["eks-addon-"], at: cni, change: set(cni, { addon_version: "v1.19.0-eksbuild.1" }) },
  {
    id: "network-policies-off",
    base: "cluster",
    finds: ["eks-", "network-"],
    at: cni,
    change: settings(cni, (text) => text.replace('"enableNetworkPolicy":"true"', '"enableNetworkPolicy":"false"')),
  },
  {
    id: "dns-alone",
    base: "cluster",
    finds: ["eks-", "helm-replicas", "availability-"],
    at: dns,
    change: settings(dns, () => JSON.stringify({ podDisruptionBudget: { enabled: false }, replicaCount: 1 })),
  },
  {
    id: "files-without-backup",
    base: "cluster",
    finds: ["safety-net-off", "backup-", "protection-"],
    at: "shared-files_backup",
    change: set("aws_efs_backup_policy.shared-files_backup", { backup_policy: { status: "DISABLED" } }),
  },
  {
    id: "files-in-clear",
    base: "cluster",
    finds: ["iam-"],
    at: files,
    change: policy(files, "policy", (document) => {
      document.Statement = document.Statement.filter(({ Effect }) => Effect === "Allow");
    }),
  },
  {
    id: "files-from-anywhere",
    base: "cluster",
    finds: ["iam-"],
    at: files,
    change: policy(files, "policy", ({ Statement: [first] }) => {
      delete first?.Condition;
    }),
  },
  {
    id: "identities-gone",
    base: "cluster",
    finds: ["destroy", "iam-"],
    at: "identities_provider",
    change: (draft) => {
      remove("aws_iam_openid_connect_provider.identities_provider")(draft);
      delete draft.output?.oidcProviderArn;
    },
  },
  {
    id: "key-alias-to-another-key",
    base: "cluster",
    finds: ["kms-"],
    at: "encryption_alias",
    change: (draft) => {
      add("aws_kms_key.other", { description: "other", enable_key_rotation: true, deletion_window_in_days: 30 })(draft);
      at(draft, "aws_kms_alias.encryption_alias").target_key_id = ref("aws_kms_key.other.key_id");
    },
  },

  // Harmless: more, or less access.
  { id: "dns-of-three", base: "cluster", finds: [], change: settings(dns, (text) => text.replace('"replicaCount":2', '"replicaCount":3')) },
  {
    id: "access-of-one-namespace",
    base: "cluster",
    finds: [],
    change: set("aws_eks_access_policy_association.access_developer-policy", { access_scope: { type: "namespace", namespaces: ["shop"] } }),
  },
  {
    id: "files-to-archive-later",
    base: "cluster",
    finds: [],
    change: set("aws_efs_file_system.shared-files_file-system", {
      lifecycle_policy: [{ transition_to_ia: "AFTER_90_DAYS" }, { transition_to_primary_storage_class: "AFTER_1_ACCESS" }],
    }),
  },
  {
    id: "api-logs-kept-longer",
    base: "cluster",
    finds: [],
    change: set("aws_cloudwatch_log_group.control-plane_logs", { retention_in_days: 731 }),
  },
  {
    id: "nodes-one-more",
    base: "cluster",
    finds: [],
    change: set("aws_eks_node_group.nodes_system", { scaling_config: { min_size: 4, max_size: 8, desired_size: 4 } }),
  },
];
