import type { Blocks, JsonObject } from "../../../../modules/terraform-json.ts";
import { type Cases, ref, resources } from "./case.ts";

const cluster = (attributes: JsonObject, others: Blocks = {}) =>
  resources({ aws_eks_cluster: { it: { name: "dev", ...attributes } }, ...others });
const logs = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const administrator = {
  cluster_name: ref("aws_eks_cluster.it.name"),
  policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  access_scope: { type: "cluster" },
};
const entries = (aws_eks_access_policy_association: Blocks[string]) => cluster({}, { aws_eks_access_policy_association });

export const clusters: Cases = {
  "cluster-endpoint-not-public": {
    holds: [
      cluster({ vpc_config: { endpoint_public_access: false } }),
      cluster({ vpc_config: { endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] } }),
    ],
    fails: [
      cluster({ vpc_config: {} }),
      cluster({ vpc_config: { endpoint_public_access: true } }),
      cluster({ vpc_config: { endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24", "0.0.0.0/0"] } }),
    ],
  },
  "cluster-endpoint-private": {
    holds: [cluster({ vpc_config: { endpoint_private_access: true } })],
    fails: [cluster({ vpc_config: {} })],
  },
  "cluster-logs-complete": {
    holds: [cluster({ enabled_cluster_log_types: logs })],
    fails: [cluster({}), cluster({ enabled_cluster_log_types: ["audit"] })],
  },
  "cluster-log-group-owned": {
    holds: [cluster({}, { aws_cloudwatch_log_group: { it: { name: "/aws/eks/dev/cluster" } } })],
    fails: [cluster({}), cluster({}, { aws_cloudwatch_log_group: { it: { name: "/aws/eks/prod/cluster" } } })],
  },
  "cluster-access-api": {
    holds: [cluster({ access_config: { authentication_mode: "API" } })],
    fails: [cluster({}), cluster({ access_config: { authentication_mode: "API_AND_CONFIG_MAP" } })],
  },
  "cluster-no-creator-admin": {
    holds: [cluster({ access_config: { bootstrap_cluster_creator_admin_permissions: false } })],
    fails: [cluster({}), cluster({ access_config: { authentication_mode: "API" } })],
  },
  "cluster-has-administrator": {
    holds: [entries({ devops: administrator }), entries({ devops: administrator, standIn: administrator })],
    fails: [
      entries({}),
      entries({ devops: { ...administrator, access_scope: { type: "namespace", namespaces: ["apps"] } } }),
      entries({ a: administrator, b: administrator, c: administrator }),
    ],
  },
  "cluster-standard-support": {
    holds: [cluster({ upgrade_policy: { support_type: "STANDARD" } })],
    fails: [cluster({}), cluster({ upgrade_policy: { support_type: "EXTENDED" } })],
  },
};
