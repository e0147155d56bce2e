/** What can be set about an environment's EKS cluster. */
import { z } from "zod";
import { cidr, kubernetesMinor, label, retentionDays, roleArn, zoneId } from "./forms.ts";

/** EKS access policies by short name. Source: EKS user guide, "Review access policy permissions". */
export const accessPolicyNames = ["cluster-admin", "admin", "admin-view", "edit", "view"] as const;

const accessEntry = z.strictObject({
  role: roleArn.describe("IAM role; never a user, an assumed-role session or a node role"),
  policy: z.enum(accessPolicyNames).describe("EKS access policy"),
  namespaces: z.array(z.string().min(1)).default([]).describe("Namespaces that the policy is limited to; empty: the whole cluster"),
  groups: z.array(z.string().min(1)).default([]).describe("Kubernetes groups for own RBAC bindings; never system:*"),
});

const taint = z.strictObject({
  key: z.string().min(1),
  value: z.string().default(""),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
});

const nodes = z.strictObject({
  instances: z
    .array(z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an instance type, for example "m7i.large"'))
    .min(1)
    .describe("Instance types, all of one architecture"),
  size: z
    .strictObject({ min: z.number().int().min(0), desired: z.number().int().min(0), max: z.number().int().min(1) })
    .describe("Number of nodes; the autoscaler owns `desired` after the first apply"),
  capacity: z.enum(["on-demand", "spot"]).default("on-demand").describe("How the instances are bought"),
  diskGiB: z.number().int().min(20).max(16384).default(50).describe("Encrypted gp3 root volume, GiB"),
  labels: z.record(z.string(), z.string()).default({}).describe("Kubernetes labels"),
  taints: z.array(taint).default([]).describe("Kubernetes taints"),
  zones: z.array(zoneId).optional().describe("Zones of the group; default: all of the network"),
  maxUnavailablePercent: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(33)
    .describe("Share of nodes that an update may take away at once, percent"),
});

const fargateProfile = z.strictObject({
  selectors: z
    .array(z.strictObject({ namespace: z.string().min(1), labels: z.record(z.string(), z.string()).default({}) }))
    .min(1)
    .max(5)
    .describe("Pods that run on Fargate"),
});

export const clusterSchema = z.strictObject({
  version: kubernetesMinor.optional().describe("Kubernetes minor; default: `kubernetes` in versions.ts"),
  endpoint: z
    .strictObject({
      publicFrom: z.array(cidr).default([]).describe("Blocks that reach the public endpoint; empty: it is off. Never the world"),
      privateFrom: z
        .array(cidr)
        .default([])
        .describe("Blocks outside the VPC (VPN, peering, runner) that reach the private endpoint, port 443"),
    })
    .describe("Who reaches the Kubernetes API; the private endpoint is always on"),
  access: z.record(label, accessEntry).describe("Who may do what in the cluster, by name"),
  nodes: z.record(label, nodes).default({}).describe("Managed node groups by name"),
  selfManagedNodes: z.record(label, nodes).default({}).describe("Self-managed groups (launch template and Auto Scaling group) by name"),
  fargate: z.record(label, fargateProfile).default({}).describe("Fargate profiles by name"),
  sharedFileSystem: z.boolean().default(true).describe("An EFS file system with a mount target per zone, for ReadWriteMany volumes"),
  karpenter: z.boolean().default(false).describe("Karpenter's node role, instance profile and access entry"),
  logDays: retentionDays.default(90).describe("Days of control plane logs"),
});
