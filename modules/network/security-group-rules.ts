/**
 * Security groups and their rules as data. Nothing is open to the internet but 80 and 443 of load balancers, and nothing at all for SSH:
 * people come by Session Manager. Groups are stateful, so replies need no rule. Descriptions are seen in the AWS console; AWS takes
 * letters, digits and a few signs, 255 at most (EC2 API, IpRange).
 */

/**
 * Group and what it is for. The description of a group can never be changed in AWS, only by replacing the group. All are there always: an
 * unused group costs nothing, and whoever turns an option on later changes no existing resource.
 */
export const groups = {
  "load-balancers": "Load balancers that face clients",
  nodes: "Nodes and their pods",
  data: "Databases, caches and file systems",
  endpoints: "Interface endpoints of AWS services",
} as const;
export type GroupName = keyof typeof groups;

/** The other side of a rule: a group, every address of the VPC, or everybody. */
export type Other = GroupName | "vpc" | "internet";
export type Ports = "all" | { readonly protocol: "tcp" | "udp"; readonly from: number; readonly to: number };

export interface GroupRule {
  readonly group: GroupName;
  /** Part of the Terraform address; unique for a group and direction. */
  readonly key: string;
  readonly about: Other;
  readonly ports: Ports;
  readonly why: string;
}

const tcp = (from: number, to: number = from): Ports => ({ protocol: "tcp", from, to });
/** Node ports and containers that do not run as root. */
const unprivileged = tcp(1024, 65535);

export const ingressRules: readonly GroupRule[] = [
  { group: "load-balancers", key: "from-internet-http", about: "internet", ports: tcp(80), why: "Clients, to be redirected to HTTPS" },
  { group: "load-balancers", key: "from-internet-https", about: "internet", ports: tcp(443), why: "Clients" },
  { group: "nodes", key: "from-load-balancers", about: "load-balancers", ports: unprivileged, why: "Targets of load balancers" },
  // Kubernetes expects every pod to reach every other; NetworkPolicies, not this group, part them (Kubernetes, "Network model").
  { group: "nodes", key: "from-nodes", about: "nodes", ports: "all", why: "Pods and nodes to each other, parted by NetworkPolicies" },
  { group: "data", key: "from-nodes-mysql", about: "nodes", ports: tcp(3306), why: "MySQL and Aurora from nodes and pods" },
  { group: "data", key: "from-nodes-postgresql", about: "nodes", ports: tcp(5432), why: "PostgreSQL and Aurora from nodes and pods" },
  { group: "data", key: "from-nodes-redis", about: "nodes", ports: tcp(6379), why: "Redis and Valkey from nodes and pods" },
  { group: "data", key: "from-nodes-nfs", about: "nodes", ports: tcp(2049), why: "EFS mounts from nodes" },
  // By address, as every tier of the VPC calls AWS; who may do what is in the endpoints' policies.
  { group: "endpoints", key: "from-vpc", about: "vpc", ports: tcp(443), why: "AWS APIs from the VPC" },
];

/** Groups without a row here send nothing on their own: data stores and endpoints only answer. */
export const egressRules: readonly GroupRule[] = [
  { group: "load-balancers", key: "to-nodes", about: "nodes", ports: unprivileged, why: "Targets and their health checks" },
  // What runs on nodes changes with every release; where it can go is limited by routes, ACLs and NetworkPolicies.
  {
    group: "nodes",
    key: "to-everywhere",
    about: "internet",
    ports: "all",
    why: "Registries, AWS, data stores and services of the company",
  },
];
