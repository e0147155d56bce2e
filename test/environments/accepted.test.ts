/** What the rules must let through: each line is near a mistake that they refuse. */
import { expect, test } from "@jest/globals";
import { complaint } from "./mistakes.ts";

const account = "111122223333";
const peering = { vpcId: "vpc-0a1b2c3d", accountId: "777788889999", cidr: "192.168.0.0/16" };
const group = (changes: object) => ({ instances: ["m7i.large"], size: { min: 1, desired: 1, max: 2 }, ...changes });

test.each([
  ["the valid files themselves", {}],
  [
    "a wide route, of which the VPC is a part",
    { "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["10.0.0.0/8", "172.16.0.0/12"] } },
  ],
  [
    "central egress: no NAT, no endpoints, a default route",
    { "dev.network.nat": "none", "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["0.0.0.0/0"] } },
  ],
  ["no NAT where there is no cluster", { "dev.network.nat": "none", "dev.cluster": undefined }],
  ["a peering elsewhere", { "dev.network.peerings": { legacy: peering } }],
  [
    "the smallest VPC, with few nodes",
    { "dev.network.cidr": "10.10.0.0/20", "dev.cluster.nodes.general.size": { min: 1, desired: 2, max: 9 } },
  ],
  ["us-east-1's sixth zone", { "dev.region": "us-east-1", "dev.network.zones": ["use1-az1", "use1-az4", "use1-az6"] }],
  [
    "a company's whole /8, by transit gateway",
    {
      "dev.cluster.endpoint": { privateFrom: ["10.0.0.0/8"] },
      "dev.network.transitGateway": { id: "tgw-0a1b2c3d", routes: ["10.0.0.0/8"] },
    },
  ],
  ["a runner inside the VPC", { "dev.cluster.endpoint": { privateFrom: ["10.10.128.0/21"] } }],
  ["production one minor behind", { "dev.cluster.version": "1.35", "prod.cluster.version": "1.34" }],
  [
    "labels that a kubelet may set",
    { "dev.cluster.nodes.general.labels": { "node.kubernetes.io/pool": "a", workload: "general", "example.com/team": "" } },
  ],
  [
    "system nodes as add-ons tolerate them",
    { "dev.cluster.nodes.general.taints": [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }] },
  ],
  [
    "a tainted group beside an open one",
    { "dev.cluster.nodes.gpu": group({ instances: ["g6.xlarge"], taints: [{ key: "workload", effect: "NoSchedule" }] }) },
  ],
  ["groups of different architectures", { "dev.cluster.nodes.arm": group({ instances: ["m7g.large", "c7gn.large"] }) }],
  [
    "Fargate alone, with kube-system",
    { "dev.cluster.nodes": {}, "dev.cluster.fargate": { system: { selectors: [{ namespace: "kube-system" }] } } },
  ],
  [
    "one account, one state bucket",
    {
      "prod.account": account,
      "prod.state.sharedWith": "dev",
      "prod.protection": { deletionRole: `arn:aws:iam::${account}:role/owner` },
      "prod.cluster.access": { devops: { role: `arn:aws:iam::${account}:role/devops`, policy: "cluster-admin" } },
    },
  ],
  [
    "one account in two regions, each with its bucket",
    { "prod.account": account, "prod.region": "us-west-2", "prod.network": undefined, "prod.cluster": undefined, "prod.protection": {} },
  ],
  ["a production environment without deletion protection: a guardrail's matter, with a waiver", { "prod.protection": { deletion: false } }],
])("%s", (_, changes) => expect(complaint(changes)).toBe(""));
