/**
 * Self-managed node groups: Auto Scaling groups of the emulated account tagged `kubernetes.io/cluster/<name>` = owned. EKS knows nothing of
 * them; their nodes join by themselves. Read by the Query protocol, since one call is not worth another client.
 */
import { XMLParser } from "fast-xml-parser";
import type { AwsRequest, Upstream } from "../gateway/service.ts";
import type { SelfManagedGroup } from "./store.ts";

type Caller = Pick<AwsRequest, "region" | "accessKeyId">;

interface Xml {
  readonly [name: string]: string | Xml | readonly (string | Xml)[];
}

/** EC2's root volume where a launch template says nothing; EKS's AL2023 image. */
const defaultDiskGiB = 20;

export async function selfManagedGroups(upstream: Upstream, caller: Caller, cluster: string): Promise<readonly SelfManagedGroup[]> {
  const groups = await query(upstream, caller, "autoscaling", { Action: "DescribeAutoScalingGroups", Version: "2011-01-01" });
  const owned = members(
    at(groups, "DescribeAutoScalingGroupsResponse", "DescribeAutoScalingGroupsResult", "AutoScalingGroups", "member"),
  ).filter(
    (group) =>
      members(at(group, "Tags", "member")).some((tag) => tag.Key === `kubernetes.io/cluster/${cluster}` && tag.Value === "owned") &&
      // A managed node group's own one belongs to EKS.
      !members(at(group, "Tags", "member")).some((tag) => tag.Key === "eks:nodegroup-name"),
  );
  return Promise.all(owned.map((group) => toGroup(upstream, caller, group)));
}

async function toGroup(upstream: Upstream, caller: Caller, group: Xml): Promise<SelfManagedGroup> {
  const policy = at(group, "MixedInstancesPolicy", "LaunchTemplate");
  const overrides = members(at(policy, "Overrides", "member")).flatMap((item) => text(item.InstanceType));
  const template = at(policy, "LaunchTemplateSpecification") ?? at(group, "LaunchTemplate");
  const data = await templateData(upstream, caller, template);
  const onDemandShare = text(at(policy && group, "MixedInstancesPolicy", "InstancesDistribution", "OnDemandPercentageAboveBaseCapacity"));
  return {
    name: text(group.AutoScalingGroupName)[0] ?? "",
    desired: Number(text(group.DesiredCapacity)[0] ?? 0),
    subnets: (text(group.VPCZoneIdentifier)[0] ?? "").split(",").filter(Boolean),
    instanceTypes: overrides.length > 0 ? overrides : text(at(data, "instanceType")),
    diskGiB: Number(text(at(members(at(data, "blockDeviceMappingSet", "item"))[0], "ebs", "volumeSize"))[0] ?? defaultDiskGiB),
    spot: onDemandShare[0] === "0" || text(at(data, "instanceMarketOptions", "marketType"))[0] === "spot",
  };
}

async function templateData(upstream: Upstream, caller: Caller, template: Xml[string] | undefined): Promise<Xml[string] | undefined> {
  const [id] = text(at(template, "LaunchTemplateId"));
  if (id === undefined) return undefined;
  const found = await query(upstream, caller, "ec2", {
    Action: "DescribeLaunchTemplateVersions",
    Version: "2016-11-15",
    LaunchTemplateId: id,
    "LaunchTemplateVersion.1": text(at(template, "Version"))[0] ?? "$Default",
  });
  return at(members(at(found, "DescribeLaunchTemplateVersionsResponse", "launchTemplateVersionSet", "item"))[0], "launchTemplateData");
}

async function query(upstream: Upstream, { region, accessKeyId }: Caller, service: string, form: Record<string, string>): Promise<Xml> {
  const host = `${service}.${region}.amazonaws.com`;
  const credential = `${accessKeyId}/20260101/${region}/${service}/aws4_request`; // moto reads service and region from here
  const answer = await upstream({
    service,
    region,
    accessKeyId,
    method: "POST",
    url: new URL(`http://${host}/`),
    headers: {
      host,
      "content-type": "application/x-www-form-urlencoded",
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
    },
    body: Buffer.from(new URLSearchParams(form).toString()),
  });
  if (answer.status !== 200) throw new Error(`${service} ${form.Action}: ${answer.status} ${answer.body}`);
  return new XMLParser({ parseTagValue: false }).parse(answer.body.toString()) as Xml;
}

function at(value: Xml[string] | undefined, ...path: readonly string[]): Xml[string] | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof value === "object" && !Array.isArray(value) ? at((value as Xml)[first], ...rest) : undefined;
}

/** A repeated element is a list only where there is more than one. */
function members(value: Xml[string] | undefined): readonly Xml[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is Xml => typeof item === "object");
}

const text = (value: Xml[string] | undefined): string[] => (typeof value === "string" && value !== "" ? [value] : []);
