/** Finds what controllers left in AWS, by tags and, for a network, by its VPC. */
import {
  type EC2Client,
  paginateDescribeInstances,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeVolumes,
  type Tag,
} from "@aws-sdk/client-ec2";
import {
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Clients } from "../aws/clients.ts";
import { isKarpenters, isOf, type LeftOver, madeFor, type Tags } from "./left-over.ts";

export interface Where {
  readonly cluster: string;
  /** Given for a network: what else is in it is told, too, since it keeps the VPC from going. */
  readonly vpcId?: string;
  /** What the state names: it goes with the stack. */
  readonly known: ReadonlySet<string>;
}

/** Everything that was found, in no order. */
export async function leftOvers({ ec2, elb }: Clients, where: Where): Promise<LeftOver[]> {
  const found = await Promise.all([
    loadBalancers(elb, where),
    targetGroups(elb, where),
    instances(ec2, where),
    interfaces(ec2, where),
    groups(ec2, where),
    volumes(ec2, where),
  ]);
  return found.flat().filter(({ id }) => !where.known.has(id));
}

async function loadBalancers(client: ElasticLoadBalancingV2Client, where: Where): Promise<LeftOver[]> {
  const all = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {})) all.push(...LoadBalancers);
  const described = all.map(({ LoadBalancerArn: id = "", LoadBalancerName: name = "", VpcId }) => ({ id, name, vpcId: VpcId }));
  return judged(client, where, "load balancer", described);
}

async function targetGroups(client: ElasticLoadBalancingV2Client, where: Where): Promise<LeftOver[]> {
  const all = [];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client }, {})) all.push(...TargetGroups);
  // A foreign target group keeps nothing from going.
  const described = all.map(({ TargetGroupArn: id = "", TargetGroupName: name = "" }) => ({ id, name, vpcId: undefined }));
  return judged(client, where, "target group", described);
}

interface Described {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string | undefined;
}

/** The API takes this many at once. */
const batch = 20;

async function judged(
  client: ElasticLoadBalancingV2Client,
  { cluster, vpcId }: Where,
  kind: "load balancer" | "target group",
  all: readonly Described[],
): Promise<LeftOver[]> {
  const tags = new Map<string, Tags>();
  for (let at = 0; at < all.length; at += batch) {
    const ResourceArns = all.slice(at, at + batch).map(({ id }) => id);
    const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns }));
    for (const { ResourceArn = "", Tags: list } of TagDescriptions) tags.set(ResourceArn, tagsOf(list));
  }
  return all.flatMap(({ id, name, vpcId: own }): LeftOver[] => {
    const of = tags.get(id) ?? {};
    if (isOf(cluster, of)) return [{ kind, id, name, madeFor: madeFor(of), data: false }];
    if (vpcId === undefined || own !== vpcId) return [];
    return [{ kind, id, name, madeFor: madeFor(of), data: false, foreign: "no controller of this cluster made it" }];
  });
}

async function instances(client: EC2Client, { cluster }: Where): Promise<LeftOver[]> {
  const Filters = [filter("tag-key", "karpenter.sh/nodepool"), filter("instance-state-name", "pending", "running", "stopping", "stopped")];
  const found: LeftOver[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters })) {
    for (const { InstanceId: id = "", Tags: list } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      const tags = tagsOf(list);
      if (isKarpenters(cluster, tags)) found.push({ kind: "instance", id, name: tags.Name ?? "", madeFor: madeFor(tags), data: false });
    }
  }
  return found;
}

/** Only those in no use: the others go with what uses them. */
async function interfaces(client: EC2Client, { cluster, vpcId }: Where): Promise<LeftOver[]> {
  const Filters = [filter("status", "available"), ...(vpcId === undefined ? [] : [filter("vpc-id", vpcId)])];
  const found: LeftOver[] = [];
  for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces({ client }, { Filters })) {
    for (const { NetworkInterfaceId: id = "", Description: name = "", TagSet } of NetworkInterfaces) {
      const tags = tagsOf(TagSet);
      // The VPC CNI describes its interfaces so; older versions tagged the instance only.
      const cni = vpcId !== undefined && name.startsWith("aws-K8S-") && tags["node.k8s.amazonaws.com/instance_id"] !== undefined;
      if (isOf(cluster, tags) || cni) found.push({ kind: "network interface", id, name, madeFor: "", data: false });
      else if (vpcId !== undefined)
        found.push({
          kind: "network interface",
          id,
          name,
          madeFor: "",
          data: false,
          foreign: "nothing uses it, and no controller of this cluster made it",
        });
    }
  }
  return found;
}

async function groups(client: EC2Client, { cluster, vpcId }: Where): Promise<LeftOver[]> {
  const keys = ["elbv2.k8s.aws/cluster", `kubernetes.io/cluster/${cluster}`];
  const Filters = [vpcId === undefined ? filter("tag-key", ...keys) : filter("vpc-id", vpcId)];
  const found: LeftOver[] = [];
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client }, { Filters })) {
    for (const { GroupId: id = "", GroupName: name = "", Tags: list } of SecurityGroups) {
      const tags = tagsOf(list);
      if (isOf(cluster, tags)) found.push({ kind: "security group", id, name, madeFor: madeFor(tags), data: false });
      // The default group goes with the VPC.
      else if (vpcId !== undefined && name !== "default")
        found.push({
          kind: "security group",
          id,
          name,
          madeFor: "",
          data: false,
          foreign: "no state knows it, and no controller of this cluster made it",
        });
    }
  }
  return found;
}

async function volumes(client: EC2Client, { cluster }: Where): Promise<LeftOver[]> {
  const Filters = [filter("tag:ebs.csi.aws.com/cluster", "true")];
  const found: LeftOver[] = [];
  for await (const { Volumes = [] } of paginateDescribeVolumes({ client }, { Filters })) {
    for (const { VolumeId: id = "", Size = 0, Tags: list } of Volumes) {
      const tags = tagsOf(list);
      if (isOf(cluster, tags)) found.push({ kind: "volume", id, name: `${Size} GiB`, madeFor: madeFor(tags), data: true });
    }
  }
  return found;
}

function filter(Name: string, ...Values: string[]) {
  return { Name, Values };
}

function tagsOf(list: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
