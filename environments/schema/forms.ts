/**
 * The forms of single values: what an account id, a zone, a CIDR block or a role ARN looks like. Each says in words what is valid; error
 * messages ("... is not <form>") and the reference page (docs/environments.md) show these words.
 */
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Text of a certain pattern. `words` complete the sentence "... is not <words>". */
function form(pattern: RegExp, words: string) {
  return z.string().regex(pattern).meta({ form: words });
}

/** A whole number of a unit. */
export function whole(unit: string, from: number, to: number) {
  return z
    .int()
    .min(from)
    .max(to)
    .meta({ form: `a whole number of ${unit} from ${from} to ${to}` });
}

/** An IPv4 CIDR block whose host bits are zero, as AWS demands. */
function isBlock(text: string): boolean {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) || !ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return false;
  return ipaddr.IPv4.networkAddressFromCIDR(text).toString() === text.split("/")[0];
}

export const cidr = z.string().refine(isBlock).meta({ form: 'an IPv4 CIDR block with zero host bits, for example "10.10.0.0/16"' });

export const accountId = form(/^\d{12}$/, 'an AWS account id: 12 digits, in quotes, for example "111122223333"');
/** Only the partition `aws`: state keys and policies are written with `arn:aws:`. */
export const region = form(
  /^(?!cn-)[a-z]{2}-(north|south|east|west|central|(north|south)(east|west))-\d$/,
  'an AWS region (not of China or GovCloud), for example "ap-northeast-2"',
);
/** Zone ids name the same place in every account; zone names (ap-northeast-2a) do not. Source: AWS RAM user guide, "Availability Zone IDs". */
export const zoneId = form(
  /^[a-z]{3,4}\d-az[1-9]$/,
  'an availability zone id (not a name such as ap-northeast-2a), for example "apne2-az1"',
);
export const roleArn = form(
  /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
  'an IAM role ARN, for example "arn:aws:iam::111122223333:role/devops"',
);
export const roleName = form(
  /^[\w+=,.@-][\w+=,.@/-]{0,511}$/,
  'the name of an IAM role, with its path where it has one and without "arn:...", for example "shop-developer"',
);
export const arn = form(/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:.+$/, "an ARN (Amazon resource name)");
export const kubernetesMinor = form(/^1\.\d{2}$/, 'a Kubernetes minor in quotes, for example "1.35"');
export const semver = form(/^\d+\.\d+\.\d+$/, 'a version of three numbers, for example "5.100.0"');
export const vpcId = form(/^vpc-[0-9a-f]{8,17}$/, 'a VPC id, for example "vpc-0a1b2c3d4e5f67890"');
export const transitGatewayId = form(/^tgw-[0-9a-f]{8,17}$/, 'a transit gateway id, for example "tgw-0a1b2c3d4e5f67890"');
/** Family and size. Source: EC2 instance types guide, "Naming conventions". Which families a region has, only AWS knows. */
export const instanceType = form(
  /^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/,
  'an instance type, for example "m7i.large"',
);
export const repository = form(/^[\w.-]+\/[\w.-]+$/, 'a repository as owner/name, for example "example/mainline"');

/** Name of an environment, node group, peering: it becomes part of AWS names, so it is short and DNS-like. */
export const label = form(
  /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
  "a name of 2 to 32 lower-case letters, digits and hyphens that begins with a letter",
);
/** Value of an AWS tag, up to 256 of these characters. Source: AWS Tagging reference, "Tag naming limits and requirements". */
export const tagValue = form(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u, "a tag value: 1 to 256 letters, digits, spaces and _ . : / = + - @");
/** Key and value of a label or taint. Source: Kubernetes documentation, "Labels and Selectors", syntax and character set. */
export const labelKey = form(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
  'a Kubernetes label key, for example "workload" or "example.com/team"',
);
export const labelValue = form(/^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/, 'a Kubernetes label value, in quotes, for example "system"');
/** A namespace; `*` and `?` stand for other characters where EKS matches patterns (access scopes, Fargate selectors). */
export const namespacePattern = form(
  /^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/,
  'a namespace or a pattern of one, for example "apps" or "team-*"',
);
/** Source: Kubernetes documentation, "Object Names and IDs", RFC 1123 label names. */
export const namespaceName = form(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'a namespace: 1 to 63 lower-case letters, digits and hyphens, for example "shop"',
);
export const port = z.int().min(1).max(65_535).meta({ form: "a port from 1 to 65535" });
export const snsTopicArn = form(
  /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  'an SNS topic ARN, for example "arn:aws:sns:ap-northeast-2:111122223333:costs"',
);

export const day = z.iso.date().meta({ form: 'a date, for example "2027-03-31"' });
export const email = z.email().meta({ form: 'an e-mail address, for example "platform@example.com"' });

const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;
/** The days that CloudWatch Logs accepts. Source: API reference, PutRetentionPolicy. */
export const retentionDays = z
  .literal(retentions)
  .meta({ form: `a number of days that CloudWatch Logs accepts: ${retentions.join(", ")}` });
