/** Mistakes between the fields of a cluster. */
import { expect, test } from "@jest/globals";
import { said } from "./mistakes.ts";

test.each([
  {
    mistake: "an endpoint for the world",
    changes: { "dev.cluster.endpoint.publicFrom": ["0.0.0.0/0"] },
    says: 'cluster.endpoint.publicFrom[0]  "0.0.0.0/0" is wider than /8, in effect the world. Name the addresses from which operators and CI really come.',
  },
  {
    mistake: "an endpoint for nobody",
    changes: { "dev.cluster.endpoint": {} },
    says: "cluster.endpoint  lets nobody in. Name the blocks of operators and CI in publicFrom, or in privateFrom where they come by VPN, peering or a runner.",
  },
  {
    mistake: "a private block at the public endpoint",
    changes: { "dev.cluster.endpoint.publicFrom": ["10.1.0.0/16"] },
    says: 'cluster.endpoint.publicFrom[0]  "10.1.0.0/16" is private (RFC 1918). No packet reaches a public endpoint from there; put it into privateFrom.',
  },
  {
    mistake: "a VPN that no route leads to",
    changes: { "dev.cluster.endpoint": { privateFrom: ["172.16.0.0/16"] } },
    says: 'cluster.endpoint.privateFrom[0]  "172.16.0.0/16" has no route from this network. Add a peering or a transit gateway route to it, else nobody there reaches the API.',
  },
  {
    mistake: "nobody who is an administrator",
    changes: { "dev.cluster.access.devops.policy": "edit" },
    says: 'cluster.access  has no administrator. Give at least one role the policy "cluster-admin": whoever creates the cluster gets no rights by that, so nobody could enter it.',
  },
  {
    mistake: "an administrator of some namespaces",
    changes: {
      "dev.cluster.access.devops.namespaces": ["apps"],
      "dev.cluster.access.root": { role: "arn:aws:iam::111122223333:role/root", policy: "cluster-admin" },
    },
    says: 'cluster.access.devops.namespaces  ["apps"] limits the policy "cluster-admin", which is for the whole cluster. Use "admin" for namespaces, or drop the list.',
  },
  {
    mistake: "one role, two entries",
    changes: { "dev.cluster.access.developer.role": "arn:aws:iam::111122223333:role/devops" },
    says: 'cluster.access.developer.role  "arn:aws:iam::111122223333:role/devops" has an entry already (cluster.access.devops). EKS takes one entry per role; merge them.',
  },
  {
    mistake: "a role of another account",
    changes: { "dev.cluster.access.developer.role": "arn:aws:iam::777788889999:role/developer" },
    says: 'cluster.access.developer.role  "arn:aws:iam::777788889999:role/developer" is not of this environment\'s account 111122223333. Name a role of this account, which people of other accounts may assume.',
  },
  {
    mistake: "another account's role that may delete",
    changes: { "prod.protection.deletionRole": "arn:aws:iam::111122223333:role/platform-owner" },
    says: 'protection.deletionRole  "arn:aws:iam::111122223333:role/platform-owner" is not of this environment\'s account 444455556666. Name a role of this account, which people of other accounts may assume.',
  },
  {
    mistake: "the group of all rights",
    changes: { "dev.cluster.access.developer.groups": ["system:masters"] },
    says: 'cluster.access.developer.groups[0]  "system:masters" begins with "system:", which EKS refuses. Use a group of your own and bind it in the cluster; for all rights there is the policy cluster-admin.',
  },
  {
    mistake: "a desired size above the maximum",
    changes: { "dev.cluster.nodes.general.size.desired": 8 },
    says: "cluster.nodes.general.size.desired  8 is above max 6. Keep min <= desired <= max.",
  },
  {
    mistake: "a minimum above the maximum",
    changes: { "dev.cluster.nodes.general.size.min": 9 },
    says: "cluster.nodes.general.size.min  9 is above max 6. Keep min <= desired <= max.",
  },
  {
    mistake: "a desired size below the minimum",
    changes: { "dev.cluster.nodes.general.size.desired": 1 },
    says: "cluster.nodes.general.size.desired  1 is below min 2. Keep min <= desired <= max.",
  },
  {
    mistake: "Graviton and Intel in one group",
    changes: { "dev.cluster.nodes.general.instances": ["m7g.large", "m7i.large"] },
    says: 'cluster.nodes.general.instances  ["m7g.large","m7i.large"] mixes arm64 (m7g.large) and x86_64 (m7i.large). A group has one node image; make a group for each.',
  },
  {
    mistake: "an instance type before Nitro",
    changes: { "dev.cluster.nodes.general.instances": ["m4.large"] },
    says: 'cluster.nodes.general.instances[0]  "m4.large" is older than the Nitro system, so the VPC CNI cannot give it prefixes. Choose a newer family, for example m7i or m7g.',
  },
  {
    mistake: "a reserved label",
    changes: { "dev.cluster.nodes.general.labels": { "node-role.kubernetes.io/worker": "" } },
    says: 'cluster.nodes.general.labels["node-role.kubernetes.io/worker"]  is a reserved key. Kubernetes and EKS set these themselves; use a key of your own, for example workload or example.com/workload.',
  },
  {
    mistake: "a reserved taint",
    changes: { "dev.cluster.nodes.general.taints": [{ key: "eks.amazonaws.com/compute-type", effect: "PreferNoSchedule" }] },
    says: 'cluster.nodes.general.taints[0].key  "eks.amazonaws.com/compute-type" is a reserved key. Kubernetes and EKS set these themselves; use a key of your own, for example workload or example.com/workload.',
  },
  {
    mistake: "a group in a zone that the network lacks",
    changes: { "dev.cluster.nodes.general.zones": ["apne2-az4"] },
    says: 'cluster.nodes.general.zones[0]  "apne2-az4" is not a zone of the network. Choose among apne2-az1, apne2-az2, apne2-az3.',
  },
  {
    mistake: "one name for a group and a Fargate profile",
    changes: { "dev.cluster.fargate": { general: { selectors: [{ namespace: "batch" }] } } },
    says: "cluster.fargate.general  has the name of cluster.nodes.general. Rename one; names of groups and profiles are unique in a cluster.",
  },
  {
    mistake: "two Fargate profiles for the same pods",
    changes: {
      "dev.cluster.fargate": {
        jobs: { selectors: [{ namespace: "batch", labels: { a: "1", b: "2" } }] },
        batch: { selectors: [{ namespace: "batch", labels: { b: "2", a: "1" } }] },
      },
    },
    says: 'cluster.fargate.batch.selectors[0]  "batch" selects the same pods as cluster.fargate.jobs.selectors[0]. Drop one.',
  },
  {
    mistake: "a cluster that runs nothing",
    changes: { "dev.cluster.nodes": {}, "dev.cluster.karpenter": true },
    says: "cluster.nodes  has no group on which CoreDNS and other system pods can run. Give one group a desired size above 0 and no taints (Karpenter, too, must run somewhere), or a Fargate profile for kube-system.",
  },
  {
    mistake: "nodes that repel system pods",
    changes: { "dev.cluster.nodes.general.taints": [{ key: "workload", value: "gpu", effect: "NoSchedule" }] },
    says: "cluster.nodes  has no group on which CoreDNS and other system pods can run. Give one group a desired size above 0 and no taints (Karpenter, too, must run somewhere), or a Fargate profile for kube-system.",
  },
])("$mistake", ({ changes, says }) => expect(said(changes)).toBe(says));
