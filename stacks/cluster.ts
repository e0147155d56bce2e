/** The EKS cluster: control plane, who may use it, nodes, and the add-ons that make nodes and pods work. No Kubernetes or Helm provider. */
import { DataAwsAvailabilityZone } from "@cdktf/provider-aws/lib/data-aws-availability-zone/index.js";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { kubernetes } from "../environments/versions.ts";
import { AccessEntries } from "../modules/cluster/access-entries.ts";
import type { PodSubnet } from "../modules/cluster/addon-configuration.ts";
import { ControlPlane, logGroupName } from "../modules/cluster/control-plane.ts";
import { DeletionGuard } from "../modules/cluster/deletion-guard.ts";
import { FargateProfiles } from "../modules/cluster/fargate.ts";
import { SharedFileSystem } from "../modules/cluster/file-system.ts";
import { IdentityProvider } from "../modules/cluster/identity-provider.ts";
import { ClusterKey } from "../modules/cluster/key.ts";
import { ManagedNodes } from "../modules/cluster/managed-nodes.ts";
import { NetworkingAddons } from "../modules/cluster/networking-addons.ts";
import { SelfRegisteredNodes } from "../modules/cluster/node-role.ts";
import { SelfManagedNodes } from "../modules/cluster/self-managed-nodes.ts";
import { serviceRange } from "../modules/cluster/service-range.ts";
import { WorkloadAddons } from "../modules/cluster/workload-addons.ts";
import { clusterName } from "../modules/naming.ts";
import { cluster, network } from "./contracts.ts";
import { PlatformStack } from "./platform-stack.ts";

/** EKS cluster. */
export class ClusterStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "cluster");
    const { account, region, protection, awsProvider, network: net, cluster: config } = environment;
    if (!net || !config) throw new UserError(`${environment.name} has no cluster, or no network for it: set both or neither.`);
    const upstream = this.read(network);
    const name = clusterName(environment);
    const version = config.version ?? kubernetes;
    const tags = this.tags();
    const ownPodSubnets = net.pods !== undefined;

    const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${logGroupName(name)}`;
    const { arn: keyArn } = new ClusterKey(this, "encryption", { clusterName: name, account, region, logGroupArn, protection });
    const guard = new DeletionGuard(this, "deletion-guard", {
      policyName: this.named("deny-cluster-deletion"),
      account,
      access: config.access,
      clusterArn: `arn:aws:eks:${region}:${account}:cluster/${name}`,
      keyArn,
      deletionRole: protection.deletionRole,
    });
    const control = new ControlPlane(this, "control-plane", {
      name,
      version,
      roleName: this.named("control-plane"),
      endpoint: config.endpoint,
      logDays: config.logDays,
      keyArn,
      subnetIds: Object.values(upstream.intraSubnetIds),
      serviceRange: serviceRange(net.cidr),
      protection,
      awsProvider,
      after: guard.inForce,
    });
    new AccessEntries(this, "access", { cluster: control.created, access: config.access });
    const identities = new IdentityProvider(this, "identities", { issuer: control.issuer });

    const onNodes = [control.securityGroupId, upstream.nodeSecurityGroupId];
    const networking = new NetworkingAddons(this, "networking", {
      cluster: control,
      account,
      cniRoleName: this.named("vpc-cni"),
      ...(ownPodSubnets && { pods: { region, subnets: this.podSubnets(upstream.podSubnetIds), securityGroupIds: onNodes } }),
    });
    const nodes = {
      cluster: control,
      keyArn,
      subnetIds: upstream.privateSubnetIds,
      securityGroupIds: onNodes,
      tags,
      ownPodSubnets,
      after: networking.ready,
    };
    const managed = new ManagedNodes(this, "nodes", { ...nodes, groups: config.nodes, roleName: this.named("node") });
    const selfManaged = new SelfManagedNodes(this, "self-managed", {
      ...nodes,
      groups: config.selfManagedNodes,
      roleName: this.named("self-managed-node"),
    });
    const fargate = new FargateProfiles(this, "fargate", {
      cluster: control,
      account,
      region,
      roleName: this.named("fargate"),
      profiles: config.fargate,
      subnetIds: Object.values(upstream.privateSubnetIds),
    });
    const karpenter = config.karpenter
      ? new SelfRegisteredNodes(this, "karpenter", {
          name: this.named("karpenter-node"),
          description: `Nodes that Karpenter starts in the cluster ${name}`,
          cluster: control.created,
        })
      : undefined;

    const fileSystem = config.sharedFileSystem
      ? new SharedFileSystem(this, "shared-files", {
          name: this.named("shared-files"),
          vpcId: upstream.vpcId,
          keyArn,
          subnetIds: upstream.dataSubnetIds,
          from: { nodes: upstream.nodeSecurityGroupId, cluster: control.securityGroupId },
          protection,
        })
      : undefined;
    new WorkloadAddons(this, "workload-addons", {
      cluster: control,
      account,
      keyArn,
      roleName: this.named,
      tags,
      hasSharedFileSystem: config.sharedFileSystem,
      snapshots: environment.addons["storage-classes"]?.snapshots ?? false,
      onFargateOnly: managed.ready.length + selfManaged.ready.length === 0,
      after: [...managed.ready, ...selfManaged.ready, ...fargate.ready],
    });

    this.publish(cluster, {
      name: control.created,
      arn: control.arn,
      endpoint: control.endpoint,
      certificateAuthority: control.certificateAuthority,
      version,
      oidcProviderArn: identities.arn,
      oidcIssuer: identities.issuer,
      securityGroupId: control.securityGroupId,
      nodeRoleArn: managed.roleArn,
      kmsKeyArn: keyArn,
      fileSystemId: fileSystem?.fileSystemId ?? "",
      karpenterNodeRole: karpenter?.roleName ?? "",
      karpenterInstanceProfile: karpenter?.instanceProfile.name ?? "",
    });
  }

  /** Pod subnets with the name that their zone has in this account: read at plan, as it differs from account to account. */
  private podSubnets(byZone: Readonly<Record<string, string>>): readonly PodSubnet[] {
    return Object.entries(byZone).map(([zoneId, subnetId]) => ({
      zoneName: new DataAwsAvailabilityZone(this, zoneId, { zoneId }).name,
      subnetId,
    }));
  }
}
