/** What can be set about an environment's EKS cluster. */
import { z } from "zod";
import {
  cidr,
  instanceType,
  kubernetesMinor,
  label,
  labelKey,
  labelValue,
  namespacePattern,
  retentionDays,
  roleArn,
  whole,
  zoneId,
} from "./forms.ts";

/** EKS access policies by short name. Source: EKS user guide, "Review access policy permissions". */
export const accessPolicyNames = ["cluster-admin", "admin", "admin-view", "edit", "view"] as const;

const accessEntry = z.strictObject({
  role: roleArn.describe("IAM role of this account; never a user, an assumed-role session or a node role"),
  policy: z.enum(accessPolicyNames).describe("EKS access policy"),
  namespaces: z.array(namespacePattern).default([]).describe("Namespaces that the policy is limited to; empty: the whole cluster"),
  groups: z.array(z.string().min(1)).default([]).describe("Kubernetes groups for own RBAC bindings; never system:*"),
});

const taint = z.strictObject({
  key: labelKey.describe("Key of the taint"),
  value: labelValue.default("").describe("Value of the taint"),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).describe("What happens to pods that do not tolerate it"),
});

const size = z.strictObject({
  min: whole("nodes", 0, 1000).describe("Fewest nodes that the autoscaler leaves"),
  desired: whole("nodes", 0, 1000).describe("Nodes at the first apply; the autoscaler owns it from then on"),
  max: whole("nodes", 1, 1000).describe("Most nodes that the autoscaler makes; subnets must have room for them"),
});

const nodes = z.strictObject({
  instances: z.array(instanceType).min(1).describe("Instance types, all of one architecture and all Nitro"),
  size: size.describe("Number of nodes"),
  // Spot can be taken away within two minutes; whoever wants that says so.
  capacity: z.enum(["on-demand", "spot"]).default("on-demand").describe("How the instances are bought"),
  // Room for images and logs of 110 pods; 50 GiB of gp3 are 4.56 USD a month in Seoul.
  diskGiB: whole("GiB", 20, 16384).default(50).describe("Encrypted gp3 root volume, GiB"),
  labels: z.record(labelKey, labelValue).default({}).describe("Kubernetes labels"),
  taints: z.array(taint.describe("One taint")).default([]).describe("Kubernetes taints"),
  zones: z.array(zoneId).min(1).optional().describe("Zones of the group; absent: all of the network"),
  // A third: with three zones, an update never takes more than one zone's worth of nodes.
  maxUnavailablePercent: whole("percent", 1, 100).default(33).describe("Share of nodes that an update may take away at once, percent"),
});

const selector = z.strictObject({
  namespace: namespacePattern.describe("Namespace of the pods"),
  labels: z.record(labelKey, z.string()).default({}).describe("Labels that the pods must have; none: all pods of the namespace"),
});

const fargateProfile = z.strictObject({
  // Five is EKS's own limit per profile (EKS user guide, "Define which Pods use AWS Fargate").
  selectors: z.array(selector.describe("One selector")).min(1).max(5).describe("Pods that run on Fargate"),
});

const endpoint = z.strictObject({
  // Off unless somebody names who needs it; EKS's own default is the whole internet.
  publicFrom: z
    .array(cidr)
    .max(40)
    .default([])
    .describe("Blocks that reach the public endpoint, a single address as a /32; empty: it is off. Never the world"),
  privateFrom: z
    .array(cidr)
    .default([])
    .describe("Blocks, beside nodes and pods, that reach the private endpoint on port 443: VPN, peering, runners in the VPC"),
});

export const clusterSchema = z.strictObject({
  version: kubernetesMinor.optional().describe("Kubernetes minor; absent: `kubernetes` in versions.ts"),
  endpoint: endpoint.describe("Who reaches the Kubernetes API; the private endpoint is always on"),
  access: z.record(label, accessEntry.describe("One access entry")).describe("Who may do what in the cluster, by name"),
  nodes: z.record(label, nodes.describe("One managed node group")).default({}).describe("Managed node groups by name"),
  selfManagedNodes: z
    .record(label, nodes.describe("One self-managed group"))
    .default({})
    .describe("Self-managed groups (launch template and Auto Scaling group) by name, with the same settings as `nodes`"),
  fargate: z.record(label, fargateProfile.describe("One Fargate profile")).default({}).describe("Fargate profiles by name"),
  // Costs nothing while it is empty, and stateful charts need it sooner or later.
  sharedFileSystem: z.boolean().default(true).describe("An EFS file system with a mount target per zone, for ReadWriteMany volumes"),
  karpenter: z.boolean().default(false).describe("Karpenter's node role, instance profile and access entry"),
  // Audit logs are what an incident is reconstructed from; 90 days are the usual floor of security standards (CIS AWS Foundations).
  logDays: retentionDays.default(90).describe("Days of control plane logs"),
});
