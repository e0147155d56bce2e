/**
 * What add-ons need of the cluster and of each other, so that it is told before anything is synthesized. That one is missing, or excludes
 * another in any case, is said by the catalogue itself (modules/addons/order.ts).
 */
import type { Problem } from "../problem.ts";
import type { AddonId } from "../schema/addons.ts";
import type { Environment } from "../schema.ts";
import type { Check } from "./check.ts";

/** Karpenter's nodes need a role, an instance profile and an access entry, which the cluster stack makes. */
export const karpenterNodes: Check = ({ addons, cluster }) => {
  if (addons.karpenter === undefined || cluster?.karpenter === true) return [];
  return [{ path: "addons.karpenter", wrong: "has no role for its nodes", remedy: "Set cluster.karpenter to true, or take karpenter out" }];
};

/** Source: EKS user guide, "AWS Fargate considerations": no EBS volumes; the snapshot controller comes with nodes only. */
export const snapshotsNeedNodes: Check = ({ addons, cluster }) => {
  if (!addons["storage-classes"]?.snapshots || !cluster) return [];
  if (Object.keys({ ...cluster.nodes, ...cluster.selfManagedNodes }).length > 0) return [];
  const wrong = "is true, but on Fargate alone there are no EBS volumes";
  return [{ path: "addons.storage-classes.snapshots", wrong, remedy: "Set it to false" }];
};

/** A shipper without a sink keeps every line on its node until the disk's share is full. */
export const logsGoSomewhere: Check = ({ addons }) => {
  const { efk, "fluent-bit": shipper } = addons;
  if (!shipper || shipper.opensearch || efk) return [];
  const remedy = "Add `efk` (with `eck-operator` and `storage-classes`) to addons, or name a domain in `opensearch`";
  return [{ path: "addons.fluent-bit", wrong: "has nowhere to ship logs to", remedy }];
};

/** A user that Elasticsearch does not know is refused for every line. */
export const shippersAreUsers: Check = ({ addons }) => {
  const { efk } = addons;
  if (!efk) return [];
  return (["fluent-bit", "fluentd"] as const).flatMap((id): Problem[] => {
    const shipper = addons[id];
    const unused = shipper && "opensearch" in shipper && shipper.opensearch !== undefined;
    if (shipper?.user === undefined || unused || efk.users.includes(shipper.user)) return [];
    const remedy = "Add it to addons.efk.users, or drop it to ship as the operator's own user";
    return [{ path: `addons.${id}.user`, found: shipper.user, wrong: "is no user of Elasticsearch", remedy }];
  });
};

/** Grafana does not start while a secret that it mounts is missing, and the CA of the operator is one. */
export const grafanaReadsLogs: Check = ({ addons }) => {
  const url = addons["kube-prometheus-stack"]?.grafana.logs?.url;
  if (url === undefined || addons.efk || !new URL(url).hostname.endsWith(".logging.svc")) return [];
  const remedy = "Add `efk` to addons, or set `url` to another Elasticsearch";
  return [
    { path: "addons.kube-prometheus-stack.grafana.logs", found: url, wrong: "is the Elasticsearch of efk, which is not chosen", remedy },
  ];
};

/** Every place that makes an Ingress, and the class that must serve it; absent: none is made. */
function ingressesOf({ addons }: Environment): readonly { readonly path: string; readonly found: string; readonly outside: boolean }[] {
  const inside = (id: AddonId, host: string | undefined, path = "host") =>
    host === undefined ? [] : [{ path: `addons.${id}.${path}`, found: host, outside: false }];
  const outside = (id: AddonId, webhook: { readonly host?: string; readonly ingressClass: string } | undefined) =>
    webhook?.host === undefined || webhook.ingressClass !== "alb-public"
      ? []
      : [{ path: `addons.${id}.webhook`, found: webhook.host, outside: true }];
  return [
    ...inside("argo-cd", addons["argo-cd"]?.host),
    ...inside("argo-workflows", addons["argo-workflows"]?.host),
    ...inside("atlantis", addons.atlantis?.host),
    ...inside("efk", addons.efk?.host),
    ...inside("jenkins", addons.jenkins?.host),
    ...inside("kube-prometheus-stack", addons["kube-prometheus-stack"]?.grafana.host, "grafana.host"),
    ...outside("argo-cd", addons["argo-cd"]?.webhook),
    ...outside("atlantis", addons.atlantis?.webhook),
    ...outside("jenkins", addons.jenkins?.webhook),
  ];
}

/** An Ingress that no controller serves has no address, and nobody says so. */
export const ingressesAreServed: Check = (environment) => {
  const controller = environment.addons["aws-load-balancer-controller"];
  return ingressesOf(environment).flatMap(({ path, found, outside }): Problem[] => {
    if (!controller) return [{ path, found, wrong: "has no load balancer", remedy: "Add `aws-load-balancer-controller` to addons" }];
    if (!outside || controller.public) return [];
    const remedy = "Set addons.aws-load-balancer-controller.public to true, or name another `ingressClass`";
    return [{ path, found, wrong: "is of the class alb-public, which is not made", remedy }];
  });
};

/** One load balancer has one scheme: user interfaces of add-ons are internal, so the others of the group cannot be anything else. */
export const oneSchemePerGroup: Check = ({ addons }) => {
  const { scheme, group } = addons["aws-load-balancer-controller"] ?? {};
  if (scheme !== "internet-facing" || group === undefined) return [];
  const wrong = "puts internal user interfaces of add-ons and internet-facing Ingresses on one load balancer";
  const remedy = "Leave `scheme` internal and set `public` to true: services that are public name the class alb-public";
  return [{ path: "addons.aws-load-balancer-controller.group", found: group, wrong, remedy }];
};

/** Argo Workflows sends people back to its host. */
export const loginsComeBack: Check = ({ addons }) => {
  const { host, sso } = addons["argo-workflows"] ?? {};
  if (!sso || host !== undefined) return [];
  return [{ path: "addons.argo-workflows.sso", wrong: "has no address to come back to", remedy: "Set `host`, or drop `sso`" }];
};

export const runnersInOrder: Check = ({ addons }) => {
  const { min = 0, max = 0 } = addons["gha-runner-scale-set"] ?? {};
  if (min <= max) return [];
  return [{ path: "addons.gha-runner-scale-set.min", found: min, wrong: `is above max ${max}`, remedy: "Lower it, or raise max" }];
};

/** Add-ons of which production runs three that never share a node: two replicas of what decides by majority are no better than one. */
const threefold = ["argo-cd", "efk", "kube-prometheus-stack"] as const;

export const roomForThree: Check = ({ profile, addons, cluster }) => {
  if (profile !== "production" || !cluster) return [];
  const groups = Object.values({ ...cluster.nodes, ...cluster.selfManagedNodes });
  const open = groups.filter(({ taints }) => taints.every(({ effect }) => effect === "PreferNoSchedule"));
  const most = open.reduce((sum, { size }) => sum + size.max, 0);
  if (most >= 3 || cluster.karpenter) return [];
  return threefold
    .filter((id) => addons[id] !== undefined)
    .map((id) => ({
      path: `addons.${id}`,
      wrong: `runs three pods on three nodes in production, but groups without taints have ${most} at most`,
      remedy: "Raise size.max of a node group to 3, or choose the profile development",
    }));
};
