/** Groups of nodes without EKS in between: launch template, Auto Scaling group, and the access entry that lets them join. */
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group/index.js";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NodesConfig } from "../../environments/schema.ts";
import { kubernetesRelease } from "../../environments/versions.ts";
import { groupTags } from "./group-tags.ts";
import { imageOf, imageParameter } from "./images.ts";
import { selfManagedNodeConfig } from "./node-config.ts";
import { SelfRegisteredNodes } from "./node-role.ts";
import { type NodeSettings, subnetsOf } from "./node-settings.ts";
import { NodeTemplate } from "./node-template.ts";
import { podsPerNode } from "./pods-per-node.ts";

export interface SelfManagedNodesSettings extends NodeSettings {
  readonly roleName: string;
}

export class SelfManagedNodes extends Construct {
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, settings: SelfManagedNodesSettings) {
    super(scope, id);
    const groups = Object.entries(settings.groups);
    if (groups.length === 0) return;
    const { cluster, roleName } = settings;
    const identity = new SelfRegisteredNodes(this, "identity", {
      name: roleName,
      description: `Self-managed nodes of the cluster ${cluster.name}`,
      cluster: cluster.created,
    });
    this.ready = groups.map(([name, group]) => this.addGroup(name, group, identity, settings));
  }

  private addGroup(name: string, group: NodesConfig, identity: SelfRegisteredNodes, settings: SelfManagedNodesSettings): AutoscalingGroup {
    const { cluster, keyArn, securityGroupIds, tags, ownPodSubnets, after } = settings;
    const { version } = cluster;
    const fullName = `${cluster.name}-${name}-self-managed`;
    // The parameter of one release never changes its value; `recommended` would.
    const image = new DataAwsSsmParameter(this, `${name}-image`, {
      name: imageParameter(imageOf(name, group.instances), version, kubernetesRelease(version).amiRelease),
    });
    const pods = podsPerNode(group.instances, { ownPodSubnets });
    const template = new NodeTemplate(this, `${name}-start`, {
      name: fullName,
      diskGiB: group.diskGiB,
      keyArn,
      securityGroupIds,
      userData: Fn.base64encode(selfManagedNodeConfig(cluster, pods, group.labels, group.taints)),
      tags,
      // `insecure_value`: a public image id is no secret, and a hidden one could not be reviewed.
      own: { imageId: image.insecureValue, iamInstanceProfile: { arn: identity.instanceProfile.arn } },
    });
    const onDemand = group.capacity === "on-demand";
    return new AutoscalingGroup(this, name, {
      name: fullName,
      minSize: group.size.min,
      desiredCapacity: group.size.desired,
      maxSize: group.size.max,
      vpcZoneIdentifier: subnetsOf(name, group, settings),
      healthCheckType: "EC2",
      mixedInstancesPolicy: {
        instancesDistribution: {
          onDemandPercentageAboveBaseCapacity: onDemand ? 100 : 0,
          // Fewest interruptions for the price (EC2 Auto Scaling user guide, "Allocation strategies").
          ...(!onDemand && { spotAllocationStrategy: "price-capacity-optimized" }),
        },
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: template.templateId, version: template.version },
          override: group.instances.map((instanceType) => ({ instanceType })),
        },
      },
      // A new image or template reaches the nodes by replacing them, as fast as a managed group would.
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100 - group.maxUnavailablePercent } },
      tag: groupTags({ cluster: cluster.name, name: fullName, labels: group.labels, taints: group.taints, tags }),
      // The autoscaler owns the desired size after the first apply; Terraform would undo its work.
      lifecycle: { ignoreChanges: ["desired_capacity"] },
      dependsOn: [...after, ...identity.rights],
    });
  }
}
