import { describe, expect, test } from "@jest/globals";
import { addressPlan, type Tier, tiers } from "../../../environments/address-plan.ts";
import { addressesOf, decide, directions, naclRules } from "../../../modules/network/nacl.ts";
import { naclRows } from "../../../modules/network/nacl-rules.ts";
import { environmentOf, minimal } from "../../support/environment.ts";

const remote = "172.20.0.0/16";
const { network } = environmentOf({
  network: {
    ...minimal.network,
    pods: { cidr: "100.64.0.0/16" },
    peerings: { legacy: { vpcId: "vpc-0a1b2c3d4e5f67890", accountId: "444455556666", cidr: remote } },
  },
});
if (!network) throw new Error("the minimal environment has a network");
const addresses = addressesOf(network, addressPlan(network), [remote]);

/** A host in each place; where two zones matter, the second is in the last zone. */
const hosts: Readonly<Record<string, { tier?: Tier; address: string }>> = {
  internet: { address: "198.51.100.7" },
  peer: { address: "172.20.3.4" },
  "load balancer": { tier: "public", address: "10.0.128.10" },
  NAT: { tier: "public", address: "10.0.128.20" },
  node: { tier: "private", address: "10.0.0.10" },
  "node in another zone": { tier: "private", address: "10.0.64.10" },
  pod: { tier: "pods", address: "100.64.0.10" },
  database: { tier: "data", address: "10.0.160.10" },
  "database in another zone": { tier: "data", address: "10.0.176.10" },
  "control plane": { tier: "intra", address: "10.0.192.10" },
};

function host(name: string) {
  const found = hosts[name];
  if (!found) throw new Error(`no host ${name}`);
  return found;
}

/** Whether a packet leaves one tier and enters the other; what is outside the VPC has no ACL of ours. */
function passes(from: string, to: string, protocol: "tcp" | "udp", port: number): boolean {
  const [source, target] = [host(from), host(to)];
  const leaves =
    !source.tier || decide(naclRules(source.tier, "egress", addresses), { protocol, port, address: target.address }) === "allow";
  const enters =
    !target.tier || decide(naclRules(target.tier, "ingress", addresses), { protocol, port, address: source.address }) === "allow";
  return leaves && enters;
}

/** A connection needs the way there and, as ACLs are stateless, the way back to the caller's ephemeral port. */
function connects(from: string, to: string, protocol: "tcp" | "udp", port: number): boolean {
  return passes(from, to, protocol, port) && passes(to, from, protocol, 40_000);
}

describe("what must work", () => {
  test.each([
    ["internet", "load balancer", "tcp", 80],
    ["internet", "load balancer", "tcp", 443],
    ["load balancer", "node", "tcp", 30_080], // node ports
    ["load balancer", "pod", "tcp", 8080], // IP targets and their health checks
    ["internet", "node", "tcp", 31_000], // client addresses kept by a network load balancer
    ["internet", "pod", "tcp", 8443],
    ["node", "internet", "tcp", 443], // the address after NAT is checked below
    ["node", "NAT", "tcp", 443],
    ["NAT", "internet", "tcp", 443],
    ["pod", "internet", "tcp", 443],
    ["pod", "internet", "tcp", 587],
    ["NAT", "internet", "tcp", 587],
    ["node", "internet", "udp", 4500],
    ["node", "control plane", "tcp", 443], // kubelets and pods to the Kubernetes API
    ["pod", "control plane", "tcp", 443],
    ["control plane", "node", "tcp", 10_250], // kubelet: logs, exec, metrics
    ["control plane", "node", "tcp", 443], // webhooks
    ["control plane", "pod", "tcp", 9443],
    ["control plane", "pod", "tcp", 8443],
    ["peer", "control plane", "tcp", 443], // operators at the private endpoint
    ["peer", "node", "tcp", 443], // internal load balancers
    ["node", "peer", "tcp", 443],
    ["node", "node in another zone", "tcp", 53], // CoreDNS
    ["node", "node in another zone", "udp", 53],
    ["pod", "node", "tcp", 80],
    ["node", "pod", "tcp", 443],
    ["node", "database", "tcp", 5432],
    ["pod", "database", "tcp", 6379],
    ["node", "database", "tcp", 2049], // EFS
    ["database", "database in another zone", "tcp", 5432], // replication
  ] as const)("%s to %s, %s %i", (from, to, protocol, port) => {
    expect(connects(from, to, protocol, port)).toBe(true);
  });
});

describe("what must not", () => {
  test.each([
    ["internet", "load balancer", "tcp", 22],
    ["internet", "load balancer", "tcp", 3389],
    ["internet", "load balancer", "tcp", 21],
    ["internet", "node", "tcp", 22],
    ["internet", "pod", "tcp", 3389],
    ["internet", "node", "tcp", 443],
    ["internet", "database", "tcp", 5432],
    ["internet", "control plane", "tcp", 443],
    ["load balancer", "node", "tcp", 22],
    ["load balancer", "database", "tcp", 5432],
    ["load balancer", "control plane", "tcp", 443],
    ["node", "node in another zone", "tcp", 22],
    ["database", "node", "tcp", 443],
    ["database", "node", "udp", 53],
    ["database", "internet", "tcp", 443],
    ["database", "control plane", "tcp", 443],
    ["control plane", "database", "tcp", 5432],
    ["control plane", "internet", "tcp", 443],
    ["peer", "node", "tcp", 22],
    ["peer", "control plane", "tcp", 10_250],
    ["node", "control plane", "tcp", 22],
  ] as const)("%s to %s, %s %i", (from, to, protocol, port) => {
    expect(connects(from, to, protocol, port)).toBe(false);
  });
});

test("a peer has no way to data stores where no peering is set", () => {
  const { network: alone } = environmentOf();
  if (!alone) throw new Error("the minimal environment has a network");
  const rules = naclRules("data", "ingress", addressesOf(alone, addressPlan(alone), []));
  expect(decide(rules, { protocol: "tcp", port: 5432, address: "172.20.3.4" })).toBe("deny");
});

test.each(tiers.flatMap((tier) => directions.map((direction) => [tier, direction] as const)))(
  "%s %s: numbers rise, with room",
  (tier, direction) => {
    const numbers = naclRows[tier][direction].map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.filter((number) => number % 10 !== 0)).toEqual([]);
  },
);

test.each([
  [9, /has 21 ingress rules, AWS takes 20.*Summarize/],
  [11, /row 350 is about 11 blocks of remote.*Summarize/],
])("%i peered blocks are refused with a remedy", (count, message) => {
  const blocks = Array.from({ length: count }, (_, index) => `172.${16 + index}.0.0/16`);
  const many = (peer: Parameters<typeof addresses>[0]) => (peer === "remote" ? blocks : addresses(peer));
  expect(() => naclRules("private", "ingress", many)).toThrow(message);
});
