/**
 * What EKS asks of other services: subnets, security groups and launch templates (EC2), roles (IAM), who calls (STS). The emulator behind
 * the gateway answers, through the ordinary AWS clients with the gateway's upstream as their transport: no socket, no credentials.
 */
import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Upstream } from "../gateway/service.ts";
import { type ClusterSecurityGroup, createClusterSecurityGroup, deleteSecurityGroup } from "./security-group.ts";
import { selfManagedGroups } from "./self-managed.ts";
import type { SelfManagedGroup } from "./store.ts";
import { transport } from "./transport.ts";

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
  const config = (service: string) => ({
    region,
    credentials: { accessKeyId, secretAccessKey: "not-checked" },
    endpoint: `http://${service}.${region}.amazonaws.com`,
    maxAttempts: 1,
    requestHandler: transport(upstream, { service, region, accessKeyId }),
  });
  const ec2 = new EC2Client(config("ec2"));
  return {
    async subnets(ids) {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: "subnet-id", Values: [...ids] }] }));
      return ids.flatMap((id) => {
        const found = Subnets.find(({ SubnetId }) => SubnetId === id);
        return found ? [{ id, vpcId: found.VpcId ?? "", zone: found.AvailabilityZone ?? "" }] : [];
      });
    },
    async vpcCidrs(vpcId) {
      const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] }));
      return Vpcs.flatMap(({ CidrBlockAssociationSet = [] }) => CidrBlockAssociationSet.flatMap(({ CidrBlock }) => CidrBlock ?? []));
    },
    async publicSubnets(vpcId, ids) {
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] }));
      const main = RouteTables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
      return ids.filter((id) => {
        const table = RouteTables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === id)) ?? main;
        return table?.Routes?.some(({ GatewayId }) => GatewayId?.startsWith("igw-"));
      });
    },
    async securityGroups(ids) {
      if (ids.length === 0) return [];
      const found = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-id", Values: [...ids] }] }));
      return (found.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
    },
    createClusterSecurityGroup: (group) => createClusterSecurityGroup(ec2, group),
    deleteSecurityGroup: (id) => deleteSecurityGroup(ec2, id),
    async trustPolicy(roleName) {
      const found = await missingIsUndefined(new IAMClient(config("iam")).send(new GetRoleCommand({ RoleName: roleName })), "NoSuchEntity");
      return found?.Role?.AssumeRolePolicyDocument && decodeURIComponent(found.Role.AssumeRolePolicyDocument);
    },
    async caller() {
      const { Arn } = await new STSClient(config("sts")).send(new GetCallerIdentityCommand({}));
      return Arn ?? "";
    },
    async launchTemplate({ id, name, version }) {
      const which = id ? { LaunchTemplateId: id } : { LaunchTemplateName: name };
      const command = new DescribeLaunchTemplateVersionsCommand({ ...which, Versions: [version ?? "$Default"] });
      const found = await missingIsUndefined(ec2.send(command), "InvalidLaunchTemplate");
      const [template] = found?.LaunchTemplateVersions ?? [];
      if (!template) return undefined;
      const { LaunchTemplateData: data } = template;
      return {
        id: template.LaunchTemplateId ?? "",
        name: template.LaunchTemplateName ?? "",
        version: String(template.VersionNumber ?? 1),
        instanceType: data?.InstanceType,
        imageId: data?.ImageId,
        diskGiB: data?.BlockDeviceMappings?.[0]?.Ebs?.VolumeSize,
        hasInstanceProfile: data?.IamInstanceProfile !== undefined,
      };
    },
    selfManagedGroups: (cluster) => selfManagedGroups(upstream, { region, accessKeyId }, cluster),
  };
}

/** Where the error's code starts with `code`, the thing is not there. */
async function missingIsUndefined<T>(answer: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith(code)) return undefined;
    throw error;
  }
}
