/**
 * What an account holds, asked kind by kind before the first apply and after the destroy; the difference is what was left. Not asked by
 * tags: what services make by themselves (EKS's security group, log groups) has none of ours, and moto tells tags of deleted things, too.
 */

interface Kind {
  /** For the report. */
  readonly name: string;
  /** Signing name. */
  readonly service: string;
  readonly path?: string;
  /** Form of the query protocol. */
  readonly form?: string;
  /** Target of a JSON protocol. */
  readonly target?: string;
  /** Finds each id in the answer. */
  readonly id: RegExp;
}

const ec2 = (name: string, action: string, element: string, filter = ""): Kind => ({
  name,
  service: "ec2",
  form: `Action=${action}&Version=2016-11-15${filter}`,
  id: new RegExp(`<${element}>([^<]+)</${element}>`, "g"),
});
const iam = (name: string, action: string, element: string): Kind => ({
  name,
  service: "iam",
  form: `Action=${action}&Version=2010-05-08&MaxItems=1000&Scope=Local`,
  id: new RegExp(`<${element}>([^<]+)</${element}>`, "g"),
});

/**
 * Every kind that these stacks, or AWS on their behalf, make. Gateways and endpoints are told for a while after their deletion, so those are
 * asked for by state. Not asked: interfaces, which AWS lets no subnet leave behind (moto forgets that of a NAT gateway); deleted keys, which
 * wait for their end.
 */
const kinds: readonly Kind[] = [
  ec2("VPC", "DescribeVpcs", "vpcId"),
  ec2("subnet", "DescribeSubnets", "subnetId"),
  ec2("security group", "DescribeSecurityGroups", "groupId"),
  ec2("NAT gateway", "DescribeNatGateways", "natGatewayId", "&Filter.1.Name=state&Filter.1.Value.1=available"),
  ec2("address", "DescribeAddresses", "allocationId"),
  ec2("VPC endpoint", "DescribeVpcEndpoints", "vpcEndpointId", "&Filter.1.Name=vpc-endpoint-state&Filter.1.Value.1=available"),
  ec2("flow log", "DescribeFlowLogs", "flowLogId"),
  ec2("launch template", "DescribeLaunchTemplates", "launchTemplateId"),
  ec2("volume", "DescribeVolumes", "volumeId", "&Filter.1.Name=status&Filter.1.Value.1=available"),
  ec2("prefix list", "DescribeManagedPrefixLists", "prefixListId"),
  iam("role", "ListRoles", "Arn"),
  iam("policy", "ListPolicies", "Arn"),
  iam("instance profile", "ListInstanceProfiles", "Arn"),
  iam("OIDC provider", "ListOpenIDConnectProviders", "Arn"),
  { name: "bucket", service: "s3", path: "/", id: /<Bucket>.*?<Name>([^<]+)<\/Name>/gs },
  { name: "log group", service: "logs", target: "Logs_20140328.DescribeLogGroups", id: /"logGroupName": ?"([^"]+)"/g },
  { name: "key alias", service: "kms", target: "TrentService.ListAliases", id: /"AliasName": ?"([^"]+)"/g },
  { name: "Glue database", service: "glue", target: "AWSGlue.GetDatabases", id: /"Name": ?"([^"]+)"/g },
  { name: "file system", service: "elasticfilesystem", path: "/2015-02-01/file-systems", id: /"FileSystemId": ?"([^"]+)"/g },
  { name: "EKS cluster", service: "eks", path: "/clusters", id: /(?<=[[,]\s*)"([^"]+)"(?=\s*[,\]])/g },
];

/** For example "VPC vpc-0a1b2c". Kinds that the emulator cannot list are left out. */
export type Inventory = ReadonlySet<string>;

/** `url` takes AWS requests directly. */
export async function takeInventory(url: string, region: string): Promise<Inventory> {
  const found = new Set<string>();
  for (const kind of kinds) for (const id of await list(url, region, kind)) found.add(`${kind.name} ${id}`);
  return found;
}

async function list(url: string, region: string, { service, path = "/", form, target, id }: Kind): Promise<string[]> {
  const headers: Record<string, string> = {
    // The gateway names service and region from the credential scope; no emulator verifies the signature.
    authorization: `AWS4-HMAC-SHA256 Credential=rehearsal/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  };
  if (form) headers["content-type"] = "application/x-www-form-urlencoded";
  if (target) Object.assign(headers, { "content-type": "application/x-amz-json-1.1", "x-amz-target": target });
  const body = form ?? (target && "{}");
  const response = await fetch(new URL(path, url), { method: body === undefined ? "GET" : "POST", headers, body });
  if (!response.ok) return [];
  return [...(await response.text()).matchAll(id)].map(([, found = ""]) => found);
}

/** What is there now and was not before. */
export function leftovers(before: Inventory, after: Inventory): string[] {
  return [...after].filter((item) => !before.has(item));
}
