import { describe, expect, test } from "@jest/globals";
import { costDelta } from "../../review/cost/delta.ts";
import { instancePrice } from "../../review/cost/prices.ts";
import { emptyPlan } from "../../review/plan-json.ts";
import { afterApply, type Change, created, deleted, metaOf, plan, replaced, unchanged, updated, type Values } from "./plans.ts";

test.each<[string, number | undefined]>([
  ["m7i.large", 0.1239],
  ["m7i.xlarge", 0.2478],
  ["m6i.4xlarge", 0.944],
  ["t3.medium", 0.052],
  ["t4g.micro", 0.0104],
  ["p5.48xlarge", undefined],
  ["m7i.metal-24xl", undefined],
  ["", undefined],
])("an hour of %s costs %s", (type, price) => {
  const found = instancePrice(type);
  if (price === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(price, 6);
});

const nodes = (desired_size: number, more: Values = {}): Values => ({
  instance_types: ["m7i.large"],
  capacity_type: "ON_DEMAND",
  scaling_config: [{ min_size: 2, desired_size, max_size: 6 }],
  launch_template: [{ id: "lt-1" }],
  ...more,
});
const template = unchanged("aws_launch_template.t", {
  id: "lt-1",
  block_device_mappings: [{ ebs: [{ volume_type: "gp3", volume_size: 50 }] }],
});
const endpoint = (subnets: number): Values => ({
  vpc_endpoint_type: "Interface",
  subnet_ids: Array.from({ length: subnets }, (_, index) => `subnet-${index}`),
});

describe("a month", () => {
  test.each<[string, readonly Change[], number]>([
    ["a cluster", [created("aws_eks_cluster.c", { version: "1.35" })], 73],
    ["a node more, with its disk", [template, updated("aws_eks_node_group.n", nodes(3), nodes(4))], 95.01],
    [
      "nodes of another type",
      [template, replaced("aws_eks_node_group.n", nodes(3), nodes(3, { instance_types: ["m7g.large"] }), "instance_types")],
      -51.68,
    ],
    ["a NAT gateway with its address", [created("aws_nat_gateway.n", { connectivity_type: "public" }), created("aws_eip.e", {})], 46.72],
    ["a NAT gateway less", [deleted("aws_nat_gateway.n", {})], -43.07],
    ["an endpoint in three zones", [created("aws_vpc_endpoint.e", endpoint(3))], 28.47],
    ["a zone more", [updated("aws_vpc_endpoint.e", endpoint(2), endpoint(3))], 9.49],
    ["a gateway endpoint", [created("aws_vpc_endpoint.e", { vpc_endpoint_type: "Gateway" })], 0],
    ["an internal load balancer", [created("aws_lb.l", { internal: true })], 16.43],
    ["one that faces the internet", [created("aws_lb.l", { internal: false, subnets: ["a", "b"] })], 23.73],
    ["a key and a secret", [created("aws_kms_key.k", {}), created("aws_secretsmanager_secret.s", {})], 1.4],
    ["a volume that grows", [updated("aws_ebs_volume.v", { type: "gp3", size: 100 }, { type: "gp3", size: 200 })], 9.12],
    ["an attachment", [created("aws_ec2_transit_gateway_vpc_attachment.a", {})], 51.1],
    [
      "zones that are not known any more",
      [updated("aws_vpc_endpoint.e", endpoint(3), { vpc_endpoint_type: "Interface", subnet_ids: afterApply })],
      0,
    ],
    ["tags", [updated("aws_nat_gateway.n", { tags: {} }, { tags: { a: "b" } })], 0],
  ])("%s", (_, changes, delta) => expect(costDelta([plan({ changes })]).total.delta).toBeCloseTo(delta, 2));

  test.each<[string, string, string, number]>([
    ["in standard support", "2026-11-01T00:00:00Z", "EXTENDED", 73],
    ["in extended support", "2026-12-03T00:00:00Z", "EXTENDED", 438],
    ["that EKS upgrades by itself", "2026-12-03T00:00:00Z", "STANDARD", 73],
  ])("a cluster %s", (_, timestamp, support_type, after) => {
    const changes = [created("aws_eks_cluster.c", { version: "1.34", upgrade_policy: [{ support_type }] })];
    expect(costDelta([plan({ changes, extra: { timestamp } })]).total.after).toBe(after);
  });

  test("says what changes, the largest first, and what it rests on", () => {
    const changes = [
      template,
      updated("aws_eks_node_group.n", nodes(3), nodes(4)),
      created("aws_kms_key.k", {}),
      unchanged("aws_eip.e", {}),
    ];
    const { perStack, asOf, currency, assumptions } = costDelta([plan({ changes })]);
    expect(perStack).toMatchObject([
      {
        stack: "dev-network",
        lines: [
          {
            address: "aws_eks_node_group.n",
            what: "4 × m7i.large (2 to 6), 4 × 50 GB of gp3",
            before: 285.02,
            after: 380.03,
            delta: 95.01,
          },
          { address: "aws_kms_key.k", what: "KMS key", before: 0, after: 1, delta: 1 },
        ],
      },
    ]);
    expect([asOf, currency, assumptions.length]).toEqual(["2026-10-01", "USD", 4]);
  });
});

describe("is said, and not guessed", () => {
  test.each<[string, Change, string]>([
    ["by use", created("aws_s3_bucket.b", {}), "dev-network: 1 aws_s3_bucket: billed by data kept and requests"],
    [
      "spot",
      created("aws_eks_node_group.n", nodes(2, { capacity_type: "SPOT" })),
      "dev-network: aws_eks_node_group.n: 2 × m7i.large: spot prices change by the hour (2 to 6)",
    ],
    [
      "a type without a price",
      created("aws_instance.i", { instance_type: "p5.48xlarge" }),
      "dev-network: aws_instance.i: p5.48xlarge: not in the price table",
    ],
    [
      "zones that are not known",
      created("aws_vpc_endpoint.e", { vpc_endpoint_type: "Interface", subnet_ids: afterApply }),
      "dev-network: aws_vpc_endpoint.e: interface endpoint: how many zones is not known",
    ],
  ])("%s", (_, change, line) => expect(costDelta([plan({ changes: [change] })]).unknown).toContain(line));

  test("a stack that has no plan", () => {
    const { unknown, total } = costDelta([emptyPlan(metaOf("dev-addons"), "deferred", "waits for dev-cluster")]);
    expect(unknown).toEqual(["dev-addons: deferred, so its costs are not in the sum"]);
    expect(total).toEqual({ before: 0, after: 0, delta: 0 });
  });
});
