import { describe, expect, test } from "@jest/globals";
import { natZoneFor, natZones } from "../../../modules/network/nat.ts";
import { acceptance } from "../../../modules/network/peerings.ts";
import { room } from "../../../modules/network/prefix-lists.ts";
import { bucketName } from "../../../modules/network/private-bucket.ts";
import { egressRules, groups, ingressRules } from "../../../modules/network/security-group-rules.ts";
import { discoveryTags } from "../../../modules/network/subnet-tiers.ts";

describe("NAT", () => {
  test.each([
    ["none", ["z-az2", "z-az1"], []],
    ["single", ["z-az2", "z-az1"], ["z-az1"]],
    ["single", ["z-az1", "z-az2", "z-az3"], ["z-az1"]], // a zone more: the same gateway
    ["per-zone", ["z-az2", "z-az1"], ["z-az1", "z-az2"]], // from single: one more, the first stays
  ] as const)("%s in %j", (mode, zones, expected) => {
    expect(natZones(mode, zones)).toEqual(expected);
  });

  test.each([
    ["its own", "z-az2", ["z-az1", "z-az2"], "z-az2"],
    ["the single one", "z-az2", ["z-az1"], "z-az1"],
    ["none", "z-az2", [], undefined],
  ])("a zone uses %s", (_, zone, gateways, expected) => {
    expect(natZoneFor(zone, gateways)).toBe(expected);
  });
});

describe("peering", () => {
  const here = { account: "111122223333", region: "ap-northeast-2" };
  const peering = { vpcId: "vpc-0a1b2c3d", cidr: "172.20.0.0/16" };
  test.each([
    ["our account, this region", { accountId: "111122223333" }, { peerOwnerId: "111122223333", autoAccept: true }],
    [
      "our account, region named",
      { accountId: "111122223333", region: "ap-northeast-2" },
      { peerOwnerId: "111122223333", autoAccept: true },
    ],
    [
      "our account, other region",
      { accountId: "111122223333", region: "us-east-1" },
      { peerOwnerId: "111122223333", peerRegion: "us-east-1" },
    ],
    ["other account", { accountId: "444455556666" }, { peerOwnerId: "444455556666" }],
  ])("%s", (_, other, expected) => {
    expect(acceptance({ ...peering, ...other }, here)).toEqual(expected);
  });
});

describe("security groups", () => {
  const rules = [...ingressRules, ...egressRules];

  test("every rule has a description that AWS takes", () => {
    // EC2 API, IpRange: at most 255 characters of this set.
    expect(rules.filter(({ why }) => !/^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(why))).toEqual([]);
    expect(Object.values(groups).filter((text) => !/^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(text))).toEqual([]);
  });

  test("the internet reaches load balancers at 80 and 443, and nothing else", () => {
    expect(ingressRules.filter(({ about }) => about === "internet").map(({ group, ports }) => ({ group, ports }))).toEqual([
      { group: "load-balancers", ports: { protocol: "tcp", from: 80, to: 80 } },
      { group: "load-balancers", ports: { protocol: "tcp", from: 443, to: 443 } },
    ]);
  });

  test("data stores take connections from nodes only, and make none", () => {
    expect(new Set(ingressRules.filter(({ group }) => group === "data").map(({ about }) => about))).toEqual(new Set(["nodes"]));
    expect(egressRules.filter(({ group }) => group === "data")).toEqual([]);
  });

  test("no rule opens SSH but those between nodes", () => {
    const opens = ingressRules.filter(({ ports }) => ports === "all" || (ports.from <= 22 && 22 <= ports.to));
    expect(opens.map(({ group, about }) => `${about} to ${group}`)).toEqual(["nodes to nodes"]);
  });
});

test.each([
  ["public", { "kubernetes.io/role/elb": "1" }],
  ["private", { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": "mainline-dev" }],
  ["pods", {}],
  ["data", {}],
  ["intra", {}],
] as const)("controllers find %s subnets by %j", (tier, expected) => {
  expect(discoveryTags(tier, "mainline-dev")).toEqual(expected);
});

test.each([
  [1, 5],
  [5, 5],
  [6, 10],
])("a prefix list of %i entries has room for %i", (entries, expected) => {
  expect(room(entries)).toBe(expected);
});

test("bucket names are unique in the world and never longer than S3 takes", () => {
  const place = { account: "111122223333", region: "ap-northeast-2" };
  expect(bucketName({ ...place, named: (thing) => `mainline-dev-${thing}` }, "flow-logs")).toBe(
    "mainline-dev-flow-logs-111122223333-ap-northeast-2",
  );
  expect(bucketName({ ...place, named: (thing) => `${"x".repeat(39)}-${thing}` }, "flow-logs")).toHaveLength(62);
});
