/**
 * What EKS asks of other services: subnets, security groups and launch templates (EC2), roles (IAM), who calls (STS). The emulator behind
 * the gateway answers.
 */
import type { Upstream } from "../gateway/service.ts";
import { type Element, filter, members, numbered, QueryError, querying, text } from "./query.ts";
import { type ClusterSecurityGroup, createClusterSecurityGroup, deleteSecurityGroup } from "./security-group.ts";
import { selfManagedGroups } from "./self-managed.ts";
import type { SelfManagedGroup } from "./store.ts";

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  /** Zone name, for example "ap-northeast-2a". */
  readonly zone: string;
}

/** What matters of a launch template's version. */
export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly instanceType?: string;
  readonly imageId?: string;
  /** Size of the first block device, GiB. */
  readonly diskGiB?: number;
  readonly hasInstanceProfile: boolean;
}

export interface Neighbours {
  /** The subnets that exist, in the order asked; the others are left out. */
  subnets(ids: readonly string[]): Promise<readonly Subnet[]>;
  /** Blocks of a VPC, for example ["10.10.0.0/16"]. */
  vpcCidrs(vpcId: string): Promise<readonly string[]>;
  /** Those of the subnets whose route table leads to an internet gateway. */
  publicSubnets(vpcId: string, ids: readonly string[]): Promise<readonly string[]>;
  /** The ids that exist of these security groups. */
  securityGroups(ids: readonly string[]): Promise<readonly string[]>;
  /** Id of the new group. */
  createClusterSecurityGroup(group: ClusterSecurityGroup): Promise<string>;
  deleteSecurityGroup(id: string): Promise<void>;
  /** The trust policy as JSON text; undefined where the role does not exist. */
  trustPolicy(roleName: string): Promise<string | undefined>;
  /** ARN of the caller, as STS says. */
  caller(): Promise<string>;
  /** undefined where it does not exist. */
  launchTemplate(wanted: { readonly id?: string; readonly name?: string; readonly version?: string }): Promise<LaunchTemplate | undefined>;
  selfManagedGroups(cluster: string): Promise<readonly SelfManagedGroup[]>;
}

export function neighbours(upstream: Upstream, region: string, accessKeyId: string): Neighbours {
  const query = querying(upstream, { region, accessKeyId });
  return {
    async subnets(ids) {
      const found = members(await query("ec2", "DescribeSubnets", filter("subnet-id", ids)), "subnetSet", "item");
      return ids.flatMap((id) => {
        const subnet = found.find((one) => text(one, "subnetId") === id);
        return subnet ? [{ id, vpcId: text(subnet, "vpcId") ?? "", zone: text(subnet, "availabilityZone") ?? "" }] : [];
      });
    },
    async vpcCidrs(vpcId) {
      const vpcs = members(await query("ec2", "DescribeVpcs", filter("vpc-id", [vpcId])), "vpcSet", "item");
      const blocks = vpcs.flatMap((vpc) => members(vpc, "cidrBlockAssociationSet", "item"));
      return blocks.flatMap((block) => text(block, "cidrBlock") ?? []);
    },
    async publicSubnets(vpcId, ids) {
      const tables = members(await query("ec2", "DescribeRouteTables", filter("vpc-id", [vpcId])), "routeTableSet", "item");
      const tableWith = (name: string, value: string) =>
        tables.find((table) => members(table, "associationSet", "item").some((association) => text(association, name) === value));
      const isPublic = (table: Element | undefined) =>
        members(table, "routeSet", "item").some((route) => text(route, "gatewayId")?.startsWith("igw-"));
      return ids.filter((id) => isPublic(tableWith("subnetId", id) ?? tableWith("main", "true")));
    },
    async securityGroups(ids) {
      if (ids.length === 0) return [];
      const found = await query("ec2", "DescribeSecurityGroups", filter("group-id", ids));
      return members(found, "securityGroupInfo", "item").flatMap((group) => text(group, "groupId") ?? []);
    },
    createClusterSecurityGroup: (group) => createClusterSecurityGroup(query, group),
    deleteSecurityGroup: (id) => deleteSecurityGroup(query, id),
    async trustPolicy(roleName) {
      const found = await missingIsUndefined(query("iam", "GetRole", { RoleName: roleName }), "NoSuchEntity");
      const policy = text(found, "Role", "AssumeRolePolicyDocument");
      return policy && decodeURIComponent(policy);
    },
    async caller() {
      return text(await query("sts", "GetCallerIdentity"), "Arn") ?? "";
    },
    async launchTemplate({ id, name, version }) {
      const which: Record<string, string> = id ? { LaunchTemplateId: id } : { LaunchTemplateName: name ?? "" };
      const versions = numbered("LaunchTemplateVersion", [version ?? "$Default"]);
      const found = await missingIsUndefined(
        query("ec2", "DescribeLaunchTemplateVersions", { ...which, ...versions }),
        "InvalidLaunchTemplate",
      );
      const [template] = members(found, "launchTemplateVersionSet", "item");
      return template && launchTemplateOf(template);
    },
    selfManagedGroups: (cluster) => selfManagedGroups(query, cluster),
  };
}

function launchTemplateOf(template: Element): LaunchTemplate {
  const data = template.launchTemplateData;
  const [disk] = members(data, "blockDeviceMappingSet", "item");
  const size = text(disk, "ebs", "volumeSize");
  return {
    id: text(template, "launchTemplateId") ?? "",
    name: text(template, "launchTemplateName") ?? "",
    version: text(template, "versionNumber") ?? "1",
    instanceType: text(data, "instanceType"),
    imageId: text(data, "imageId"),
    diskGiB: size === undefined ? undefined : Number(size),
    hasInstanceProfile: members(data, "iamInstanceProfile").length > 0,
  };
}

/** Where the error's code starts with `code`, the thing is not there. */
async function missingIsUndefined<T>(answer: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof QueryError && error.code.startsWith(code)) return undefined;
    throw error;
  }
}
