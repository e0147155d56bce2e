import type { EnvironmentInput } from "./schema.ts";
import { teams } from "./teams.ts";

/** What customers use: a gateway per zone, everything guarded against deletion, nothing by hand. */
export default {
  name: "prod",
  account: "777788889999",
  profile: "production",
  owner: "platform@example.com",
  costCentre: "platform",
  repository: "example/mainline",
  protection: { deletionRole: "arn:aws:iam::777788889999:role/platform-owner" },
  network: {
    cidr: "10.30.0.0/16",
    zones: ["apne2-az1", "apne2-az2", "apne2-az3"],
    pods: { cidr: "100.65.0.0/16" },
    offices: { seoul: ["203.0.113.0/24"] },
  },
  cluster: {
    // No public endpoint: CI runners live in the private tier, operators come through Session Manager tunnels there.
    endpoint: { privateFrom: ["10.30.0.0/17"] },
    access: {
      devops: { role: "arn:aws:iam::777788889999:role/devops", policy: "cluster-admin" },
      developer: { role: "arn:aws:iam::777788889999:role/developer", policy: "view" },
      sqa: { role: "arn:aws:iam::777788889999:role/sqa", policy: "view" },
    },
    nodes: {
      system: { instances: ["m7i.large"], size: { min: 3, desired: 3, max: 6 }, labels: { workload: "system" } },
      general: { instances: ["m7i.xlarge", "m6i.xlarge"], size: { min: 3, desired: 6, max: 18 } },
    },
    karpenter: true,
  },
  tenancy: { teams: teams.prod },
  addons: {
    "storage-classes": {},
    "prometheus-operator-crds": {},
    "metrics-server": {},
    "external-secrets": {},
    "aws-load-balancer-controller": {},
    karpenter: {},
    "kube-prometheus-stack": { alerts: { slack: { warning: "#alerts", critical: "#alerts-critical" } } },
    "argo-cd": { host: "argocd.example.com" },
    "eck-operator": {},
    // Logs are shipped by a user that writes them and reads nothing, not by the operator's own, who may do everything.
    efk: { users: ["elasticsearch-shipper"] },
    "fluent-bit": { user: "elasticsearch-shipper" },
  },
  ci: { github: {} },
} satisfies EnvironmentInput;
