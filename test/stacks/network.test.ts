import { describe, expect, test } from "@jest/globals";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { blocksOf, type JsonObject, resourcesOf } from "../../modules/terraform-json.ts";
import { environmentOf, minimal, synthStack } from "../support/synth.ts";

type NetworkInput = NonNullable<EnvironmentInput["network"]>;

const everything = {
  pods: { cidr: "100.64.0.0/16" },
  nat: "per-zone",
  interfaceEndpoints: ["ecr.api", "sts"],
  offices: { seoul: ["203.0.113.0/24"] },
  peerings: { legacy: { vpcId: "vpc-0a1b2c3d4e5f67890", accountId: "444455556666", cidr: "172.20.0.0/16" } },
  transitGateway: { id: "tgw-0a1b2c3d4e5f67890", routes: ["172.16.0.0/16"] },
  endpointServices: {
    api: {
      loadBalancerArns: ["arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/net/api/0a1b2c3d4e5f6789"],
      allowedPrincipals: ["arn:aws:iam::444455556666:root"],
    },
  },
} satisfies Partial<NetworkInput>;

/** The stack with these options, and its resources by address and by type. */
function synth(overrides: Partial<NetworkInput> = {}) {
  const json = synthStack(environmentOf({ network: { ...minimal.network, ...overrides } }), "network");
  const resources = new Map(resourcesOf(json).map(({ address, attributes }) => [address, attributes]));
  const of = (type: string) => Object.entries(json.resource?.[type] ?? {});
  return { json, resources, of };
}

describe("a zone or tier that is added", () => {
  const cases: readonly (readonly [string, Partial<NetworkInput>, Partial<NetworkInput>])[] = [
    ["a zone", { zones: ["apne2-az1", "apne2-az3"] }, { zones: ["apne2-az1", "apne2-az2", "apne2-az3"] }],
    ["a zone, and the order changed", { zones: ["apne2-az1", "apne2-az3"] }, { zones: ["apne2-az4", "apne2-az3", "apne2-az1"] }],
    ["NAT in every zone", { nat: "single" }, { nat: "per-zone" }],
    ["the pod tier", { pods: undefined }, {}],
  ];
  test.each(cases)("%s removes no address and moves no block", (_, before, after) => {
    const [small, large] = [synth({ ...everything, ...before }), synth({ ...everything, ...after })];
    expect([...small.resources.keys()].filter((address) => !large.resources.has(address))).toEqual([]);
    const placed = (attributes: JsonObject | undefined) => [attributes?.cidr_block, attributes?.availability_zone_id, attributes?.vpc_id];
    for (const [name, subnet] of small.of("aws_subnet")) {
      expect([name, placed(large.resources.get(`aws_subnet.${name}`))]).toEqual([name, placed(subnet)]);
    }
  });

  test.each(["aws_eip", "aws_nat_gateway"])("a zone leaves the single %s as it is", (type) => {
    const two = synth({ nat: "single", zones: ["apne2-az1", "apne2-az2"] });
    const three = synth({ nat: "single", zones: ["apne2-az3", "apne2-az2", "apne2-az1"] });
    expect(three.of(type)).toEqual(two.of(type));
  });
});

describe("NAT", () => {
  test.each([
    ["none", 0, []],
    ["single", 1, ["nat_gateway_apne2-az1", "nat_gateway_apne2-az1", "nat_gateway_apne2-az1"]],
    ["per-zone", 3, ["nat_gateway_apne2-az1", "nat_gateway_apne2-az2", "nat_gateway_apne2-az3"]],
  ] as const)("%s: %i gateways, private routes through %j", (nat, count, targets) => {
    const { of, resources } = synth({ nat });
    expect(of("aws_nat_gateway")).toHaveLength(count);
    expect(of("aws_eip")).toHaveLength(count);
    const routes = minimal.network.zones.map((zone) => resources.get(`aws_route.routing_private_${zone}_egress`)?.nat_gateway_id);
    expect(routes.filter(Boolean)).toEqual(targets.map((name) => `\${aws_nat_gateway.${name}.id}`));
  });

  test("data and intra have no way out", () => {
    const routes = synth({ nat: "per-zone", pods: everything.pods }).of("aws_route");
    expect(new Set(routes.map(([name]) => name.split("_")[1]))).toEqual(new Set(["public", "private", "pods"]));
  });
});

test.each([
  ["aws_vpc_ipv4_cidr_block_association", 0, 1],
  ["aws_ec2_managed_prefix_list", 0, 1],
  ["aws_vpc_peering_connection", 0, 1],
  ["aws_ec2_transit_gateway_vpc_attachment", 0, 1],
  ["aws_vpc_endpoint_service", 0, 1],
  ["aws_vpc_endpoint", 2, 4],
  ["aws_nat_gateway", 0, 3],
  ["aws_network_acl", 4, 5],
])("%s: %i without options, %i with all", (type, without, withAll) => {
  expect(synth({ nat: "none", interfaceEndpoints: [] }).of(type)).toHaveLength(without);
  expect(synth(everything).of(type)).toHaveLength(withAll);
});

test("peered networks are reached from private, data and intra in every zone, never from pods", () => {
  const remote = synth(everything)
    .of("aws_route")
    .filter(([, route]) => route.vpc_peering_connection_id ?? route.transit_gateway_id);
  const tables = remote.map(([, route]) => String(route.route_table_id).replace(/^.*routing_(\w+)_.*$/, "$1"));
  expect(tables.sort()).toEqual(["data", "intra", "private"].flatMap((tier) => Array(6).fill(tier)));
});

test("every tier and zone has a subnet, a route table of its own and the tier's ACL", () => {
  const { of } = synth(everything);
  const keys = ["data", "intra", "pods", "private", "public"].flatMap((tier) => minimal.network.zones.map((zone) => `${tier}_${zone}`));
  const named = (type: string, part: RegExp) =>
    of(type)
      .map(([name]) => name.replace(part, ""))
      .sort();
  expect(named("aws_subnet", /^subnets_/)).toEqual(keys);
  expect(named("aws_route_table", /^routing_/)).toEqual(keys);
  expect(named("aws_route_table_association", /^routing_|_subnet$/g)).toEqual(keys);
  expect(named("aws_network_acl_association", /^acls_/)).toEqual(keys);
});

test("pods have no subnet in a VPC that does not have their block yet", () => {
  const { resources } = synth(everything);
  expect(resources.get("aws_subnet.subnets_pods_apne2-az1")?.vpc_id).toBe(`\${aws_vpc_ipv4_cidr_block_association.vpc_pods.vpc_id}`);
});

test("default group, route table and ACL are empty", () => {
  const { resources } = synth();
  const rules = (address: string) => ["ingress", "egress", "route"].flatMap((block) => blocksOf(resources.get(address), block));
  for (const kind of ["security_group", "route_table", "network_acl"]) {
    const address = `aws_default_${kind}.vpc_default_${kind.replaceAll("_", "-")}`;
    expect(resources.has(address)).toBe(true);
    expect(rules(address)).toEqual([]);
  }
  expect(resources.get("aws_default_route_table.vpc_default_route-table")?.route).toEqual([]);
});

test("Karpenter finds private subnets and exactly one security group", () => {
  const { json } = synth(everything);
  const tagged = resourcesOf(json).filter(({ attributes }) => (attributes.tags as JsonObject | undefined)?.["karpenter.sh/discovery"]);
  expect(tagged.map(({ address }) => address).sort()).toEqual([
    "aws_security_group.groups_nodes",
    ...minimal.network.zones.map((zone) => `aws_subnet.subnets_private_${zone}`),
  ]);
  expect(new Set(tagged.map(({ attributes }) => (attributes.tags as JsonObject)["karpenter.sh/discovery"]))).toEqual(
    new Set(["mainline-test"]),
  );
});

test("no rule that lets in is without description, or open to the world but for 80 and 443", () => {
  const ingress = synth(everything).of("aws_vpc_security_group_ingress_rule");
  expect(ingress.filter(([, { description }]) => !description)).toEqual([]);
  const open = ingress.filter(([, { cidr_ipv4 }]) => cidr_ipv4 === "0.0.0.0/0");
  expect(open.map(([, { from_port, to_port }]) => [from_port, to_port])).toEqual([
    [80, 80],
    [443, 443],
  ]);
});

test("endpoints take calls from every block of the VPC", () => {
  const cidrs = (options: Partial<NetworkInput>) =>
    synth(options)
      .of("aws_vpc_security_group_ingress_rule")
      .filter(([name]) => name.startsWith("groups_endpoints"))
      .map(([, { cidr_ipv4 }]) => cidr_ipv4);
  expect(cidrs({})).toEqual(["10.0.0.0/16"]);
  expect(cidrs(everything)).toEqual(["10.0.0.0/16", "100.64.0.0/16"]);
});

test("flow logs: rejected to CloudWatch, all to S3 as Parquet, both with the environment's settings", () => {
  const { resources } = synth({ flowLogs: { logGroupDays: 30, archiveDays: 60, aggregationSeconds: 600 } });
  expect(resources.get("aws_flow_log.flow-logs_rejected_log")).toMatchObject({ traffic_type: "REJECT", max_aggregation_interval: 600 });
  expect(resources.get("aws_flow_log.flow-logs_archive_log")).toMatchObject({
    traffic_type: "ALL",
    destination_options: { file_format: "parquet", hive_compatible_partitions: true },
    depends_on: ["aws_s3_bucket_policy.flow-logs_archive_storage_policy"],
  });
  expect(resources.get("aws_cloudwatch_log_group.flow-logs_rejected_group")).toMatchObject({ retention_in_days: 30 });
  expect(resources.get("aws_s3_bucket_lifecycle_configuration.flow-logs_archive_storage_expiry")).toMatchObject({
    rule: [{ expiration: [{ days: 60 }] }],
  });
});

test.each([true, false])("protection.deletion %s guards addresses, keys and logs", (deletion) => {
  const json = synthStack(environmentOf({ protection: { deletion }, network: { ...minimal.network, ...everything } }), "network");
  const held = resourcesOf(json).filter(({ attributes }) => (attributes.lifecycle as JsonObject | undefined)?.prevent_destroy === deletion);
  expect([...new Set(held.map(({ type }) => type))].sort()).toEqual([
    "aws_cloudwatch_log_group",
    "aws_eip",
    "aws_kms_key",
    "aws_s3_bucket",
    "aws_subnet",
    "aws_vpc",
    "aws_vpc_ipv4_cidr_block_association",
  ]);
  const disposable = resourcesOf(json).filter(({ attributes }) => attributes.force_destroy !== undefined);
  expect(disposable.map(({ type, attributes }) => [type, attributes.force_destroy])).toEqual([
    ["aws_s3_bucket", !deletion],
    ["aws_s3_bucket", !deletion],
    ["aws_athena_workgroup", !deletion],
  ]);
});

test("buckets refuse what is not TLS", () => {
  const policies = synth().of("aws_s3_bucket_policy");
  expect(policies).toHaveLength(2);
  for (const [, { policy }] of policies) {
    expect(JSON.parse(String(policy)).Statement[0]).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }
});
