/**
 * The rules of every network ACL, lowest number first: the first that matches decides, what none matches is denied. ACLs are stateless,
 * so replies need rules too: they go to the ephemeral ports 1024-65535 (VPC user guide, "Ephemeral ports"). ACLs do not see the VPC's
 * resolver, DHCP, metadata and time service. They are the coarse second fence; security groups are the first and fine one.
 *
 * Numbers are ten apart: a row about a peer of several blocks takes one number per block.
 */
import type { Tier } from "../../environments/address-plan.ts";

/** Whose addresses a row is about. `remote`: peered networks; `operators`: those who reach the private endpoint of the cluster. */
export type Peer = "internet" | "vpc" | "remote" | "operators" | Tier;
export type Traffic = "all" | "unreachable" | `tcp ${string}` | `udp ${string}`;

export interface Row {
  readonly number: number;
  readonly action: "allow" | "deny";
  /** Protocol and port or range; `unreachable` is ICMP type 3 code 4, without which path MTU discovery fails. */
  readonly traffic: Traffic;
  readonly peer: Peer;
  readonly why: string;
}

export interface TierRows {
  readonly ingress: readonly Row[];
  readonly egress: readonly Row[];
}

const allow = (number: number, traffic: Traffic, peer: Peer, why: string): Row => ({ number, action: "allow", traffic, peer, why });
const deny = (number: number, traffic: Traffic, peer: Peer, why: string): Row => ({ number, action: "deny", traffic, peer, why });

const noRemoteLogin = [
  deny(100, "tcp 22", "internet", "no SSH from anywhere, inside included: people come by Session Manager (CIS AWS Foundations 5.1)"),
  deny(110, "tcp 3389", "internet", "no RDP from anywhere (CIS 5.1); it costs one of 64,512 source ports of a NAT gateway"),
];
const mtu = "path MTU discovery, in both directions (VPC user guide, 'Path MTU Discovery')";

const publicTier: TierRows = {
  ingress: [
    ...noRemoteLogin,
    allow(200, "tcp 80", "internet", "clients of load balancers, who are sent on to 443; private hosts on their way to NAT"),
    allow(210, "tcp 443", "internet", "clients of load balancers; private hosts on their way to NAT"),
    allow(220, "tcp 587", "private", "mail of alerts and CI on its way to NAT"),
    allow(230, "tcp 587", "pods", "the same, from pods with a security group of their own, which are not behind the node's address"),
    allow(300, "tcp 1024-65535", "internet", "replies to NAT gateways (they use ports from 1024) and of targets to load balancers"),
    allow(310, "udp 1024-65535", "internet", "the same for UDP"),
    allow(320, "unreachable", "internet", mtu),
  ],
  egress: [
    deny(100, "all", "data", "nothing public talks to data stores"),
    deny(110, "all", "intra", "nothing public talks to the control plane's interfaces"),
    allow(200, "tcp 80", "internet", "NAT: package mirrors that are signed but not encrypted"),
    allow(210, "tcp 443", "internet", "NAT: registries, AWS, Git over HTTPS. Git over SSH is not here: GitHub has it on 443, too"),
    allow(220, "tcp 587", "internet", "NAT: mail submission"),
    allow(
      300,
      "tcp 1024-65535",
      "internet",
      "replies to clients and to private hosts; load balancers to their targets' unprivileged ports",
    ),
    allow(310, "udp 1024-65535", "internet", "the same for UDP"),
    allow(320, "unreachable", "internet", mtu),
  ],
};

/** Nodes and pods have one table: a pod may have its node's address or its own. */
const workloads: TierRows = {
  ingress: [
    ...noRemoteLogin,
    allow(200, "tcp 1024-65535", "data", "replies of data stores"),
    deny(210, "all", "data", "a data store that was taken over opens no connection"),
    allow(220, "tcp 443", "intra", "control plane to webhooks on 443, and its replies to kubelets"),
    allow(230, "tcp 1024-65535", "intra", "control plane to kubelets (10250) and webhooks (8443, 9443, 10251 ...), and its replies"),
    deny(240, "all", "intra", "nothing else lives there"),
    allow(300, "all", "vpc", "nodes, pods, load balancers and endpoints; Kubernetes expects pods to reach each other on any port"),
    allow(350, "tcp 443", "remote", "internal load balancers, for peered networks"),
    allow(
      400,
      "tcp 1024-65535",
      "internet",
      "replies through NAT and gateway endpoints; clients whose address a network load balancer keeps",
    ),
    allow(410, "udp 1024-65535", "internet", "the same for UDP"),
    allow(420, "unreachable", "internet", mtu),
  ],
  egress: [
    allow(100, "all", "vpc", "the receiving tier's own table decides"),
    allow(150, "all", "remote", "company services; the other side's rules decide"),
    allow(200, "tcp 80", "internet", "package mirrors that are signed but not encrypted"),
    allow(210, "tcp 443", "internet", "registries, AWS, Git over HTTPS, S3 and DynamoDB by gateway endpoint"),
    allow(220, "tcp 587", "internet", "mail submission: alerts, CI"),
    allow(
      300,
      "tcp 1024-65535",
      "internet",
      "replies to clients whose address a network load balancer keeps; services on unprivileged ports",
    ),
    allow(310, "udp 1024-65535", "internet", "the same for UDP"),
    allow(320, "unreachable", "internet", mtu),
  ],
};

/** Data stores listen on unprivileged ports (3306, 5432, 6379, 2049 ...); which of them, the security group says. */
const data: TierRows = {
  ingress: [
    allow(200, "tcp 1024-65535", "private", "nodes, and pods with their node's address"),
    allow(210, "tcp 1024-65535", "pods", "pods with an address of their own"),
    allow(220, "tcp 1024-65535", "data", "replication between zones"),
    allow(230, "tcp 1024-65535", "remote", "replication and reports over a peering, where there is one; the security group still says no"),
  ],
  egress: [
    allow(200, "tcp 1024-65535", "private", "replies"),
    allow(210, "tcp 1024-65535", "pods", "replies"),
    allow(220, "tcp 1024-65535", "data", "replication between zones"),
    allow(230, "tcp 1024-65535", "remote", "replies"),
  ],
};

/** Only interfaces of the EKS control plane live here (EKS user guide, "Security group requirements": 443, 10250, webhooks). */
const intra: TierRows = {
  ingress: [
    allow(200, "tcp 443", "private", "kubelets and pods to the Kubernetes API"),
    allow(210, "tcp 443", "pods", "pods with an address of their own to the Kubernetes API"),
    allow(220, "tcp 443", "operators", "people and CI that reach the private endpoint from peered networks"),
    allow(300, "tcp 1024-65535", "private", "replies of kubelets and webhooks"),
    allow(310, "tcp 1024-65535", "pods", "replies of webhooks"),
  ],
  egress: [
    allow(200, "tcp 443", "private", "webhooks on 443"),
    allow(210, "tcp 443", "pods", "webhooks on 443"),
    allow(300, "tcp 1024-65535", "private", "kubelets (10250: logs, exec, metrics), webhooks (8443, 9443, 10251 ...), replies"),
    allow(310, "tcp 1024-65535", "pods", "webhooks and replies"),
    allow(320, "tcp 1024-65535", "operators", "replies"),
  ],
};

export const naclRows: Readonly<Record<Tier, TierRows>> = { public: publicTier, private: workloads, pods: workloads, data, intra };
