/** Settings of objects in the platform's chart of objects: what Karpenter, Argo CD and quotas act on. Sources: their API references. */
import { isList } from "../../plan/json.ts";
import { to, type ValueRisk } from "./risk.ts";

export const objectRisks: readonly ValueRisk[] = [
  {
    rule: "helm-guard-off",
    path: /^resources\.NodePool\/.*\.budgets\.\d+\.nodes$/,
    tells: to("100%"),
    danger: "caution",
    what: "all nodes of a pool may be exchanged at once",
    because: "Pods have nowhere to go while every node of theirs is exchanged",
  },
  {
    rule: "eks-imds",
    path: /\.metadataOptions\.httpTokens$/,
    tells: to("optional"),
    danger: "danger",
    onCreate: "danger",
    what: "nodes answer metadata requests without a token",
    because: "A pod can borrow the node's role from the metadata service (FSBP EC2.8)",
  },
  {
    rule: "helm-guard-off",
    path: /^resources\.ResourceQuota\/.*\.hard\./,
    tells: (after, before) => String(before) === "0" && after !== null && String(after) !== "0",
    danger: "caution",
    what: "a quota allows what it forbade",
    because: "A zero is a decision: no load balancers, no ports of nodes, no machines with GPUs",
  },
  {
    rule: "helm-rights",
    path: /^resources\.AppProject\/.*\.(clusterResourceWhitelist|namespaceResourceWhitelist|destinations|sourceRepos|sourceNamespaces)\./,
    tells: (after, before) => after !== before && typeof after === "string" && /^\*$|\/\*\*?$|^https:\/\/\*/.test(after),
    danger: "caution",
    what: "a project may deploy more, or to more places",
    because: "What Argo CD may do for a project, everybody may who writes to its repositories",
  },
  {
    rule: "helm-rights",
    path: /^resources\.AppProject\/.*Blacklist\./,
    tells: (after, before) => after === null && before !== null,
    danger: "caution",
    what: "a project may deploy what it was denied",
    because: "Quotas, limits and rights of a namespace are the platform's: whoever may deploy them may lift them",
  },
  {
    rule: "helm-source-changed",
    path: /^resources\.Application(Set)?\/.*\.(repoURL|targetRevision|chart|path)$/,
    tells: (after, before) => before !== null && after !== null && !isList(after) && after !== before,
    danger: "caution",
    what: "an application is made from elsewhere",
    because: "Who may write there decides what runs in the cluster, and what is no longer there is pruned",
  },
];
