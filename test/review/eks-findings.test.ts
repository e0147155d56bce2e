import { describe, expect, test } from "@jest/globals";
import { kubernetesVersions } from "../../environments/versions.ts";
import { eksAccess } from "../../review/findings/eks-access.ts";
import { eksCluster } from "../../review/findings/eks-cluster.ts";
import { eksNodes } from "../../review/findings/eks-nodes.ts";
import { afterApply, type Change, created, deleted, plan, replaced, unchanged, updated, type Values } from "./plans.ts";
import { alarms } from "./told.ts";

describe("the control plane", () => {
  const cluster = (vpc: Values, more: Values = {}): Values => ({
    name: "c",
    vpc_config: [{ endpoint_private_access: true, endpoint_public_access: false, ...vpc }],
    ...more,
  });
  const open = (...cidrs: readonly string[]): Values => ({ endpoint_public_access: true, public_access_cidrs: cidrs });
  const to = (before: Values, after: Values): Change => updated("aws_eks_cluster.c", before, after);
  const shut = cluster({});
  test.each<[string, Change, readonly string[]]>([
    ["opened to everybody", to(shut, cluster(open("0.0.0.0/0"))), ["danger eks-endpoint-opened"]],
    ["opened without a list", to(shut, cluster(open())), ["danger eks-endpoint-opened"]],
    ["opened in halves", to(shut, cluster(open("0.0.0.0/1", "128.0.0.0/1"))), ["danger eks-endpoint-opened"]],
    ["opened to everybody, new", created("aws_eks_cluster.c", cluster(open("0.0.0.0/0"))), ["danger eks-endpoint-opened"]],
    ["opened to an office", to(shut, cluster(open("203.0.113.0/24"))), ["caution eks-endpoint-opened"]],
    [
      "one more office",
      to(cluster(open("203.0.113.0/24")), cluster(open("203.0.113.0/24", "198.51.100.0/24"))),
      ["caution eks-endpoint-opened"],
    ],
    ["one office in halves", to(cluster(open("203.0.113.0/24")), cluster(open("203.0.113.0/25", "203.0.113.128/25"))), []],
    ["closed", to(cluster(open("203.0.113.0/24")), shut), []],
    ["new, for an office", created("aws_eks_cluster.c", cluster(open("203.0.113.0/24"))), []],
    [
      "opened to who knows",
      to(shut, cluster({ endpoint_public_access: true, public_access_cidrs: afterApply })),
      ["caution eks-endpoint-opened"],
    ],
    ["no private endpoint", to(shut, cluster({ endpoint_private_access: false })), ["caution eks-endpoint-private-off"]],
    [
      "another way to say who",
      to(
        cluster({}, { access_config: [{ authentication_mode: "API" }] }),
        cluster({}, { access_config: [{ authentication_mode: "API_AND_CONFIG_MAP" }] }),
      ),
      ["caution eks-authentication-mode"],
    ],
    [
      "secrets in clear",
      to(cluster({}, { encryption_config: [{ resources: ["secrets"] }] }), cluster({}, { encryption_config: [] })),
      ["danger eks-secrets-encryption"],
    ],
    [
      "no audit log",
      to(cluster({}, { enabled_cluster_log_types: ["api", "audit"] }), cluster({}, { enabled_cluster_log_types: ["api"] })),
      ["caution eks-logging-off"],
    ],
    [
      "logs in another order",
      to(cluster({}, { enabled_cluster_log_types: ["api", "audit"] }), cluster({}, { enabled_cluster_log_types: ["audit", "api"] })),
      [],
    ],
    [
      "extended support",
      to(cluster({}, { upgrade_policy: [{ support_type: "STANDARD" }] }), cluster({}, { upgrade_policy: [{ support_type: "EXTENDED" }] })),
      ["caution eks-extended-support"],
    ],
    ["tags", to(cluster(open("0.0.0.0/0"), { tags: {} }), cluster(open("0.0.0.0/0"), { tags: { a: "b" } })), []],
  ])("%s", (_, change, expected) => expect(alarms(eksCluster, plan({ changes: [change] }))).toEqual(expected));
});

describe("access", () => {
  const entry = (name: string, more: Values = {}): Values => ({
    cluster_name: "c",
    principal_arn: `arn:aws:iam::111122223333:role/${name}`,
    type: "STANDARD",
    ...more,
  });
  const right = (policy: string, scope: Values = { type: "cluster" }, name = "dev"): Values => ({
    cluster_name: "c",
    principal_arn: `arn:aws:iam::111122223333:role/${name}`,
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
    access_scope: [scope],
  });
  const inside = (...namespaces: readonly string[]): Values => ({ type: "namespace", namespaces });
  const e = "aws_eks_access_entry.e";
  const a = "aws_eks_access_policy_association.a";
  const admin = unchanged("aws_eks_access_policy_association.admin", right("AmazonEKSClusterAdminPolicy", { type: "cluster" }, "ops"));
  test.each<[string, readonly Change[], readonly string[]]>([
    ["an entry", [created(e, entry("dev", { kubernetes_groups: ["a"] }))], ["caution eks-access-entry"]],
    ["an entry that opens nothing by itself", [created(e, entry("dev"))], []],
    [
      "an entry of a new cluster",
      [created("aws_eks_cluster.c", { name: "c" }), created(e, entry("dev", { kubernetes_groups: ["a"] }))],
      [],
    ],
    ["an entry for nodes", [created(e, entry("node", { type: "EC2_LINUX" }))], []],
    [
      "masters",
      [updated(e, entry("dev", { kubernetes_groups: [] }), entry("dev", { kubernetes_groups: ["system:masters"] }))],
      ["danger eks-access-entry"],
    ],
    [
      "a group",
      [updated(e, entry("dev", { kubernetes_groups: ["a"] }), entry("dev", { kubernetes_groups: ["a", "b"] }))],
      ["caution eks-access-entry"],
    ],
    ["a group less", [updated(e, entry("dev", { kubernetes_groups: ["a", "b"] }), entry("dev", { kubernetes_groups: ["b"] }))], []],
    ["another user", [updated(e, entry("dev", { user_name: "a" }), entry("dev", { user_name: "b" }))], ["caution eks-access-entry"]],
    ["an entry under another address", [deleted("aws_eks_access_entry.f", entry("dev")), created(e, entry("dev"))], []],
    ["tags", [updated(e, entry("dev", { tags: {} }), entry("dev", { tags: { a: "b" } }))], []],
    ["cluster administrator", [created(a, right("AmazonEKSClusterAdminPolicy"))], ["danger eks-access-policy"]],
    [
      "administrator of a new cluster",
      [created("aws_eks_cluster.c", { name: "c" }), created(a, right("AmazonEKSClusterAdminPolicy"))],
      ["caution eks-access-policy"],
    ],
    ["administrator of a namespace", [created(a, right("AmazonEKSAdminPolicy", inside("a")))], ["caution eks-access-policy"]],
    ["from view to edit", [updated(a, right("AmazonEKSViewPolicy"), right("AmazonEKSEditPolicy"))], ["caution eks-access-policy"]],
    [
      "from a namespace to all",
      [updated(a, right("AmazonEKSAdminPolicy", inside("a")), right("AmazonEKSAdminPolicy"))],
      ["danger eks-access-policy"],
    ],
    [
      "one more namespace",
      [updated(a, right("AmazonEKSEditPolicy", inside("a")), right("AmazonEKSEditPolicy", inside("a", "b")))],
      ["caution eks-access-policy"],
    ],
    ["from all to a namespace", [updated(a, right("AmazonEKSEditPolicy"), right("AmazonEKSEditPolicy", inside("a")))], []],
    ["a view", [created(a, right("AmazonEKSViewPolicy"))], []],
    ["a policy that is not known here", [created(a, right("AmazonEKSNewPolicy"))], ["caution eks-access-policy"]],
    [
      "the same under another address",
      [deleted("aws_eks_access_policy_association.b", right("AmazonEKSEditPolicy")), created(a, right("AmazonEKSEditPolicy"))],
      [],
    ],
    [
      "the last administrator",
      [deleted("aws_eks_access_policy_association.b", right("AmazonEKSClusterAdminPolicy"))],
      ["danger eks-no-administrator"],
    ],
    ["one of two administrators", [admin, deleted("aws_eks_access_policy_association.b", right("AmazonEKSClusterAdminPolicy"))], []],
    ["a pod's role", [created("aws_eks_pod_identity_association.p", { namespace: "a", service_account: "b", role_arn: afterApply })], []],
    [
      "a role for other pods",
      [
        replaced(
          "aws_eks_pod_identity_association.p",
          { namespace: "a", service_account: "b", role_arn: "r" },
          { namespace: "default", service_account: "default", role_arn: "r" },
        ),
      ],
      ["caution eks-pod-role"],
    ],
    [
      "another role for pods",
      [
        updated(
          "aws_eks_pod_identity_association.p",
          { namespace: "a", service_account: "b", role_arn: "r" },
          { namespace: "a", service_account: "b", role_arn: "s" },
        ),
      ],
      ["caution eks-pod-role"],
    ],
  ])("%s", (_, changes, expected) => expect(alarms(eksAccess, plan({ changes }))).toEqual(expected));
});

describe("nodes", () => {
  const group = (size: Values, more: Values = {}): Values => ({
    scaling_config: [{ min_size: 1, desired_size: 4, max_size: 8, ...size }],
    ...more,
  });
  const n = (before: Values, after: Values): Change => updated("aws_eks_node_group.n", before, after);
  const template = (more: Values): Values => ({ metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1, ...more }] });
  const [first] = Object.values(kubernetesVersions);
  const cni = (addon_version: string): Values => ({ addon_name: "vpc-cni", addon_version });
  const table = first?.addons["vpc-cni"] ?? "";
  test.each<[string, Change, readonly string[]]>([
    ["to zero", n(group({}), group({ desired_size: 0 })), ["danger eks-nodes-none"]],
    ["half", n(group({}), group({ desired_size: 2 })), ["caution eks-nodes-fewer"]],
    ["one less", n(group({}), group({ desired_size: 3 })), []],
    ["one more", n(group({}), group({ desired_size: 5, max_size: 10 })), []],
    ["against budgets", n(group({}), group({}, { force_update_version: true })), ["caution eks-nodes-forced"]],
    ["spot", n(group({}, { capacity_type: "ON_DEMAND" }), group({}, { capacity_type: "SPOT" })), ["caution eks-nodes-spot"]],
    ["a newer image", n(group({}, { release_version: "1.35.7-20260901" }), group({}, { release_version: "1.35.8-20260930" })), []],
    [
      "all at once",
      n(
        group({}, { update_config: [{ max_unavailable_percentage: 33 }] }),
        group({}, { update_config: [{ max_unavailable_percentage: 100 }] }),
      ),
      ["caution eks-nodes-at-once"],
    ],
    ["SSH from everywhere", n(group({}), group({}, { remote_access: [{ ec2_ssh_key: "k" }] })), ["danger eks-nodes-ssh"]],
    ["an Auto Scaling group to zero", updated("aws_autoscaling_group.g", { max_size: 3 }, { max_size: 0 }), ["danger eks-nodes-none"]],
    [
      "metadata without a token",
      updated("aws_launch_template.t", template({}), template({ http_tokens: "optional" })),
      ["danger eks-imds"],
    ],
    ["metadata for pods, new", created("aws_launch_template.t", template({ http_put_response_hop_limit: 2 })), ["caution eks-imds"]],
    [
      "metadata as it was",
      updated("aws_launch_template.t", template({ http_tokens: "optional" }), { ...template({ http_tokens: "optional" }), name: "x" }),
      [],
    ],
    ["an add-on of the table", updated("aws_eks_addon.a", cni("v1.22.0-eksbuild.1"), cni(table)), []],
    ["an add-on out of the table", updated("aws_eks_addon.a", cni(table), cni("v9.9.9-eksbuild.1")), ["caution eks-addon-untried"]],
    ["an add-on that goes back", updated("aws_eks_addon.a", cni("v9.9.9-eksbuild.1"), cni(table)), ["caution eks-addon-downgrade"]],
    ["an add-on that nobody lists", created("aws_eks_addon.a", { addon_name: "adot", addon_version: "v1" }), []],
    ["an add-on less", deleted("aws_eks_addon.a", cni(table)), ["danger eks-addon-removed"]],
    ["an add-on whose pods stay", deleted("aws_eks_addon.a", { ...cni(table), preserve: true }), []],
  ])("%s", (_, change, expected) => expect(alarms(eksNodes, plan({ changes: [change] }))).toEqual(expected));
});
