/** The cluster stack as Terraform gets it: what is there, in which order, and what an option turns on or off. */
import { describe, expect, test } from "@jest/globals";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { type JsonObject, type Resource, resourcesOf } from "../../modules/terraform-json.ts";
import { environmentOf, minimal, synthStack } from "../support/synth.ts";

type Overrides = Partial<NonNullable<EnvironmentInput["cluster"]>>;
const nodes = { instances: ["m7i.large"], size: { min: 1, desired: 1, max: 2 } };

function stackOf(overrides: Overrides = {}, environment: Partial<EnvironmentInput> = {}) {
  return synthStack(environmentOf({ ...environment, cluster: { ...minimal.cluster, ...overrides } }), "cluster");
}
const resources = (overrides: Overrides = {}, environment: Partial<EnvironmentInput> = {}) => resourcesOf(stackOf(overrides, environment));
const ofType = (all: readonly Resource[], type: string) => all.filter((resource) => resource.type === type);
const one = (all: readonly Resource[], type: string): JsonObject => {
  const found = ofType(all, type);
  expect(found).toHaveLength(1);
  return found[0]?.attributes ?? {};
};
const waitsFor = (resource: Resource | undefined): readonly string[] => (resource?.attributes.depends_on as string[] | undefined) ?? [];
/** A Terraform expression. */
const ref = (address: string) => `\${${address}}`;
const addon = (all: readonly Resource[], name: string) => all.find(({ attributes }) => attributes.addon_name === name);

const everything: Overrides = {
  selfManagedNodes: { own: { ...nodes, instances: ["m7g.large"] } },
  fargate: { batch: { selectors: [{ namespace: "batch" }] } },
  karpenter: true,
  sharedFileSystem: true,
};

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

describe("nodes", () => {
  const all = resources(everything);

  test("have three managed policies and nothing of their own", () => {
    for (const role of ["nodes_role", "self-managed_identity_role", "karpenter_role"]) {
      const attached = ofType(all, "aws_iam_role_policy_attachment").filter(({ name }) => name.startsWith(`${role}_`));
      expect(attached.map(({ attributes }) => attributes.policy_arn)).toEqual([
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      ]);
    }
    expect(ofType(all, "aws_iam_role_policy").map(({ name }) => name)).toEqual(["workload-addons_ebs-csi-role_own"]);
  });

  test("start with IMDSv2 at one hop, an encrypted gp3 disk, and tags on all that is made", () => {
    const templates = ofType(all, "aws_launch_template");
    expect(templates).toHaveLength(2);
    for (const { attributes } of templates) {
      expect(attributes.metadata_options).toMatchObject({ http_tokens: "required", http_put_response_hop_limit: 1 });
      expect(attributes.block_device_mappings).toMatchObject([
        { device_name: "/dev/xvda", ebs: { volume_type: "gp3", encrypted: "true", kms_key_id: ref("aws_kms_key.encryption_key.arn") } },
      ]);
      const tagged = attributes.tag_specifications as { resource_type: string; tags: Record<string, string> }[];
      expect(tagged.map(({ resource_type }) => resource_type)).toEqual(["instance", "volume", "network-interface"]);
      for (const { tags } of tagged)
        expect(tags).toMatchObject({ project: "mainline", environment: "test", owner: "platform@example.com" });
    }
  });

  test("come from a pinned release: nothing says latest, recommended or most recent", () => {
    expect(JSON.stringify(stackOf(everything))).not.toMatch(/\$Latest|recommended|most_recent|"latest"/);
    expect(ofType(all, "aws_eks_node_group")[0]?.attributes).toMatchObject({
      ami_type: "AL2023_x86_64_STANDARD",
      release_version: "1.35.8-20260930",
    });
  });

  test("are counted by the autoscaler after the first apply", () => {
    expect(ofType(all, "aws_eks_node_group")[0]?.attributes.lifecycle).toMatchObject({
      ignore_changes: ["scaling_config[0].desired_size"],
    });
    expect(ofType(all, "aws_autoscaling_group")[0]?.attributes.lifecycle).toMatchObject({ ignore_changes: ["desired_capacity"] });
  });

  test("another group changes nothing of what is there, but what waits for it", () => {
    const withoutWaiting = (found: readonly Resource[]) =>
      new Map(found.map(({ address, attributes: { depends_on: _, ...attributes } }) => [address, JSON.stringify(attributes)]));
    const bigger = withoutWaiting(resources({ nodes: { added: { ...nodes, zones: ["apne2-az2"] }, ...minimal.cluster.nodes } }));
    const smaller = withoutWaiting(resources());
    expect([...smaller].filter(([address, attributes]) => bigger.get(address) !== attributes)).toEqual([]);
    expect([...bigger.keys()].filter((address) => !smaller.has(address))).toEqual([
      "aws_launch_template.nodes_added-start_template",
      "aws_eks_node_group.nodes_added",
    ]);
  });
});

describe("options that are off leave nothing behind", () => {
  const addresses = (overrides: Overrides) => resources(overrides).map(({ address }) => address);

  test.each<[string, Overrides, RegExp]>([
    ["nodes", { nodes: {} }, /node_group|[._]nodes_/],
    ["self-managed nodes", { selfManagedNodes: {} }, /self-managed|autoscaling/],
    ["Fargate", { fargate: {} }, /fargate/],
    ["Karpenter", { karpenter: false }, /karpenter/],
    ["shared file system", { sharedFileSystem: false }, /efs|shared-files/],
  ])("%s", (_, off, pattern) => {
    expect(addresses(everything).some((address) => pattern.test(address))).toBe(true);
    expect(addresses({ ...everything, ...off }).filter((address) => pattern.test(address))).toEqual([]);
  });

  test("a cluster on Fargate only has CoreDNS there and no drivers", () => {
    const all = resources({ nodes: {}, fargate: { system: { selectors: [{ namespace: "kube-system" }] } } });
    expect(addon(all, "coredns")?.attributes.configuration_values).toContain('"computeType":"Fargate"');
    expect(addon(all, "aws-ebs-csi-driver")).toBeUndefined();
    expect(addon(all, "aws-efs-csi-driver")).toBeUndefined();
  });
});

describe("pods", () => {
  const cni = (pods?: { cidr: string }) =>
    addon(resources({}, { network: { ...minimal.network, ...(pods && { pods }) } }), "vpc-cni")?.attributes;

  test("without own subnets share those of the nodes; no zone is looked up", () => {
    expect(cni()?.configuration_values).not.toContain("eniConfig");
    expect(stackOf().data).not.toHaveProperty("aws_availability_zone");
  });

  test("with own subnets get an ENIConfig per zone, named by the zone's name in this account", () => {
    const values = String(cni({ cidr: "100.64.0.0/16" })?.configuration_values);
    for (const zone of minimal.network.zones) {
      expect(values).toContain(
        `"\${data.aws_availability_zone.${zone}.name}":{"id":"\${data.terraform_remote_state.network.outputs.podSubnetIds["${zone}"]}"`,
      );
    }
  });
});

test("the file system has a mount target per zone, open to nodes and the cluster by reference", () => {
  const all = resources();
  expect(ofType(all, "aws_efs_mount_target").map(({ name }) => name)).toEqual(minimal.network.zones.map((zone) => `shared-files_${zone}`));
  const rules = ofType(all, "aws_vpc_security_group_ingress_rule").map(({ attributes }) => attributes);
  for (const { cidr_ipv4, from_port } of rules) expect([cidr_ipv4, from_port]).toEqual([undefined, 2049]);
  expect(rules).toHaveLength(2);
});

test("no Kubernetes or Helm provider: they would need a cluster that is not there yet", () => {
  expect(Object.keys(stackOf(everything).provider)).toEqual(["aws"]);
});
