/** Small tables of AWS facts that rules rest on. */
import { describe, expect, test } from "@jest/globals";
import { outOfStep } from "../../environments/checks/between.ts";
import { podAddresses } from "../../environments/checks/capacity.ts";
import { triedProvider } from "../../environments/checks/identity.ts";
import { zonePrefix } from "../../environments/checks/zones.ts";
import { architecture, isNitro, maxPods } from "../../environments/instance-types.ts";
import { contains, overlaps, subBlock } from "../../environments/ipv4.ts";
import { providerConstraint } from "../../environments/versions.ts";

test.each([
  ["m7i.large", "x86_64", true, 110],
  ["m7g.large", "arm64", true, 110],
  ["c7gn.16xlarge", "arm64", true, 250],
  ["im4gn.4xlarge", "arm64", true, 110],
  ["is4gen.medium", "arm64", true, 110],
  ["a1.large", "arm64", true, 110],
  ["g5.8xlarge", "x86_64", true, 250],
  ["g5g.xlarge", "arm64", true, 110],
  ["g4dn.xlarge", "x86_64", true, 110],
  ["m7i-flex.xlarge", "x86_64", true, 110],
  ["m7i.metal-24xl", "x86_64", true, 250],
  ["m4.large", "x86_64", false, 110],
  ["p3dn.24xlarge", "x86_64", true, 250],
])("%s is %s, Nitro: %s, at most %i pods", (type, cpu, nitro, pods) => {
  expect([architecture(type), isNitro(type), maxPods(type)]).toEqual([cpu, nitro, pods]);
});

test.each([
  ["ap-northeast-2", "apne2"],
  ["ap-southeast-1", "apse1"],
  ["ap-south-1", "aps1"],
  ["ap-east-1", "ape1"],
  ["us-east-1", "use1"],
  ["eu-central-1", "euc1"],
  ["me-central-1", "mec1"],
  ["ca-west-1", "caw1"],
])("zone ids of %s begin with %s", (region, prefix) => expect(zonePrefix(region)).toBe(prefix));

test("a node of 110 pods takes seven prefixes, one more that is warm, and its interfaces' own addresses", () => {
  expect(podAddresses({ instances: ["m7i.large"] })).toBe(8 * 16 + 4);
  expect(podAddresses({ instances: ["m7i.16xlarge"] })).toBe(17 * 16 + 4);
  // The smallest type sets the number of pods for the whole group.
  expect(podAddresses({ instances: ["m7i.16xlarge", "m7i.large"] })).toBe(8 * 16 + 4);
});

test("the tried range of the provider is the one that stacks ask for", () => {
  expect(providerConstraint("aws", triedProvider.from)).toBe(`>= ${triedProvider.from}, < ${triedProvider.below}`);
});

describe("addresses", () => {
  test.each([
    ["10.0.0.0/8", "10.10.0.0/16", true, true],
    ["10.10.0.0/16", "10.0.0.0/8", true, false],
    ["10.10.0.0/16", "10.11.0.0/16", false, false],
    ["0.0.0.0/0", "255.255.255.255/32", true, true],
    ["128.0.0.0/1", "127.255.255.255/32", false, false],
  ])("%s and %s: overlap %s, the second inside the first %s", (one, other, common, inside) => {
    expect([overlaps(one, other), overlaps(other, one), contains(one, other)]).toEqual([common, common, inside]);
  });

  test("a part outside its block is refused, not wrapped round", () => {
    expect(subBlock("10.10.0.0/16", 17, 1)).toBe("10.10.128.0/17");
    expect(() => subBlock("10.10.0.0/16", 17, 2)).toThrow("10.10.0.0/16 has no /17 at position 2");
    expect(() => subBlock("10.10.0.0/30", 33, 0)).toThrow(RangeError);
  });
});

test.each([
  ["dev ahead by one", ["1.35", "1.34", "1.34"], []],
  ["a minor on its way", ["1.36", "1.35", "1.35"], []],
  ["staging forgotten", ["1.36", "1.35", "1.34"], ["prod is more than one minor behind dev's 1.36"]],
  ["prod first", ["1.34", "1.34", "1.35"], ["prod is ahead of dev's 1.34"]],
])("upgrades, %s", (_, [dev = "", staging = "", prod = ""], expected) => {
  const problems = outOfStep([
    { name: "dev", version: dev },
    { name: "staging", version: staging },
    { name: "prod", version: prod },
  ]);
  expect(problems.map(({ environment, wrong }) => `${environment} ${wrong}`)).toEqual(expected);
});
