/** The cluster stack as Terraform gets it: control plane, who may enter, and in which order things are made. */
import { describe, expect, test } from "@jest/globals";
import { addon, everything, ofType, one, ref, resources, waitsFor } from "./cluster-support.ts";

describe("control plane", () => {
  const all = resources();
  const cluster = one(all, "aws_eks_cluster");

  test("is entered by access entries only, and by nobody merely for having made it", () => {
    expect(cluster.access_config).toEqual({ authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false });
    expect(cluster.bootstrap_self_managed_addons).toBe(false);
  });

  test("encrypts secrets, logs everything, stays in standard support", () => {
    expect(cluster.encryption_config).toMatchObject({
      resources: ["secrets"],
      provider: { key_arn: ref("aws_kms_key.encryption_key.arn") },
    });
    expect(cluster.enabled_cluster_log_types).toEqual(["api", "audit", "authenticator", "controllerManager", "scheduler"]);
    expect(cluster.upgrade_policy).toEqual({ support_type: "STANDARD" });
  });

  test("finds its log group there, with retention and key", () => {
    expect(waitsFor(ofType(all, "aws_eks_cluster")[0])).toContain("aws_cloudwatch_log_group.control-plane_logs");
    expect(one(all, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/eks/mainline-test/cluster",
      retention_in_days: 90,
      kms_key_id: ref("aws_kms_key.encryption_key.arn"),
    });
  });

  test.each([
    [[], { endpoint_public_access: false }],
    [["203.0.113.0/24"], { endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] }],
  ])("public from %j", (publicFrom, expected) => {
    const { vpc_config } = one(resources({ endpoint: { publicFrom, privateFrom: ["172.16.0.0/16"] } }), "aws_eks_cluster");
    expect(vpc_config).toMatchObject({ endpoint_private_access: true, ...expected });
    expect(Object.hasOwn(vpc_config as object, "public_access_cidrs")).toBe(publicFrom.length > 0);
  });

  test("each private block has its own rule, for HTTPS only", () => {
    const rules = ofType(
      resources({ endpoint: { privateFrom: ["172.16.0.0/16", "192.168.0.0/24"] } }),
      "aws_vpc_security_group_ingress_rule",
    );
    const open = rules.filter(({ name }) => name.startsWith("control-plane"));
    expect(open.map(({ attributes: { cidr_ipv4, from_port, to_port } }) => [cidr_ipv4, from_port, to_port])).toEqual([
      ["172.16.0.0/16", 443, 443],
      ["192.168.0.0/24", 443, 443],
    ]);
  });

  test.each([
    ["5.100.0", true, undefined],
    ["6.9.0", true, true],
    ["6.9.0", false, false],
  ])("with provider %s and protection %s, deletion_protection is %s", (awsProvider, deletion, expected) => {
    const found = one(resources({}, { awsProvider, protection: { deletion } }), "aws_eks_cluster");
    expect(found.deletion_protection).toBe(expected);
    expect(found.lifecycle).toMatchObject({ prevent_destroy: deletion });
  });
});

describe("access", () => {
  const access = {
    devops: { role: "arn:aws:iam::111122223333:role/devops", policy: "cluster-admin" as const },
    developer: { role: "arn:aws:iam::111122223333:role/developer", policy: "edit" as const, namespaces: ["apps"], groups: ["developers"] },
  };

  test("is an entry and a policy per role, limited to its namespaces", () => {
    const all = resources({ access });
    const entries = ofType(all, "aws_eks_access_entry").map(({ name, attributes }) => [
      name,
      attributes.type,
      attributes.kubernetes_groups,
    ]);
    expect(entries).toEqual([
      ["access_devops", "STANDARD", undefined],
      ["access_developer", "STANDARD", ["developers"]],
    ]);
    expect(ofType(all, "aws_eks_access_policy_association").map(({ attributes }) => attributes.access_scope)).toEqual([
      { type: "cluster" },
      { type: "namespace", namespaces: ["apps"] },
    ]);
  });

  test("node entries exist for nodes that EKS does not start itself, and for no others", () => {
    const forNodes = ofType(resources(everything), "aws_eks_access_entry").filter(({ attributes }) => attributes.type === "EC2_LINUX");
    expect(forNodes.map(({ attributes }) => attributes.principal_arn)).toEqual([
      ref("aws_iam_role.self-managed_identity_role_role.arn"),
      ref("aws_iam_role.karpenter_role_role.arn"),
    ]);
  });

  test("all roles but the one that may delete get the deny", () => {
    const deletionRole = "arn:aws:iam::111122223333:role/developer";
    const all = resources({ access }, { protection: { deletionRole } });
    const denied = ofType(all, "aws_iam_role_policy_attachment").filter(
      ({ attributes }) => attributes.policy_arn === ref("aws_iam_policy.deletion-guard_policy.arn"),
    );
    expect(denied.map(({ attributes }) => attributes.role)).toEqual(["devops"]);
    // On destroy the cluster is tried first, and fails there, with the deny still in place.
    expect(waitsFor(ofType(all, "aws_eks_cluster")[0])).toContain("aws_iam_role_policy_attachment.deletion-guard_devops");
  });

  test("without such a role there is no guard", () => {
    expect(ofType(resources({ access }), "aws_iam_policy")).toEqual([]);
  });
});

describe("order", () => {
  const all = resources(everything);
  const before = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];
  const after = ["coredns", "aws-ebs-csi-driver", "aws-efs-csi-driver"];
  const groups = ["aws_eks_node_group.nodes_general", "aws_autoscaling_group.self-managed_own"];

  test.each(groups)("%s waits for what makes a node Ready, and for its role's rights", (address) => {
    const waits = waitsFor(all.find((resource) => resource.address === address));
    for (const name of before) expect(waits).toContain(addon(all, name)?.address);
    expect(waits.filter((one) => one.includes("AmazonEKSWorkerNodePolicy"))).toHaveLength(1);
  });

  test.each(after)("%s waits for all nodes", (name) => {
    expect(waitsFor(addon(all, name))).toEqual(expect.arrayContaining([...groups, "aws_eks_fargate_profile.fargate_batch"]));
  });

  test.each(before)("%s waits for no node", (name) => {
    expect(JSON.stringify(addon(all, name)).match(/aws_eks_node_group|aws_autoscaling_group/)).toBeNull();
  });

  test("every add-on is there once, pinned", () => {
    const versions = ofType(all, "aws_eks_addon").map(({ attributes }) => [attributes.addon_name, attributes.addon_version]);
    expect(versions.map(([name]) => name).sort()).toEqual([...before, ...after].sort());
    for (const [, version] of versions) expect(version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
  });
});
