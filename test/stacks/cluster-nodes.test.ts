/** The cluster stack's nodes, and what an option turns on or off. */
import { describe, expect, test } from "@jest/globals";
import type { Resource } from "../../modules/terraform-json.ts";
import { minimal } from "../support/environment.ts";
import { addon, everything, nodes, type Overrides, ofType, ref, resources, stackOf } from "./cluster-support.ts";

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
