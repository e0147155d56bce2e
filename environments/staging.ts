import type { EnvironmentInput } from "./schema.ts";
import { teams } from "./teams.ts";

/** A clone of production in shape, smaller in size. */
export default {
  name: "staging",
  account: "444455556666",
  profile: "production",
  owner: "platform@example.com",
  costCentre: "platform",
  repository: "example/mainline",
  protection: { deletionRole: "arn:aws:iam::444455556666:role/platform-owner" },
  network: {
    cidr: "10.20.0.0/16",
    zones: ["apne2-az1", "apne2-az2", "apne2-az3"],
    // The one difference in shape: two more gateways would be 86 USD a month, for a failure that staging may have.
    nat: "single",
    pods: { cidr: "100.64.0.0/16" },
    offices: { seoul: ["203.0.113.0/24"] },
  },
  cluster: {
    endpoint: { publicFrom: ["203.0.113.0/24"] },
    access: {
      devops: { role: "arn:aws:iam::444455556666:role/devops", policy: "cluster-admin" },
      developer: { role: "arn:aws:iam::444455556666:role/developer", policy: "view" },
      sqa: { role: "arn:aws:iam::444455556666:role/sqa", policy: "view" },
    },
    nodes: {
      system: { instances: ["m7i.large"], size: { min: 2, desired: 2, max: 4 }, labels: { workload: "system" } },
      general: { instances: ["m7i.xlarge", "m6i.xlarge"], size: { min: 2, desired: 3, max: 6 } },
    },
    karpenter: true,
  },
  tenancy: { teams: teams.staging },
  addons: {
    "storage-classes": {},
    "prometheus-operator-crds": {},
    "metrics-server": {},
    "external-secrets": {},
    "aws-load-balancer-controller": {},
    karpenter: {},
    "kube-prometheus-stack": { alerts: { slack: { warning: "#alerts-staging", critical: "#alerts-staging" } } },
    "argo-cd": { host: "argocd.staging.example.com" },
    "eck-operator": {},
    // Logs are shipped by a user that writes them and reads nothing, not by the operator's own, who may do everything.
    efk: { users: ["elasticsearch-shipper"] },
    "fluent-bit": { user: "elasticsearch-shipper" },
  },
  ci: { github: {} },
} satisfies EnvironmentInput;
