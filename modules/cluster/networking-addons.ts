/** What a node needs to become Ready. Before the nodes: else they stay NotReady and the node group fails (terraform-aws-eks#3446). */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Addon } from "./addon.ts";
import { cniConfiguration, type PodNetwork } from "./addon-configuration.ts";
import type { Cluster } from "./control-plane.ts";
import { PodIdentityRole } from "./pod-identity-role.ts";

export interface NetworkingAddonsSettings {
  readonly cluster: Cluster;
  readonly account: string;
  readonly cniRoleName: string;
  /** Own subnets for pods; without it pods share those of the nodes. */
  readonly pods?: PodNetwork;
}

export class NetworkingAddons extends Construct {
  /** What nodes wait for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, account, cniRoleName, pods }: NetworkingAddonsSettings) {
    super(scope, id);
    // An identity of its own, so that nodes need no right to change network interfaces (EKS best practices, "Identity and access management").
    const identity = new PodIdentityRole(this, "vpc-cni-role", {
      name: cniRoleName,
      account,
      clusterName: cluster.name,
      namespace: "kube-system",
      serviceAccount: "aws-node",
      policies: ["AmazonEKS_CNI_Policy"],
    });
    const agent = new Addon(this, "eks-pod-identity-agent", { cluster, name: "eks-pod-identity-agent" });
    const proxy = new Addon(this, "kube-proxy", { cluster, name: "kube-proxy" });
    const cni = new Addon(this, "vpc-cni", { cluster, name: "vpc-cni", configuration: cniConfiguration(pods), identity });
    this.ready = [agent.addon, proxy.addon, cni.addon];
  }
}
