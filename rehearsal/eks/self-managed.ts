/**
 * Self-managed node groups: Auto Scaling groups of the emulated account tagged `kubernetes.io/cluster/<name>` = owned. EKS knows nothing of
 * them; their nodes join by themselves.
 */
import { at, type Element, members, type Query, text, type Xml } from "./query.ts";
import type { SelfManagedGroup } from "./store.ts";

/** EC2's root volume where a launch template says nothing; EKS's AL2023 image. */
const defaultDiskGiB = 20;

export async function selfManagedGroups(query: Query, cluster: string): Promise<readonly SelfManagedGroup[]> {
  const found = await query("autoscaling", "DescribeAutoScalingGroups");
  const owned = members(found, "AutoScalingGroups", "member").filter((group) => {
    const tags = members(group, "Tags", "member");
    // A managed node group's own one belongs to EKS.
    const isManaged = tags.some((tag) => tag.Key === "eks:nodegroup-name");
    return !isManaged && tags.some((tag) => tag.Key === `kubernetes.io/cluster/${cluster}` && tag.Value === "owned");
  });
  return Promise.all(owned.map((group) => toGroup(query, group)));
}

async function toGroup(query: Query, group: Element): Promise<SelfManagedGroup> {
  const policy = at(group, "MixedInstancesPolicy", "LaunchTemplate");
  const overrides = members(policy, "Overrides", "member").flatMap((item) => text(item, "InstanceType") ?? []);
  const template = at(policy, "LaunchTemplateSpecification") ?? at(group, "LaunchTemplate");
  const data = await templateData(query, template);
  const onDemandShare = policy && text(group, "MixedInstancesPolicy", "InstancesDistribution", "OnDemandPercentageAboveBaseCapacity");
  const [disk] = members(data, "blockDeviceMappingSet", "item");
  return {
    name: text(group, "AutoScalingGroupName") ?? "",
    desired: Number(text(group, "DesiredCapacity") ?? 0),
    subnets: (text(group, "VPCZoneIdentifier") ?? "").split(",").filter(Boolean),
    instanceTypes: overrides.length > 0 ? overrides : [text(data, "instanceType") ?? []].flat(),
    diskGiB: Number(text(disk, "ebs", "volumeSize") ?? defaultDiskGiB),
    spot: onDemandShare === "0" || text(data, "instanceMarketOptions", "marketType") === "spot",
  };
}

async function templateData(query: Query, template: Xml | undefined): Promise<Xml | undefined> {
  const id = text(template, "LaunchTemplateId");
  if (id === undefined) return undefined;
  const found = await query("ec2", "DescribeLaunchTemplateVersions", {
    LaunchTemplateId: id,
    "LaunchTemplateVersion.1": text(template, "Version") ?? "$Default",
  });
  return members(found, "launchTemplateVersionSet", "item")[0]?.launchTemplateData;
}
