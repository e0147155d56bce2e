/**
 * What people of a team may do in its namespaces, as rules of three ClusterRoles. What limits a team is not the team's to change: nobody
 * here writes quotas, limits, network policies, roles or bindings; they are data of the environment, or come through a reviewed commit.
 */
import type { V1PolicyRule } from "@kubernetes/client-node";
import type { TenancyConfig } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import { clusterRoleOf, type Kind, kinds } from "./names.ts";

const read = ["get", "list", "watch"];
const write = ["create", "delete", "deletecollection", "patch", "update"];

/** Space separated resources. */
function rule(apiGroup: string, resources: string, verbs: readonly string[]): V1PolicyRule {
  return { apiGroups: [apiGroup], resources: resources.split(" "), verbs: [...verbs] };
}

/** Everything that there is in a team's namespace, but Secrets: those of Kubernetes, and objects of add-ons that teams use. */
const look: readonly V1PolicyRule[] = [
  rule("", "configmaps endpoints events limitranges persistentvolumeclaims pods pods/log pods/status", read),
  rule("", "replicationcontrollers resourcequotas serviceaccounts services", read),
  rule("apps", "controllerrevisions daemonsets deployments deployments/scale replicasets statefulsets statefulsets/scale", read),
  rule("autoscaling", "horizontalpodautoscalers", read),
  rule("autoscaling.k8s.io", "verticalpodautoscalers", read),
  rule("batch", "cronjobs jobs", read),
  rule("discovery.k8s.io", "endpointslices", read),
  rule("events.k8s.io", "events", read),
  rule("metrics.k8s.io", "pods", read),
  rule("networking.k8s.io", "ingresses networkpolicies", read),
  rule("policy", "poddisruptionbudgets", read),
  rule("rbac.authorization.k8s.io", "rolebindings roles", read),
  rule("argoproj.io", "analysisruns analysistemplates experiments rollouts workflows", read),
  rule("elbv2.k8s.aws", "targetgroupbindings", read),
  rule("external-secrets.io", "externalsecrets secretstores", read),
  rule("keda.sh", "scaledjobs scaledobjects triggerauthentications", read),
  rule("monitoring.coreos.com", "podmonitors prometheusrules servicemonitors", read),
];

/**
 * Workloads and what belongs to them, by hand. No DaemonSets, which run on everybody's nodes; no ExternalSecrets, which could name another
 * team's secret; no target group bindings, which could take another team's traffic.
 */
const change: readonly V1PolicyRule[] = [
  rule("", "configmaps persistentvolumeclaims pods serviceaccounts services", write),
  rule("", "pods/attach pods/exec pods/portforward", ["create", "get"]),
  rule("", "pods/ephemeralcontainers", ["patch", "update"]),
  rule("", "pods/eviction", ["create"]),
  rule("apps", "deployments deployments/scale statefulsets statefulsets/scale", write),
  // A ReplicaSet that is left over may go; its Deployment makes new ones.
  rule("apps", "replicasets", ["delete"]),
  rule("autoscaling", "horizontalpodautoscalers", write),
  rule("batch", "cronjobs jobs", write),
  rule("networking.k8s.io", "ingresses", write),
  rule("policy", "poddisruptionbudgets", write),
  rule("argoproj.io", "analysisruns analysistemplates experiments rollouts rollouts/status workflows", write),
  rule("keda.sh", "scaledjobs scaledobjects", write),
  rule("monitoring.coreos.com", "podmonitors prometheusrules servicemonitors", write),
];

/** Rules of a kind of people. */
export function rulesOf(kind: Kind, developer: TenancyConfig["developer"]): readonly V1PolicyRule[] {
  if (kind === "sqa") return look;
  if (kind === "devops") return [...look, ...change, rule("", "secrets", [...read, ...write])];
  return [...look, ...(developer.changes ? change : []), ...(developer.secrets ? [rule("", "secrets", read)] : [])];
}

/** The ClusterRoles of all kinds, once per cluster. */
export function clusterRoles(developer: TenancyConfig["developer"], project: string): CustomResource[] {
  return kinds.map((kind) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: clusterRoleOf(kind, project), labels: { "app.kubernetes.io/part-of": project } },
    rules: rulesOf(kind, developer),
  }));
}
