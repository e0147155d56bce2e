/** The control plane: who reaches it, how it asks who somebody is, what it writes down. */

import type { Detector, Finding, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { addressLines, cidrSet, minus } from "../network/addresses.ts";
import { reachOf } from "../network/known-addresses.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { changes, goes, type Switch, switched, turnsOff, turnsOn } from "../reading/switches.ts";
import { isUnknownAt, textsOf, valueAt } from "../reading/values.ts";

const cluster = ["aws_eks_cluster"];

const endpoint: Omit<Kind, "danger"> = {
  rule: "eks-endpoint-opened",
  because: 'Whoever reaches the API server can try stolen tokens and unknown holes on it (EKS guide, "Cluster API server endpoint")',
  remedy: "keep it private, or name the addresses of offices in cluster.endpoint.publicFrom",
};
const inside: Kind = {
  rule: "eks-endpoint-private-off",
  danger: "caution",
  because: "Nodes then reach the control plane through the internet",
};
const authentication: Kind = {
  rule: "eks-authentication-mode",
  danger: "caution",
  because:
    'It decides whether access entries or the aws-auth ConfigMap say who gets in; there is no way back to the ConfigMap (EKS guide, "Access entries")',
};
const creator: Kind = {
  rule: "eks-creator-admin",
  danger: "caution",
  because: "Whoever runs the apply becomes administrator of the cluster, without an access entry that anybody reviewed",
};
const secrets: Kind = {
  rule: "eks-secrets-encryption",
  danger: "danger",
  because: "Secrets lie in etcd under a key that is not ours; EKS cannot take encryption off a running cluster, so it is replaced",
};
const extended: Kind = {
  rule: "eks-extended-support",
  danger: "caution",
  because: "After standard support the control plane costs 0.60 instead of 0.10 USD per hour, and EKS does not upgrade it by itself",
};

const rows: readonly Switch[] = [
  {
    types: cluster,
    path: ["vpc_config", "endpoint_private_access"],
    tells: turnsOff,
    onCreate: true,
    kind: inside,
    what: "has no private endpoint",
  },
  {
    types: cluster,
    path: ["access_config", "authentication_mode"],
    tells: changes,
    onCreate: false,
    kind: authentication,
    what: "asks otherwise who somebody is",
  },
  {
    types: cluster,
    path: ["access_config", "bootstrap_cluster_creator_admin_permissions"],
    tells: turnsOn,
    onCreate: true,
    kind: creator,
    what: "makes its creator administrator",
  },
  {
    types: cluster,
    path: ["encryption_config"],
    tells: goes,
    onCreate: false,
    kind: secrets,
    what: "its secrets are no longer encrypted with our key",
  },
  {
    types: cluster,
    path: ["upgrade_policy", "support_type"],
    tells: (after, before) => after === "EXTENDED" && before !== "EXTENDED",
    onCreate: true,
    kind: extended,
    what: "slides into extended support",
  },
];

export const eksCluster: Detector = (plan) => [
  ...switched(plan, rows),
  ...settings(plan)
    .filter(({ type }) => type === "aws_eks_cluster")
    .flatMap((change) => [...reached(plan, change), ...logs(plan, change)]),
];

const block = "vpc_config";

/** Addresses that reach the public endpoint; EKS takes everybody where none are named. */
function sources(values: JsonObject | null): ReturnType<typeof cidrSet> {
  if (values === null || valueAt(values, [block, "endpoint_public_access"]) === false) return [];
  const named = textsOf(valueAt(values, [block, "public_access_cidrs"]));
  return cidrSet(named.length > 0 ? named : ["0.0.0.0/0"]);
}

function reached(plan: StackPlan, change: ResourceChange): readonly Finding[] {
  const { address, before, after, action } = change;
  const isOpen = valueAt(after ?? {}, [block, "endpoint_public_access"]) === true;
  // EKS fills the list in where it is not given; of an open endpoint somebody gives it.
  if (isUnknownAt(change, [block, "public_access_cidrs"]) && isOpen && action !== "create") {
    return [findingOn(plan, address, { ...endpoint, danger: "caution" }, "who reaches the API server is known only after apply")];
  }
  const fresh = minus(sources(after), sources(before));
  if (fresh.length === 0) return [];
  const isWorld = reachOf(fresh) === "world";
  const danger = isWorld ? "danger" : action === "create" ? "info" : "caution";
  return [
    findingOn(
      plan,
      address,
      { ...endpoint, danger },
      `the API server can be reached by ${isWorld ? "everybody" : "more addresses"}`,
      addressLines(fresh),
    ),
  ];
}

const quiet: Kind = {
  rule: "eks-logging-off",
  danger: "caution",
  because: "Without audit and authenticator logs nobody can say afterwards who did what (FSBP EKS.8)",
};

function logs(plan: StackPlan, { address, before, after, action }: ResourceChange): readonly Finding[] {
  if (action === "create") return [];
  const kept = textsOf(after?.enabled_cluster_log_types);
  const lost = textsOf(before?.enabled_cluster_log_types).filter((log) => !kept.includes(log));
  return lost.length === 0 ? [] : [findingOn(plan, address, quiet, `writes fewer logs: ${lost.join(", ")}`)];
}
