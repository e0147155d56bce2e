/** The role of nodes: what the kubelet needs, and a shell by Session Manager instead of port 22. No wildcard, and no right to change interfaces. */
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry/index.js";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { trust } from "../iam/policy.ts";
import { ServiceRole } from "./role.ts";

/** Not AmazonEKS_CNI_Policy: the CNI has its own identity. Source: EKS user guide, "Amazon EKS node IAM role". */
const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"];

export class NodeRole extends ServiceRole {
  constructor(scope: Construct, id: string, name: string, description: string) {
    super(scope, id, { name, description, trust: trust("nodes are EC2 instances", { service: ["ec2.amazonaws.com"] }), policies });
  }
}

export interface SelfRegisteredNodesSettings {
  /** Name of role and instance profile. */
  readonly name: string;
  readonly description: string;
  /** Name of the cluster as EKS returns it. */
  readonly cluster: string;
}

/**
 * Identity of nodes that EKS did not start: they also need an instance profile and an access entry. For managed groups and Fargate EKS makes
 * the entry itself, and a second one fails with 409 (EKS user guide, "Create access entries").
 */
export class SelfRegisteredNodes extends Construct {
  readonly roleName: string;
  readonly instanceProfile: IamInstanceProfile;
  readonly rights: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, description, cluster }: SelfRegisteredNodesSettings) {
    super(scope, id);
    const role = new NodeRole(this, "role", name, description);
    this.instanceProfile = new IamInstanceProfile(this, "profile", { name, role: role.roleName });
    const entry = new EksAccessEntry(this, "access", { clusterName: cluster, principalArn: role.arn, type: "EC2_LINUX" });
    this.roleName = role.roleName;
    this.rights = [...role.rights, entry];
  }
}
