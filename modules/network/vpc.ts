/** The VPC, its second block for pods, its internet gateway, and its default resources emptied. */
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { Vpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association/index.js";
import { Construct } from "constructs";
import { guarded } from "../protection.ts";
import type { NetworkContext } from "./context.ts";
import { EmptiedDefaults } from "./emptied-defaults.ts";

export interface PlatformVpcSettings {
  readonly context: NetworkContext;
  readonly cidr: string;
  /** Secondary block, 100.64.0.0/10: pods. */
  readonly podCidr?: string;
}

export class PlatformVpc extends Construct {
  readonly id: string;
  readonly cidr: string;
  /** The same id, known only when the VPC has the block for pods; pod subnets wait for it. */
  readonly idWithPodBlock: string;
  readonly internetGateway: InternetGateway;

  constructor(scope: Construct, id: string, { context, cidr, podCidr }: PlatformVpcSettings) {
    super(scope, id);
    const lifecycle = guarded(context.protection);
    const vpc = new Vpc(this, "main", {
      cidrBlock: cidr,
      // Both are needed by the private endpoint of EKS and by private names of interface endpoints (EKS user guide, "VPC requirements").
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: context.named("vpc") },
      lifecycle,
    });
    this.id = vpc.id;
    this.cidr = vpc.cidrBlock;
    this.idWithPodBlock = podCidr === undefined ? vpc.id : this.addPodBlock(vpc.id, podCidr, lifecycle);
    this.internetGateway = new InternetGateway(this, "internet", { vpcId: vpc.id, tags: { Name: context.named("internet") } });
    new EmptiedDefaults(this, "default", { named: context.named, vpc });
  }

  private addPodBlock(vpcId: string, cidrBlock: string, lifecycle: { preventDestroy: boolean }): string {
    return new VpcIpv4CidrBlockAssociation(this, "pods", { vpcId, cidrBlock, lifecycle }).vpcId;
  }
}
