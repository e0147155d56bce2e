/**
 * The security group that EKS makes for a cluster: its control plane interfaces, managed nodes and Fargate pods carry it. Source: EKS user
 * guide, "View Amazon EKS security group requirements for clusters".
 */
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";

export interface ClusterSecurityGroup {
  readonly cluster: string;
  /** EKS's number at the end of the name. */
  readonly number: string;
  readonly vpcId: string;
}

const description =
  "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.";

/** Egress to everywhere is what EC2 gives a new group. @returns its id */
export async function createClusterSecurityGroup(ec2: EC2Client, { cluster, number, vpcId }: ClusterSecurityGroup): Promise<string> {
  const name = `eks-cluster-sg-${cluster}-${number}`;
  const { GroupId: id = "" } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: description, VpcId: vpcId }));
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: id }] }] }),
  );
  const tags = { Name: name, [`kubernetes.io/cluster/${cluster}`]: "owned", "aws:eks:cluster-name": cluster };
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }));
  return id;
}

export async function deleteSecurityGroup(ec2: EC2Client, id: string): Promise<void> {
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
}
