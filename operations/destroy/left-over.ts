/**
 * What controllers made in AWS by themselves, which no state knows and no destroy removes: it keeps a VPC from going, or costs money for good.
 * Pure: who made a thing is read from its tags. Sources of the tags: AWS Load Balancer Controller ("Resource tags"), EBS CSI driver
 * (docs/tagging.md; `--k8s-tag-cluster-id`), Amazon VPC CNI (eniconfig), Karpenter (NodePools, "Tags"), Kubernetes cloud provider.
 */

export const kinds = [
  ...["classic load balancer", "load balancer", "target group", "instance", "network interface"],
  ...["security group", "volume", "snapshot", "DNS record"],
] as const;
export type Kind = (typeof kinds)[number];

export interface LeftOver {
  readonly kind: Kind;
  /** Id or ARN. */
  readonly id: string;
  readonly name: string;
  /** What it was made for, for example "Service shop/web" or "claim shop/data"; empty where no tag says so. */
  readonly madeFor: string;
  /** Deleting it loses data. */
  readonly data: boolean;
  /** Absent: a controller of this cluster made it, by its tags. Otherwise why it is not ours to delete. */
  readonly foreign?: string;
}

export type Tags = Readonly<Record<string, string | undefined>>;

/** Of AWS's own form. */
export function tagsOf(list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Whether tags say that a controller of this cluster made it. EKS's own group is not: that goes with the cluster. */
export function isOf(cluster: string, tags: Tags): boolean {
  if (tags["aws:eks:cluster-name"] !== undefined) return false;
  return (
    tags["elbv2.k8s.aws/cluster"] === cluster ||
    tags[`kubernetes.io/cluster/${cluster}`] === "owned" ||
    tags["cluster.k8s.amazonaws.com/name"] === cluster ||
    (tags["eks:eks-cluster-name"] === cluster && tags["karpenter.sh/nodepool"] !== undefined) ||
    (tags.KubernetesCluster === cluster && tags["ebs.csi.aws.com/cluster"] === "true")
  );
}

/** Instances are a controller's only where Karpenter made them: those of node groups go with their group. */
export function isKarpenters(cluster: string, tags: Tags): boolean {
  return tags["karpenter.sh/nodepool"] !== undefined && isOf(cluster, tags);
}

/** What in Kubernetes it was made for. */
export function madeFor(tags: Tags): string {
  const {
    "service.k8s.aws/stack": service,
    "ingress.k8s.aws/stack": ingress,
    "gateway.k8s.aws/stack": gateway,
    "karpenter.sh/nodepool": pool,
  } = tags;
  if (service !== undefined) return `Service ${service}`;
  if (ingress !== undefined) return ingress.includes("/") ? `Ingress ${ingress}` : `Ingresses of the group ${ingress}`;
  if (gateway !== undefined) return `Gateway ${gateway}`;
  const [namespace, claim] = [tags["kubernetes.io/created-for/pvc/namespace"], tags["kubernetes.io/created-for/pvc/name"]];
  if (claim !== undefined) return `claim ${namespace ?? "?"}/${claim}`;
  if (tags["kubernetes.io/service-name"] !== undefined) return `Service ${tags["kubernetes.io/service-name"]}`;
  return pool === undefined ? "" : `node pool ${pool}`;
}

/** When what is removed, by the stack that is destroyed. A controller that still runs would make it again; a volume in use cannot go. */
export interface Moments {
  readonly before: readonly Kind[];
  readonly after: readonly Kind[];
}

const moments: Readonly<Record<string, Moments>> = {
  // The load balancer controller and external-dns run until they are uninstalled. Claims of applications stay: the cluster still has them.
  addons: { before: [], after: ["load balancer", "target group", "security group", "DNS record"] },
  // Its add-ons are gone by then. What Kubernetes itself made, it would make again; volumes are attached to its nodes until those are gone, too.
  cluster: {
    before: ["load balancer", "target group", "instance", "DNS record"],
    after: ["classic load balancer", "network interface", "security group", "volume"],
  },
  network: { before: kinds.filter((kind) => kind !== "snapshot"), after: [] },
};

/** When one goes; undefined: it stays, whatever is answered. A snapshot always does: it may be the last copy of its data. */
export function momentOf({ before, after }: Moments, { kind, foreign }: LeftOver): keyof Moments | undefined {
  if (foreign !== undefined) return undefined;
  return before.includes(kind) ? "before" : after.includes(kind) ? "after" : undefined;
}

/** Undefined: controllers leave nothing that belongs to this stack. */
export function momentsOf(stack: string): Moments | undefined {
  return moments[stack];
}

/** In the order in which they can go: what uses another thing first. */
export function inOrder(found: readonly LeftOver[]): LeftOver[] {
  return kinds.flatMap((kind) => found.filter((one) => one.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1)));
}

/** How Kubernetes removes it itself, which is better: the controller knows what else belongs to it. */
export function betterWay(environment: string, found: readonly LeftOver[]): string[] {
  const has = (...wanted: readonly Kind[]) => found.some(({ kind }) => wanted.includes(kind));
  const kubectl = `kubectl --context ${environment}`;
  return [
    ...(has("classic load balancer", "load balancer", "target group", "security group", "DNS record")
      ? [
          `${kubectl} delete ingress --all --all-namespaces`,
          `${kubectl} get service --all-namespaces | grep LoadBalancer   then delete these`,
        ]
      : []),
    ...(has("instance") ? [`${kubectl} delete nodepools --all`] : []),
    ...(has("volume")
      ? [`${kubectl} get persistentvolumeclaims --all-namespaces   then delete what nobody needs; their data is lost`]
      : []),
  ];
}
