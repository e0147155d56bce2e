/** The EKS control plane: who reaches it, how it logs, what it encrypts. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../environments/schema.ts";
import { trust } from "../iam/policy.ts";
import { guarded, type Protection } from "../protection.ts";
import { providerHas } from "../provider-features.ts";
import { ServiceRole } from "./role.ts";

/** Who did what, and why a pod did not start: an investigation needs all five. Source: CIS EKS benchmark 2.1.1, AWS FSBP EKS.8. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export interface ControlPlaneSettings {
  readonly name: string;
  readonly roleName: string;
  /** Kubernetes minor. */
  readonly version: string;
  readonly endpoint: ClusterConfig["endpoint"];
  readonly logDays: number;
  readonly keyArn: string;
  /** One per zone, for the control plane's interfaces. */
  readonly subnetIds: readonly string[];
  readonly serviceRange: string;
  readonly protection: Protection;
  /** Lowest provider version that the environment admits. */
  readonly awsProvider: string;
  readonly after: readonly ITerraformDependable[];
}

/** A cluster, as other modules see it. */
export interface Cluster {
  /** Known at synth. */
  readonly name: string;
  /** Name as EKS returns it: using it makes a resource wait for the cluster. */
  readonly created: string;
  readonly arn: string;
  readonly version: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly serviceRange: string;
  /** Made by EKS; on the control plane's interfaces, on nodes and on Fargate pods. */
  readonly securityGroupId: string;
}

/** EKS writes to this name and to no other. */
export function logGroupName(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}

export class ControlPlane extends Construct implements Cluster {
  readonly name: string;
  readonly created: string;
  readonly arn: string;
  readonly version: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly serviceRange: string;
  readonly securityGroupId: string;
  /** URL with https://. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, settings: ControlPlaneSettings) {
    super(scope, id);
    const { name, version, keyArn, protection, endpoint } = settings;
    // Before the cluster: EKS makes a missing group itself, without retention or key, and Terraform could then not own it (terraform-aws-eks#920).
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: logGroupName(name),
      retentionInDays: settings.logDays,
      kmsKeyId: keyArn,
      lifecycle: guarded(protection),
    });
    const role = new ServiceRole(this, "role", {
      name: settings.roleName,
      description: `What EKS may do for the cluster ${name}`,
      trust: trust("EKS runs the control plane", { service: ["eks.amazonaws.com"] }),
      // The second one lets pods have security groups of their own (EKS user guide, "Security groups for Pods").
      policies: ["AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"],
    });
    const cluster = new EksCluster(this, "cluster", {
      name,
      version,
      roleArn: role.arn,
      enabledClusterLogTypes: logTypes,
      // Add-ons belong to code from the start; changing this later replaces the cluster.
      bootstrapSelfManagedAddons: false,
      accessConfig: {
        // Access entries only: the aws-auth ConfigMap is deprecated and a common way to lock everybody out.
        authenticationMode: "API",
        // Else whoever runs the first apply stays an administrator that no code shows (terraform-aws-eks#2911).
        bootstrapClusterCreatorAdminPermissions: false,
      },
      encryptionConfig: { resources: ["secrets"], provider: { keyArn } },
      kubernetesNetworkConfig: { serviceIpv4Cidr: settings.serviceRange, ipFamily: "ipv4" },
      // A forgotten cluster is upgraded instead of sliding into extended support at six times the price.
      upgradePolicy: { supportType: "STANDARD" },
      vpcConfig: {
        subnetIds: [...settings.subnetIds],
        endpointPrivateAccess: true,
        // Never EKS's own default, which is open to the world as soon as the public endpoint is on.
        endpointPublicAccess: endpoint.publicFrom.length > 0,
        ...(endpoint.publicFrom.length > 0 && { publicAccessCidrs: [...endpoint.publicFrom] }),
      },
      ...(providerHas("eksDeletionProtection", settings.awsProvider) && { deletionProtection: protection.deletion }),
      lifecycle: {
        ...guarded(protection),
        // EKS takes only subnets in the zones that it was created with ("Modify cluster subnets"): a zone added later serves nodes only.
        ignoreChanges: ["vpc_config[0].subnet_ids"],
      },
      dependsOn: [logs, ...role.rights, ...settings.after],
    });

    this.name = name;
    this.created = cluster.name;
    this.arn = cluster.arn;
    this.version = version;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.serviceRange = settings.serviceRange;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.issuer = cluster.identity.get(0).oidc.get(0).issuer;

    for (const block of endpoint.privateFrom) {
      new VpcSecurityGroupIngressRule(this, `private-from-${block.replace(/[./]/g, "-")}`, {
        securityGroupId: this.securityGroupId,
        description: "Kubernetes API from outside the VPC",
        cidrIpv4: block,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    }
  }
}
