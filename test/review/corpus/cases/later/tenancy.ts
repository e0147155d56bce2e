/** Teams: their namespaces, quotas, policies, roles, entries and budgets. */
import { type Attributes, add, at, type Case, remove, set, value, values, within } from "../../case.ts";

const team = "helm_release.team_billing_objects";
const roles = "helm_release.rights_roles";
const object = (key: string, path: readonly string[], wanted: unknown) => value(team, ["resources", key, ...path], wanted);
const spec = (key: string, path: readonly string[], wanted: unknown) => object(key, ["spec", ...path], wanted);
const quota = (wanted: Attributes) =>
  values(team, (tree) => void Object.assign(within(tree, ["resources", "ResourceQuota/billing/team", "spec", "hard"]), wanted));
const helm = ["helm-"];

export const tenancy: readonly Case[] = [
  { id: "team-without-quota", base: "tenancy", finds: helm, at: team, change: object("ResourceQuota/billing/team", [], undefined) },
  { id: "team-may-expose", base: "tenancy", finds: helm, at: team, change: quota({ "services.loadbalancers": "5" }) },
  {
    id: "team-without-default-deny",
    base: "tenancy",
    finds: helm,
    at: team,
    change: object("NetworkPolicy/billing/default-deny", [], undefined),
  },
  {
    id: "team-reached-by-everybody",
    base: "tenancy",
    finds: helm,
    at: team,
    change: spec("NetworkPolicy/billing/allow-from-team-shop", ["ingress"], [{}]),
  },
  {
    id: "team-reaches-metadata",
    base: "tenancy",
    finds: helm,
    at: team,
    change: spec("NetworkPolicy/billing/allow-outbound-https", ["egress"], [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }]),
  },
  {
    id: "developers-read-secrets",
    base: "tenancy",
    finds: helm,
    at: roles,
    change: values(roles, (tree) => {
      const role = within(tree, ["resources", "ClusterRole/mainline:team-developer"]);
      (role.rules as Attributes[]).push({ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] });
    }),
  },
  {
    id: "developers-do-everything-in-a-group",
    base: "tenancy",
    finds: helm,
    at: roles,
    change: values(roles, (tree) => {
      const role = within(tree, ["resources", "ClusterRole/mainline:team-developer"]);
      const rules = role.rules as { apiGroups: string[]; verbs: string[] }[];
      for (const rule of rules) if (rule.apiGroups.includes("rbac.authorization.k8s.io")) rule.verbs = ["*"];
    }),
  },
  {
    id: "developers-are-administrators",
    base: "tenancy",
    finds: helm,
    at: team,
    change: object("RoleBinding/billing/team-developer", ["roleRef", "name"], "cluster-admin"),
  },
  {
    id: "everybody-is-devops",
    base: "tenancy",
    finds: helm,
    at: team,
    change: object(
      "RoleBinding/billing/team-devops",
      ["subjects"],
      [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:authenticated" }],
    ),
  },
  {
    id: "team-deploys-anywhere",
    base: "tenancy",
    finds: helm,
    at: team,
    change: spec("AppProject/argocd/billing", ["destinations"], [{ server: "https://kubernetes.default.svc", namespace: "*" }]),
  },
  { id: "team-objects-gone", base: "tenancy", finds: ["destroy", "helm-"], at: team, change: remove(team) },
  {
    id: "team-namespace-gone",
    base: "tenancy",
    finds: ["destroy"],
    at: "namespace-shop-jobs",
    change: remove("kubernetes_namespace_v1.team_shop_namespace-shop-jobs"),
  },
  {
    id: "team-privileged",
    base: "tenancy",
    finds: ["kubernetes-pod-security-"],
    at: "namespace-billing",
    change: (draft) => {
      const metadata = at(draft, "kubernetes_namespace_v1.team_billing_namespace-billing").metadata as { labels: Attributes };
      delete metadata.labels["pod-security.kubernetes.io/enforce"];
    },
  },
  {
    id: "developer-in-group-of-another-team",
    base: "tenancy",
    finds: ["eks-access-entry"],
    at: "access_billing-developer",
    change: set("aws_eks_access_entry.access_billing-developer", { kubernetes_groups: ["team:billing:developer", "team:shop:devops"] }),
  },
  {
    id: "masters",
    base: "tenancy",
    finds: ["eks-access-entry"],
    at: "access_quality",
    change: set("aws_eks_access_entry.access_quality", { kubernetes_groups: ["system:masters"] }),
  },
  { id: "budget-gone", base: "tenancy", finds: ["destroy"], at: "budget", change: remove("aws_budgets_budget.team_billing_budget") },

  // Harmless: what teams ask for every week.
  { id: "quota-raised", base: "tenancy", finds: [], change: quota({ "requests.cpu": "12000m", "requests.memory": "48Gi" }) },
  { id: "budget-raised", base: "tenancy", finds: [], change: set("aws_budgets_budget.team_billing_budget", { limit_amount: "900" }) },
  { id: "team-reaches-less", base: "tenancy", finds: [], change: object("NetworkPolicy/billing/allow-outbound-database", [], undefined) },
  {
    id: "team-owned-by-others",
    base: "tenancy",
    finds: [],
    change: (draft) => {
      const metadata = at(draft, "kubernetes_namespace_v1.team_billing_namespace-billing").metadata as { annotations: Attributes };
      metadata.annotations.owner = "payments@example.com";
    },
  },
  {
    id: "team-namespace-added",
    base: "tenancy",
    finds: [],
    change: (draft) => {
      const like = structuredClone(at(draft, "kubernetes_namespace_v1.team_billing_namespace-billing"));
      (like.metadata as Attributes).name = "billing-jobs";
      add("kubernetes_namespace_v1.team_billing_namespace-billing-jobs", like)(draft);
    },
  },
  {
    id: "containers-larger",
    base: "tenancy",
    finds: [],
    change: spec("LimitRange/billing/team", ["limits", "0", "max", "memory"], "4096Mi"),
  },
];
