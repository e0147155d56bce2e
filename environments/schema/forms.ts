/** The forms of single values: what an account id, a zone, a CIDR block or a role ARN looks like. Texts name what is valid. */
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** An IPv4 CIDR block whose host bits are zero, as AWS demands. */
function isBlock(text: string): boolean {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) || !ipaddr.IPv4.isValidCIDR(text)) return false;
  const [address, bits] = ipaddr.IPv4.parseCIDR(text);
  return ipaddr.IPv4.networkAddressFromCIDR(text).toString() === address.toString() && bits <= 32;
}

export const accountId = z.string().regex(/^\d{12}$/, "an AWS account id: 12 digits, in quotes");
export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, for example "ap-northeast-2"');
/** Zone ids name the same place in every account; zone names (ap-northeast-2a) do not. Source: AWS RAM user guide, "Availability Zone IDs". */
export const zoneId = z.string().regex(/^[a-z]{3,4}\d-az\d$/, 'an availability zone id (not a name), for example "apne2-az1"');
export const cidr = z.string().refine(isBlock, 'an IPv4 CIDR block with zero host bits, for example "10.10.0.0/16"');
export const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    'an IAM role ARN, for example "arn:aws:iam::111122223333:role/devops"',
  );
export const arn = z.string().regex(/^arn:aws(-cn|-us-gov)?:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:.+$/, "an ARN");
export const kubernetesMinor = z.string().regex(/^1\.\d{2}$/, 'a Kubernetes minor in quotes, for example "1.35"');
export const semver = z.string().regex(/^\d+\.\d+\.\d+$/, 'a version of three numbers, for example "5.100.0"');
export const day = z.iso.date('a date, for example "2027-03-31"');
/** Name of an environment, node group, peering: it becomes part of AWS names, so it is short and DNS-like. */
export const label = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/, "2 to 32 lower-case letters, digits and hyphens, beginning with a letter");
export const email = z.email("an e-mail address");
/** The days that CloudWatch Logs accepts. Source: API reference, PutRetentionPolicy. */
export const retentionDays = z.union(
  ([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const).map((days) =>
    z.literal(days),
  ),
  "days that CloudWatch Logs accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827 ...",
);
