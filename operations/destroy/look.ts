/** Finds what controllers left in AWS: by tags, for a network by its VPC, and records by what is written beside them. */
import {
  type EC2Client,
  paginateDescribeInstances,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
} from "@aws-sdk/client-ec2";
import { UserError } from "../../environments/user-error.ts";
import type { Clients } from "../aws/clients.ts";
import { dnsRecords } from "./dns.ts";
import { isKarpenters, isOf, type LeftOver, madeFor, tagsOf } from "./left-over.ts";
import { classicLoadBalancers, loadBalancers } from "./look-load-balancers.ts";

export interface Where {
  readonly cluster: string;
  /** Given for a network: what else is in it is told, too, since it keeps the VPC from going. */
  readonly vpcId?: string;
  /** What the state names: it goes with the stack. */
  readonly known: ReadonlySet<string>;
}

/** Everything that was found, in no order. Rejects where something cannot be looked for: it would be left without a word. */
export async function leftOvers(clients: Clients, where: Where): Promise<LeftOver[]> {
  const { ec2, dns } = clients;
  const found = await Promise.all([
    listed("classic load balancers", classicLoadBalancers(clients, where)),
    listed("load balancers", loadBalancers(clients, where)),
    listed("instances", instances(ec2, where)),
    listed("network interfaces", interfaces(ec2, where)),
    listed("security groups", groups(ec2, where)),
    listed("volumes", volumes(ec2, where)),
    listed("snapshots", snapshots(ec2, where)),
    listed("DNS records", dnsRecords(dns, where.cluster)),
  ]);
  return found.flat().filter(({ id }) => !where.known.has(id));
}

async function listed<T>(what: string, found: Promise<T>): Promise<T> {
  return found.catch((error: Error) => {
    throw new UserError(`AWS does not list ${what}: ${error.message}. Use a role that may, so that none is left behind.`);
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

async function snapshots(client: EC2Client, { cluster }: Where): Promise<LeftOver[]> {
  const Filters = [filter("tag:ebs.csi.aws.com/cluster", "true")];
  const found: LeftOver[] = [];
  for await (const { Snapshots = [] } of paginateDescribeSnapshots({ client }, { OwnerIds: ["self"], Filters })) {
    for (const { SnapshotId: id = "", VolumeSize = 0, VolumeId = "", Tags: list } of Snapshots) {
      const name = `${VolumeSize} GiB of ${VolumeId}`;
      if (isOf(cluster, tagsOf(list))) found.push({ kind: "snapshot", id, name, madeFor: "", data: false });
    }
  }
  return found;
}

function filter(Name: string, ...Values: string[]) {
  return { Name, Values };
}
