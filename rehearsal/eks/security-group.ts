/**
 * The security group that EKS makes for a cluster: its control plane interfaces, managed nodes and Fargate pods carry it. Source: EKS user
 * guide, "View Amazon EKS security group requirements for clusters".
 */
import { numbered, type Query, text } from "./query.ts";

export interface ClusterSecurityGroup {
  readonly cluster: string;
  /** EKS's number at the end of the name. */
  readonly number: string;
  readonly vpcId: string;
}

const description =
  "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.";

/** Egress to everywhere is what EC2 gives a new group. @returns its id */
export async function createClusterSecurityGroup(query: Query, { cluster, number, vpcId }: ClusterSecurityGroup): Promise<string> {
  const name = `eks-cluster-sg-${cluster}-${number}`;
  const created = await query("ec2", "CreateSecurityGroup", { GroupName: name, GroupDescription: description, VpcId: vpcId });
  const id = text(created, "groupId") ?? "";
  await query("ec2", "AuthorizeSecurityGroupIngress", {
    GroupId: id,
    "IpPermissions.1.IpProtocol": "-1",
    "IpPermissions.1.Groups.1.GroupId": id,
  });
  const tags = { Name: name, [`kubernetes.io/cluster/${cluster}`]: "owned", "aws:eks:cluster-name": cluster };
  const said = Object.entries(tags).flatMap(([key, value], place) => [
    [`Tag.${place + 1}.Key`, key],
    [`Tag.${place + 1}.Value`, value],
  ]);
  await query("ec2", "CreateTags", { ...numbered("ResourceId", [id]), ...Object.fromEntries(said) });
  return id;
}

export async function deleteSecurityGroup(query: Query, id: string): Promise<void> {
  await query("ec2", "DeleteSecurityGroup", { GroupId: id });
}
