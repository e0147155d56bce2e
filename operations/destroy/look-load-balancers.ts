/** Finds load balancers of all kinds, and target groups: by tags and, for a network, by its VPC. */
import {
  DescribeTagsCommand as ClassicTagsCommand,
  paginateDescribeLoadBalancers as paginateClassic,
} from "@aws-sdk/client-elastic-load-balancing";
import {
  DescribeTagsCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Clients } from "../aws/clients.ts";
import { isOf, type Kind, type LeftOver, madeFor, type Tags, tagsOf } from "./left-over.ts";
import type { Where } from "./look.ts";

interface Described {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Absent where a foreign one keeps no VPC from going. */
  readonly vpcId?: string | undefined;
}

/** Those of the load balancer controller. */
export async function loadBalancers({ elb: client }: Clients, where: Where): Promise<LeftOver[]> {
  const all: Described[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    for (const { LoadBalancerArn: id = "", LoadBalancerName: name = "", VpcId: vpcId } of LoadBalancers)
      all.push({ kind: "load balancer", id, name, vpcId });
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client }, {}))
    for (const { TargetGroupArn: id = "", TargetGroupName: name = "" } of TargetGroups) all.push({ kind: "target group", id, name });
  return judged(all, where, async (ResourceArns) => {
    const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns }));
    return TagDescriptions.map(({ ResourceArn = "", Tags: list }) => [ResourceArn, tagsOf(list)]);
  });
}

/** Those that Kubernetes itself makes for Services where the controller is not installed. They have a name and no ARN. */
export async function classicLoadBalancers({ classic: client }: Clients, where: Where): Promise<LeftOver[]> {
  const all: Described[] = [];
  for await (const { LoadBalancerDescriptions = [] } of paginateClassic({ client }, {}))
    for (const { LoadBalancerName: id = "", VPCId: vpcId } of LoadBalancerDescriptions)
      all.push({ kind: "classic load balancer", id, name: id, vpcId });
  return judged(all, where, async (LoadBalancerNames) => {
    const { TagDescriptions = [] } = await client.send(new ClassicTagsCommand({ LoadBalancerNames }));
    return TagDescriptions.map(({ LoadBalancerName = "", Tags: list }) => [LoadBalancerName, tagsOf(list)]);
  });
}

/** Both APIs take this many at once. */
const batch = 20;

async function judged(
  all: readonly Described[],
  { cluster, vpcId }: Where,
  ask: (ids: string[]) => Promise<(readonly [string, Tags])[]>,
): Promise<LeftOver[]> {
  const tags = new Map<string, Tags>();
  for (let at = 0; at < all.length; at += batch) {
    for (const [id, own] of await ask(all.slice(at, at + batch).map(({ id }) => id))) tags.set(id, own);
  }
  return all.flatMap(({ kind, id, name, vpcId: own }): LeftOver[] => {
    const of = tags.get(id) ?? {};
    if (isOf(cluster, of)) return [{ kind, id, name, madeFor: madeFor(of), data: false }];
    if (vpcId === undefined || own !== vpcId) return [];
    return [{ kind, id, name, madeFor: madeFor(of), data: false, foreign: "no controller of this cluster made it" }];
  });
}
