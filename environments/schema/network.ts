/** What can be set about an environment's network. */
import { z } from "zod";
import { accountId, arn, cidr, label, region, retentionDays, transitGatewayId, vpcId, whole, zoneId } from "./forms.ts";

/**
 * AWS services that private nodes reach without NAT. Names are those of `com.amazonaws.<region>.<name>`.
 * All but the last are what nodes and the platform's controllers call all the time; the EFS API is called only when a volume is made.
 */
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
  "elasticfilesystem",
] as const;
export type InterfaceEndpointName = (typeof interfaceEndpointNames)[number];

const peering = z.strictObject({
  vpcId: vpcId.describe("VPC on the other side"),
  accountId: accountId.describe("Account of the other VPC"),
  region: region.optional().describe("Region of the other VPC; absent: this environment's"),
  cidr: cidr.describe("Address block of the other VPC; routes to it are added to the private, data and intra tiers"),
});

const transitGateway = z.strictObject({
  id: transitGatewayId.describe("Transit gateway, shared with this account by RAM"),
  routes: z.array(cidr).min(1).describe("Blocks that are reached through it, from the private, data and intra tiers"),
});

const endpointService = z.strictObject({
  loadBalancerArns: z.array(arn).min(1).describe("Network or gateway load balancers that offer the service"),
  kind: z.enum(["network", "gateway"]).default("network").describe("Kind of these load balancers"),
  allowedPrincipals: z.array(arn).min(1).describe("Who may connect: account roots, roles or users"),
  // A consumer's connection opens a path into the VPC, so somebody should see it first.
  acceptanceRequired: z.boolean().default(true).describe("Each connection must be accepted by hand"),
});

const flowLogs = z.strictObject({
  // Long enough to look back at an incident that is found late; the archive keeps the rest at a tenth of the price.
  logGroupDays: retentionDays.default(90).describe("Days in CloudWatch Logs"),
  // A year and a month: the period that auditors ask for, with time to ask.
  archiveDays: whole("days", 30, 3650).default(400).describe("Days in S3 (Parquet)"),
  // The shortest interval that there is: a scan of a minute is visible as such.
  aggregationSeconds: z.literal([60, 600]).default(60).describe("Seconds per record"),
});

export const networkSchema = z.strictObject({
  cidr: cidr.describe("Address block of the VPC, /16 to /20, RFC 1918; can never be changed, only extended"),
  zones: z.array(zoneId).min(2).max(4).describe("Availability zones; at least two, as EKS and ALB demand"),
  // A zone that fails takes only its own egress with it, and no traffic is billed between zones.
  nat: z.enum(["none", "single", "per-zone"]).default("per-zone").describe("NAT gateways for private egress"),
  pods: z
    .strictObject({ cidr: cidr.describe("Secondary block inside 100.64.0.0/10, /16 to /18") })
    .optional()
    .describe("Own subnets for pods, from a block that needs no routing outside the VPC; absent: pods live in the private tier"),
  // AWS traffic stays off the internet and under endpoint policies; costs are weighed in profiles.ts.
  interfaceEndpoints: z
    .array(z.enum(interfaceEndpointNames))
    .default(interfaceEndpointNames.filter((name) => name !== "elasticfilesystem"))
    .describe("Interface endpoints (PrivateLink); each is billed per zone and hour"),
  offices: z
    .record(label, z.array(cidr).min(1).describe("Blocks of one office"))
    .default({})
    .describe("Office address ranges by name; each becomes a managed prefix list"),
  flowLogs: flowLogs.prefault({}).describe("Flow logs are always on; only their retention and interval can be set"),
  peerings: z
    .record(label, peering.describe("One peering connection"))
    .default({})
    .describe("VPC peering connections by name, requested from this side"),
  transitGateway: transitGateway.optional().describe("Attachment to a transit gateway; absent: none"),
  endpointServices: z
    .record(label, endpointService.describe("One PrivateLink service"))
    .default({})
    .describe("PrivateLink services that this VPC offers, by name"),
});
