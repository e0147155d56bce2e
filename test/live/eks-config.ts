/** A small network, roles, and one of everything of EKS, as Terraform JSON. What the tests change are the parameters. */

export interface Wanted {
  readonly version: string;
  readonly desired: number;
  readonly owner: string;
  readonly publicFrom: readonly string[];
  readonly coredns: string;
  readonly logs: readonly string[];
  readonly namespaces: readonly string[];
  readonly groups: readonly string[];
  readonly webRole: "pods" | "pods2";
  readonly prefixes: boolean;
}

export const wanted: Wanted = {
  version: "1.34",
  desired: 2,
  owner: "platform",
  publicFrom: ["203.0.113.0/24"],
  coredns: "v1.12.4-eksbuild.38",
  logs: ["api", "audit"],
  namespaces: ["apps", "team-*"],
  groups: ["developers"],
  webRole: "pods",
  prefixes: true,
};

const trusted = {
  cluster: "eks.amazonaws.com",
  node: "ec2.amazonaws.com",
  own: "ec2.amazonaws.com",
  fargate: "eks-fargate-pods.amazonaws.com",
  pods: "pods.eks.amazonaws.com",
  pods2: "pods.eks.amazonaws.com",
  developer: "ec2.amazonaws.com",
};

/** A reference in Terraform's words. */
const ref = (path: string) => `\${${path}}`;

const zones = ["a", "b", "c"];
const subnets = zones.map((zone) => ref(`aws_subnet.${zone}.id`));
const cluster = ref("aws_eks_cluster.demo.name");
const role = (name: keyof typeof trusted) => ref(`aws_iam_role.${name}.arn`);
const byName = <T>(names: readonly string[], make: (name: string) => T) => Object.fromEntries(names.map((name) => [name, make(name)]));
const daemons = ["kube-proxy", "eks-pod-identity-agent"];

export function configuration(want: Wanted) {
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100" } } },
    provider: { aws: { region: "ap-northeast-2", allowed_account_ids: ["111122223333"] } },
    data: {
      aws_eks_cluster: { demo: { name: cluster } },
      aws_eks_cluster_versions: { all: {} },
      aws_eks_addon_version: { cni: { addon_name: "vpc-cni", kubernetes_version: want.version } },
      aws_security_group: { cluster: { id: ref("aws_eks_cluster.demo.vpc_config[0].cluster_security_group_id") } },
    },
    resource: {
      aws_vpc: { demo: { cidr_block: "10.10.0.0/16" } },
      aws_subnet: byName(zones, (zone) => ({
        vpc_id: ref("aws_vpc.demo.id"),
        cidr_block: `10.10.${zones.indexOf(zone)}.0/24`,
        availability_zone: `ap-northeast-2${zone}`,
      })),
      aws_kms_key: { demo: {} },
      aws_iam_role: byName(Object.keys(trusted), (name) => ({
        name: `demo-${name}`,
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["sts:AssumeRole", "sts:TagSession"],
              Principal: { Service: trusted[name as keyof typeof trusted] },
            },
          ],
        }),
      })),
      aws_eks_cluster: {
        demo: {
          name: "demo",
          role_arn: role("cluster"),
          version: want.version,
          bootstrap_self_managed_addons: false,
          enabled_cluster_log_types: want.logs,
          access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
          encryption_config: { resources: ["secrets"], provider: { key_arn: ref("aws_kms_key.demo.arn") } },
          upgrade_policy: { support_type: "STANDARD" },
          vpc_config: {
            subnet_ids: subnets,
            endpoint_private_access: true,
            endpoint_public_access: want.publicFrom.length > 0,
            ...(want.publicFrom.length > 0 && { public_access_cidrs: want.publicFrom }),
          },
          tags: { owner: want.owner },
        },
      },
      aws_iam_openid_connect_provider: {
        demo: {
          url: ref("aws_eks_cluster.demo.identity[0].oidc[0].issuer"),
          client_id_list: ["sts.amazonaws.com"],
          thumbprint_list: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
        },
      },
      aws_eks_addon: {
        ...byName(daemons, (name) => ({ cluster_name: cluster, addon_name: name })),
        cni: {
          cluster_name: cluster,
          addon_name: "vpc-cni",
          addon_version: ref("data.aws_eks_addon_version.cni.version"),
          configuration_values: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: String(want.prefixes) } }),
          pod_identity_association: { role_arn: role("pods"), service_account: "aws-node" },
        },
        coredns: {
          cluster_name: cluster,
          addon_name: "coredns",
          addon_version: want.coredns,
          resolve_conflicts_on_update: "PRESERVE",
          tags: { owner: want.owner },
        },
      },
      aws_eks_node_group: {
        general: {
          cluster_name: cluster,
          node_group_name: "general",
          node_role_arn: role("node"),
          subnet_ids: subnets,
          instance_types: ["m7i.large"],
          version: want.version,
          labels: { tier: "general", owner: want.owner },
          taint: { key: "dedicated", value: want.owner, effect: "PREFER_NO_SCHEDULE" },
          scaling_config: { min_size: 1, desired_size: want.desired, max_size: 6 },
          update_config: { max_unavailable_percentage: 33 },
          depends_on: ["aws_eks_addon.cni"],
        },
        // Everything left to EKS.
        plain: {
          cluster_name: cluster,
          node_group_name: "plain",
          node_role_arn: role("node"),
          subnet_ids: subnets,
          scaling_config: { min_size: 0, desired_size: 0, max_size: 1 },
        },
      },
      aws_eks_fargate_profile: byName(["jobs", "batch"], (name) => ({
        cluster_name: cluster,
        fargate_profile_name: name,
        pod_execution_role_arn: role("fargate"),
        subnet_ids: subnets,
        selector: { namespace: name, labels: { runs: "fargate" } },
      })),
      aws_eks_access_entry: {
        developer: { cluster_name: cluster, principal_arn: role("developer"), kubernetes_groups: want.groups },
        own_nodes: { cluster_name: cluster, principal_arn: role("own"), type: "EC2_LINUX" },
      },
      aws_eks_access_policy_association: {
        developer: {
          cluster_name: cluster,
          principal_arn: ref("aws_eks_access_entry.developer.principal_arn"),
          policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
          access_scope: { type: "namespace", namespaces: want.namespaces },
        },
      },
      aws_eks_pod_identity_association: {
        web: { cluster_name: cluster, namespace: "apps", service_account: "web", role_arn: role(want.webRole) },
      },
    },
    output: {
      endpoint: { value: ref("data.aws_eks_cluster.demo.endpoint") },
      versions: { value: ref("data.aws_eks_cluster_versions.all.cluster_versions[*].cluster_version") },
      group: { value: ref("data.aws_security_group.cluster.name") },
    },
  };
}
