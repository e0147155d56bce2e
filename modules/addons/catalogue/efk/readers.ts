/** Lets Grafana's namespace read the CA of Elasticsearch, and nothing else of `logging`. The account may come later, or never. */
import type { CustomResource } from "../../addon.ts";
import { elasticsearchCa, logsReader } from "./names.ts";

const name = "elasticsearch-ca-reader";
const rbac = "rbac.authorization.k8s.io";

export const caReaders: readonly CustomResource[] = [
  {
    apiVersion: `${rbac}/v1`,
    kind: "Role",
    metadata: { name },
    rules: [
      { apiGroups: [""], resources: ["secrets"], resourceNames: [elasticsearchCa], verbs: ["get"] },
      // By it the store finds out whether it may.
      { apiGroups: ["authorization.k8s.io"], resources: ["selfsubjectrulesreviews"], verbs: ["create"] },
    ],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name: logsReader.serviceAccount, namespace: logsReader.namespace }],
  },
];
