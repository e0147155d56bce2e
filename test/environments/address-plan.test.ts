import { describe, expect, test } from "@jest/globals";
import { addressPlan, type Tier, tiers, zoneSlot } from "../../environments/address-plan.ts";
import { addressCount, contains, overlaps } from "../../environments/ipv4.ts";

const zones = ["apne2-az1", "apne2-az2", "apne2-az3", "apne2-az4"];
const networks = [16, 17, 18, 19, 20].flatMap((bits) => [
  { cidr: `10.16.0.0/${bits}` },
  {
    cidr: `172.31.240.0/20`,
    pods: { cidr: `100.64.0.0/${Math.min(bits, 18)}` },
  },
  { cidr: `192.168.0.0/${bits}`, pods: { cidr: `100.127.128.0/18` } },
]);

function subnets(network: (typeof networks)[number]) {
  const plan = addressPlan(network);
  return tiers.filter(plan.has).flatMap((tier) => zones.map((zone) => ({ tier, zone, block: plan.block(tier, zone) })));
}

describe.each(networks.map((network) => [JSON.stringify(network), network] as const))("%s", (_, network) => {
  const all = subnets(network);

  test("no two subnets have an address in common", () => {
    const clashes = all.flatMap((one, i) => all.slice(i + 1).filter((other) => overlaps(one.block, other.block)));
    expect(clashes).toEqual([]);
  });

  test("every subnet is inside its tier, and every tier inside its block", () => {
    for (const { tier, block } of all) {
      const [whole = ""] = addressPlan(network).blocks(tier);
      expect(contains(whole, block)).toBe(true);
      expect(contains(tier === "pods" ? (network.pods?.cidr ?? "") : network.cidr, whole)).toBe(true);
    }
  });

  test("intra subnets have 16 free addresses beside the 5 that AWS keeps, private ones are the largest of the VPC's block", () => {
    const size = (tier: Tier) => addressCount(addressPlan(network).block(tier, "apne2-az1"));
    expect(size("intra") - 5).toBeGreaterThanOrEqual(16);
    expect(size("private")).toBeGreaterThan(Math.max(size("public"), size("data"), size("intra")));
  });
});

test("a pod block that is added later moves nothing", () => {
  const before = subnets({ cidr: "10.10.0.0/16" });
  const after = subnets({
    cidr: "10.10.0.0/16",
    pods: { cidr: "100.64.0.0/16" },
  });
  expect(after.filter(({ tier }) => tier !== "pods")).toEqual(before);
});

test("the blocks that are in use never move", () => {
  const plan = addressPlan({
    cidr: "10.10.0.0/16",
    pods: { cidr: "100.64.0.0/16" },
  });
  expect(tiers.map((tier) => `${tier} ${zones.map((zone) => plan.block(tier, zone)).join(" ")}`).join("\n")).toMatchInlineSnapshot(`
    "public 10.10.128.0/21 10.10.136.0/21 10.10.144.0/21 10.10.152.0/21
    private 10.10.0.0/19 10.10.32.0/19 10.10.64.0/19 10.10.96.0/19
    pods 100.64.0.0/18 100.64.64.0/18 100.64.128.0/18 100.64.192.0/18
    data 10.10.160.0/21 10.10.168.0/21 10.10.176.0/21 10.10.184.0/21
    intra 10.10.192.0/23 10.10.194.0/23 10.10.196.0/23 10.10.198.0/23"
  `);
});

test("room is left for tiers to come: the last 7/32 of the block are free", () => {
  const used = subnets({ cidr: "10.10.0.0/16" }).reduce((sum, { block }) => sum + addressCount(block), 0);
  expect(used).toBe((65536 / 32) * 25);
});

test.each([
  ["apne2-az1", 0],
  ["apne2-az4", 3],
  ["use1-az5", 0],
  ["use1-az6", 1],
])("%s has slot %i, whatever other zones the network has", (zone, slot) => expect(zoneSlot(zone)).toBe(slot));

test("a zone name and a tier that is not there are refused", () => {
  expect(() => zoneSlot("ap-northeast-2a")).toThrow("ap-northeast-2a is not a zone id");
  expect(() => addressPlan({ cidr: "10.10.0.0/16" }).block("pods", "apne2-az1")).toThrow("has no pods tier; set network.pods");
  expect(addressPlan({ cidr: "10.10.0.0/16" }).blocks("pods")).toEqual([]);
});
