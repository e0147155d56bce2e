/** What can be set about an environment's network. */
import { z } from "zod";
import { accountId, arn, cidr, label, region, retentionDays, zoneId } from "./forms.ts";

/** AWS services that private nodes reach without NAT. Names are those of `com.amazonaws.<region>.<name>`. */
export const interfaceEndpointNames = [
  "ecr.api",
  "ecr.dkr",
  "sts",
  "ec2",
  "eks",
  "eks-auth",
  "logs",
  "elasticloadbalancing",
  "autoscaling",
  "ssm",
  "ssmmessages",
  "ec2messages",
  "kms",
  "secretsmanager",
  "sqs",
] as const;

const peering = z.strictObject({
  vpcId: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}$/, 'a VPC id, for example "vpc-0a1b2c3d4e5f67890"')
    .describe("VPC on the other side"),
  accountId: accountId.describe("Account of the other VPC"),
  region: region.optional().describe("Region of the other VPC; default: this environment's"),
  cidr: cidr.describe("Address block of the other VPC; routes to it are added to the private and data tiers"),
});

const transitGateway = z.strictObject({
  id: z
    .string()
    .regex(/^tgw-[0-9a-f]{8,17}$/, 'a transit gateway id, for example "tgw-0a1b2c3d4e5f67890"')
    .describe("Transit gateway, shared with this account by RAM"),
  routes: z.array(cidr).min(1).describe("Blocks that are reached through it, from the private and data tiers"),
});

const endpointService = z.strictObject({
  loadBalancerArns: z.array(arn).min(1).describe("Network or gateway load balancers that offer the service"),
  kind: z.enum(["network", "gateway"]).default("network").describe("Kind of these load balancers"),
  allowedPrincipals: z.array(arn).min(1).describe("Who may connect: account roots, roles or users"),
  acceptanceRequired: z.boolean().default(true).describe("Each connection must be accepted by hand"),
});

export const networkSchema = z.strictObject({
  cidr: cidr.describe("Address block of the VPC, /16 to /20, RFC 1918; can never be changed, only extended"),
  zones: z.array(zoneId).min(2).max(4).describe("Availability zone ids; at least two, as EKS and ALB demand"),
  nat: z.enum(["none", "single", "per-zone"]).default("per-zone").describe("NAT gateways for private egress"),
  pods: z
    .strictObject({ cidr: cidr.describe("Secondary block inside 100.64.0.0/10, /16 to /18") })
    .optional()
    .describe("Own subnets for pods, from a block that needs no routing outside the VPC"),
  interfaceEndpoints: z
    .array(z.enum(interfaceEndpointNames))
    .default([...interfaceEndpointNames])
    .describe("Interface endpoints (PrivateLink); each is billed per zone and hour"),
  offices: z.record(label, z.array(cidr).min(1)).default({}).describe("Office address ranges by name; each becomes a managed prefix list"),
  flowLogs: z
    .strictObject({
      logGroupDays: retentionDays.default(90).describe("Days in CloudWatch Logs"),
      archiveDays: z.number().int().min(30).max(3650).default(400).describe("Days in S3 (Parquet)"),
      aggregationSeconds: z
        .union([z.literal(60), z.literal(600)], "60 or 600")
        .default(60)
        .describe("Seconds per record"),
    })
    .prefault({})
    .describe("Flow logs are always on; only their retention can be set"),
  peerings: z.record(label, peering).default({}).describe("VPC peering connections by name, requested from this side"),
  transitGateway: transitGateway.optional().describe("Attachment to a transit gateway"),
  endpointServices: z.record(label, endpointService).default({}).describe("PrivateLink services that this VPC offers, by name"),
});
