/** Managed node groups, keyed by name: adding one changes nothing of the others. */
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NodesConfig } from "../../environments/schema.ts";
import { kubernetesRelease } from "../../environments/versions.ts";
import { amiType, imageOf } from "./images.ts";
import { managedNodeConfig } from "./node-config.ts";
import { NodeRole } from "./node-role.ts";
import { type NodeSettings, subnetsOf } from "./node-settings.ts";
import { NodeTemplate } from "./node-template.ts";
import { podsPerNode } from "./pods-per-node.ts";

export interface ManagedNodesSettings extends NodeSettings {
  readonly roleName: string;
}

const taintEffects = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

export class ManagedNodes extends Construct {
  /** Empty where there is no group. */
  readonly roleArn: string = "";
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, settings: ManagedNodesSettings) {
    super(scope, id);
    const groups = Object.entries(settings.groups);
    if (groups.length === 0) return;
    const role = new NodeRole(this, "role", settings.roleName, `Managed nodes of the cluster ${settings.cluster.name}`);
    this.roleArn = role.arn;
    this.ready = groups.map(([name, group]) => this.addGroup(name, group, role, settings));
  }

  private addGroup(name: string, group: NodesConfig, role: NodeRole, settings: ManagedNodesSettings): EksNodeGroup {
    const { cluster, keyArn, securityGroupIds, tags, ownPodSubnets, after } = settings;
    const template = new NodeTemplate(this, `${name}-start`, {
      name: `${cluster.name}-${name}`,
      diskGiB: group.diskGiB,
      keyArn,
      securityGroupIds,
      userData: Buffer.from(managedNodeConfig(podsPerNode(group.instances, { ownPodSubnets }))).toString("base64"),
      tags,
    });
    return new EksNodeGroup(this, name, {
      clusterName: cluster.created,
      // A prefix and create-before-destroy: a change that replaces the group (instance types) starts the new nodes first.
      nodeGroupNamePrefix: `${name}-`,
      nodeRoleArn: role.arn,
      subnetIds: subnetsOf(name, group, settings),
      amiType: amiType(imageOf(name, group.instances)),
      version: cluster.version,
      // Pinned: the latest release would replace nodes without a change in code (terraform-aws-eks#1466).
      releaseVersion: kubernetesRelease(cluster.version).amiRelease,
      capacityType: group.capacity === "spot" ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...group.instances],
      launchTemplate: { id: template.templateId, version: template.version },
      scalingConfig: { minSize: group.size.min, desiredSize: group.size.desired, maxSize: group.size.max },
      updateConfig: { maxUnavailablePercentage: group.maxUnavailablePercent },
      labels: { ...group.labels },
      taint: group.taints.map(({ key, value, effect }) => ({ key, value, effect: taintEffects[effect] })),
      // The autoscaler owns the desired size after the first apply; Terraform would undo its work.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["scaling_config[0].desired_size"] },
      dependsOn: [...after, ...role.rights],
    });
  }
}
