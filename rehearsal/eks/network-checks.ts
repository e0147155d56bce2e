/** What EKS demands of blocks, subnets and security groups. */
import ipaddr from "ipaddr.js";
import { invalid } from "./errors.ts";
import type { Neighbours, Subnet } from "./neighbours.ts";

/** Reserved for private use (RFC 1918), or shared (RFC 6598): nobody comes from there over the internet. */
const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

function overlap(one: string, other: string): boolean {
  const [first, second] = [ipaddr.parseCIDR(one), ipaddr.parseCIDR(other)];
  if (first[0].kind() !== second[0].kind()) return false;
  const bits = Math.min(first[1], second[1]);
  return first[0].match(second[0], bits);
}

const isCidr = (value: string): boolean => value.includes("/") && ipaddr.isValidCIDR(value);

/** @throws InvalidParameterException for a malformed or private block. */
export function checkPublicAccess(cidrs: readonly string[]): void {
  const malformed = cidrs.filter((cidr) => !isCidr(cidr));
  if (malformed.length > 0) throw invalid(`The following CIDRs are invalid in publicAccessCidrs: [${malformed.join(", ")}]`);
  const inside = cidrs.filter((cidr) => privateBlocks.some((block) => cidr !== "0.0.0.0/0" && overlap(cidr, block)));
  if (inside.length > 0) throw invalid(`The following CIDRs are not allowed in publicAccessCidrs: [${inside.join(", ")}]`);
}

/**
 * Block of the cluster's Services: the given one, else EKS's choice. EKS takes 172.20.0.0/16 where the VPC uses addresses of 10.0.0.0/8,
 * else 10.100.0.0/16.
 * @throws InvalidParameterException where the given one is not private, not between /12 and /24, or overlaps the VPC.
 */
export function serviceCidr(given: string | undefined, vpcCidrs: readonly string[]): string {
  if (given === undefined) return vpcCidrs.some((cidr) => overlap(cidr, "10.0.0.0/8")) ? "172.20.0.0/16" : "10.100.0.0/16";
  const bits = isCidr(given) ? ipaddr.parseCIDR(given)[1] : 0;
  const isPrivate = isCidr(given) && privateBlocks.slice(0, 3).some((block) => overlap(given, block));
  if (!isPrivate || bits < 12 || bits > 24) {
    throw invalid(`serviceIpv4Cidr ${given} must be within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, between /24 and /12`);
  }
  if (vpcCidrs.some((cidr) => overlap(cidr, given)))
    throw invalid(`serviceIpv4Cidr ${given} overlaps with the VPC's ${vpcCidrs.join(", ")}`);
  return given;
}

/** @throws InvalidParameterException where one does not exist. */
export async function existingSubnets(aws: Neighbours, ids: readonly string[]): Promise<readonly Subnet[]> {
  const found = await aws.subnets(ids);
  const missing = ids.find((id) => !found.some((subnet) => subnet.id === id));
  if (missing) throw invalid(`The subnet ID '${missing}' does not exist`);
  return found;
}

/** Subnets of a control plane. @throws InvalidParameterException where they are not of one VPC and at least two zones. */
export async function controlPlaneSubnets(aws: Neighbours, ids: readonly string[]): Promise<readonly Subnet[]> {
  if (ids.length === 0) throw invalid("Subnets are required: resourcesVpcConfig.subnetIds is empty");
  const subnets = await existingSubnets(aws, ids);
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) throw invalid("Subnets specified must all be in one VPC");
  if (new Set(subnets.map(({ zone }) => zone)).size < 2) throw invalid("Subnets specified must be in at least two different AZs");
  return subnets;
}

/** @throws InvalidParameterException where one does not exist. */
export async function checkSecurityGroups(aws: Neighbours, ids: readonly string[]): Promise<void> {
  const found = await aws.securityGroups(ids);
  const missing = ids.find((id) => !found.includes(id));
  if (missing) throw invalid(`The security group '${missing}' does not exist`);
}
