import { describe, expect, test } from "@jest/globals";
import { addressLines, blocksOf, cidrSet, covers, intersection, minus, union } from "../../review/network/addresses.ts";
import { reachOf } from "../../review/network/known-addresses.ts";
import { flowsOf, newTraffic, trafficLines } from "../../review/network/traffic.ts";

const all = ["0.0.0.0/0"];

describe("sets of addresses", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["halves are the whole", ["0.0.0.0/1", "128.0.0.0/1"], all],
    ["quarters, in any order", ["192.0.0.0/2", "0.0.0.0/2", "128.0.0.0/2", "64.0.0.0/2"], all],
    ["IPv6 halves", ["::/1", "8000::/1"], ["::/0"]],
    ["the families stay apart", ["ffff:ffff:ffff:ffff::/64", "0.0.0.0/8"], ["0.0.0.0/8", "ffff:ffff:ffff:ffff::/64"]],
    ["host bits are ignored", ["10.1.2.3/8"], ["10.0.0.0/8"]],
    ["an address is a block of one", ["10.1.2.3"], ["10.1.2.3/32"]],
    ["what is no block is left out", ["sg-1", "", "10.0.0.0/8"], ["10.0.0.0/8"]],
    ["overlaps count once", ["10.0.0.0/8", "10.1.0.0/16"], ["10.0.0.0/8"]],
  ])("%s", (_, blocks, expected) => expect(blocksOf(cidrSet(blocks))).toEqual(expected));

  test.each<[readonly string[], readonly string[], readonly string[]]>([
    [["10.0.0.0/8"], ["10.0.0.0/9"], ["10.128.0.0/9"]],
    [["10.0.0.0/9"], ["10.0.0.0/8"], []],
    [["10.0.0.0/24"], ["10.0.0.64/26"], ["10.0.0.0/26", "10.0.0.128/25"]],
    [["10.0.0.0/8"], ["::/0"], ["10.0.0.0/8"]],
  ])("%s without %s", (from, taken, expected) => expect(blocksOf(minus(cidrSet(from), cidrSet(taken)))).toEqual(expected));

  test("what two sets share, and both together", () => {
    const [one, other] = [cidrSet(["10.0.0.0/23"]), cidrSet(["10.0.1.0/24", "10.0.2.0/24"])];
    expect(blocksOf(intersection(one, other))).toEqual(["10.0.1.0/24"]);
    expect(blocksOf(union(one, other))).toEqual(["10.0.0.0/23", "10.0.2.0/24"]);
    expect(covers(one, cidrSet(["10.0.0.7"]))).toBe(true);
  });

  test("nearly all is told by what is missing", () => {
    expect(addressLines(minus(cidrSet(all), cidrSet(["10.0.0.0/8"])))).toEqual(["0.0.0.0/0 but 10.0.0.0/8"]);
  });
});

test.each<[string, readonly string[]]>([
  ["world", all],
  ["world", ["0.0.0.0/1"]],
  ["world", ["::/0"]],
  ["world", ["2000::/3"]],
  ["world", ["8.0.0.0/8"]],
  ["public", ["203.0.113.0/24"]],
  ["public", ["8.8.8.8/32"]],
  ["public", ["2001:db8::/32"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]],
  ["private", ["fd00::/8"]],
  ["private", []],
])("reaches the %s: %s", (expected, blocks) => expect(reachOf(cidrSet(blocks))).toBe(expected));

describe("new traffic", () => {
  type Written = readonly [string, number, number, ...string[]];
  const traffic = (...rules: readonly Written[]) =>
    rules.flatMap(([protocol, from, to, ...blocks]) => flowsOf(protocol, from, to, cidrSet(blocks)));
  test.each<[string, readonly Written[], readonly Written[], readonly string[]]>([
    [
      "nothing: halves that were open whole",
      [["tcp", 22, 22, ...all]],
      [
        ["tcp", 22, 22, "0.0.0.0/1"],
        ["tcp", 22, 22, "128.0.0.0/1"],
      ],
      [],
    ],
    [
      "nothing: ports in two rules",
      [["tcp", 80, 443, ...all]],
      [
        ["tcp", 80, 200, ...all],
        ["tcp", 201, 443, ...all],
      ],
      [],
    ],
    ["nothing: protocols by number", [["tcp", 22, 22, ...all]], [["6", 22, 22, ...all]], []],
    [
      "nothing: part of everything",
      [["-1", 0, 0, ...all]],
      [
        ["tcp", 22, 22, ...all],
        ["icmp", -1, -1, ...all],
      ],
      [],
    ],
    [
      "all ports are everything of the protocol only",
      [["tcp", 0, 65535, ...all]],
      [["-1", 0, 0, ...all]],
      ["0.0.0.0/0: all udp, icmp, all other protocols"],
    ],
    ["a port", [["tcp", 80, 80, ...all]], [["tcp", 80, 81, ...all]], ["0.0.0.0/0: tcp 81"]],
    ["addresses", [["tcp", 80, 80, "10.0.0.0/8"]], [["tcp", 80, 80, "10.0.0.0/7"]], ["11.0.0.0/8: tcp 80"]],
    [
      "ports merge",
      [],
      [
        ["tcp", 80, 90, ...all],
        ["tcp", 91, 100, ...all],
      ],
      ["0.0.0.0/0: tcp 80-100"],
    ],
    ["everything", [], [["-1", 0, 0, ...all]], ["0.0.0.0/0: everything"]],
    ["ICMP types are one", [["icmp", 8, 0, ...all]], [["icmp", -1, -1, ...all]], []],
    ["another protocol", [["47", 0, 0, ...all]], [["50", 0, 0, ...all]], ["0.0.0.0/0: protocol 50"]],
  ])("%s", (_, before, after, expected) => expect(trafficLines(newTraffic(traffic(...before), traffic(...after)))).toEqual(expected));
});
