/**
 * What EKS's access policies allow, as rules of our own ClusterRoles: close to Kubernetes' admin, edit and view, but not the same (no
 * custom resources by aggregation, for example). Source: EKS user guide, "Review access policy permissions"; each row is a row there.
 */

export interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

const read = ["get", "list", "watch"];
const write = ["create", "delete", "deletecollection", "patch", "update"];

/** Space separated resources. */
function rule(apiGroup: string, resources: string, verbs: readonly string[]): Rule {
  return { apiGroups: [apiGroup], resources: resources.split(" "), verbs };
}

const view: readonly Rule[] = [
  rule("apps", "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status", read),
  rule("apps", "replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status", read),
  rule("autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status", read),
  rule("batch", "cronjobs cronjobs/status jobs jobs/status", read),
  rule("discovery.k8s.io", "endpointslices", read),
  rule("extensions", "daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status", read),
  rule("extensions", "networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale", read),
  rule("networking.k8s.io", "ingresses ingresses/status networkpolicies", read),
  rule("policy", "poddisruptionbudgets poddisruptionbudgets/status", read),
  rule("", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods", read),
  rule("", "replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status", read),
  rule("", "bindings events limitranges namespaces/status pods/log pods/status", read),
  rule("", "replicationcontrollers/status resourcequotas resourcequotas/status", read),
  rule("", "namespaces", read),
];

const edit: readonly Rule[] = [
  ...view,
  rule("apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale", write),
  rule("apps", "statefulsets statefulsets/scale", write),
  rule("autoscaling", "horizontalpodautoscalers", write),
  rule("batch", "cronjobs jobs", write),
  rule("extensions", "daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies", write),
  rule("extensions", "replicasets replicasets/scale replicationcontrollers/scale", write),
  rule("networking.k8s.io", "ingresses networkpolicies", write),
  rule("policy", "poddisruptionbudgets", write),
  rule("", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy", read),
  rule("", "pods pods/attach pods/exec pods/portforward pods/proxy", write),
  rule("", "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale", write),
  rule("", "secrets serviceaccounts services services/proxy", write),
  rule("", "serviceaccounts", ["impersonate"]),
];

const admin: readonly Rule[] = [
  ...edit,
  rule("authorization.k8s.io", "localsubjectaccessreviews", ["create"]),
  rule("rbac.authorization.k8s.io", "rolebindings roles", [...write, ...read]),
];

/** By the policy's name, which ends its ARN: arn:aws:eks::aws:cluster-access-policy/<name>. */
export const accessPolicies: Readonly<Record<string, readonly Rule[]>> = {
  AmazonEKSClusterAdminPolicy: [rule("*", "*", ["*"]), { nonResourceURLs: ["*"], verbs: ["*"] }],
  AmazonEKSAdminPolicy: admin,
  AmazonEKSEditPolicy: edit,
  AmazonEKSViewPolicy: view,
  // Everything, Secrets included.
  AmazonEKSAdminViewPolicy: [rule("*", "*", read)],
  AmazonEKSSecretReaderPolicy: [rule("", "secrets", read)],
};

/** "AmazonEKSViewPolicy" of its ARN. */
export function policyName(policyArn: string): string {
  return policyArn.slice(policyArn.lastIndexOf("/") + 1);
}
