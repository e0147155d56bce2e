import type { EnvironmentInput } from "./schema.ts";
import { teams } from "./teams.ts";

/** Where changes arrive first, and people try things by hand: cheap, and nothing in it is the only copy. */
export default {
  name: "dev",
  account: "111122223333",
  profile: "development",
  owner: "platform@example.com",
  costCentre: "platform",
  repository: "example/mainline",
  network: {
    cidr: "10.10.0.0/16",
    zones: ["apne2-az1", "apne2-az2", "apne2-az3"],
    offices: { seoul: ["203.0.113.0/24"] },
  },
  cluster: {
    endpoint: { publicFrom: ["203.0.113.0/24"] },
    access: {
      devops: { role: "arn:aws:iam::111122223333:role/devops", policy: "cluster-admin" },
      developer: { role: "arn:aws:iam::111122223333:role/developer", policy: "view" },
      sqa: { role: "arn:aws:iam::111122223333:role/sqa", policy: "view" },
    },
    nodes: {
      general: { instances: ["m7i.large"], size: { min: 2, desired: 3, max: 6 } },
    },
  },
  tenancy: { teams: teams.dev },
  addons: {
    "storage-classes": {},
    "prometheus-operator-crds": {},
    "metrics-server": {},
    "external-secrets": {},
    "aws-load-balancer-controller": {},
    "kube-prometheus-stack": {},
    "argo-cd": { host: "argocd.dev.example.com" },
    "eck-operator": {},
    efk: { storage: "50Gi" },
    "fluent-bit": {},
  },
  ci: { github: {} },
} satisfies EnvironmentInput;
