/** Who has the rights of rights.ts, per namespace of a team. */
import type { CustomResource } from "../addons/addon.ts";
import { clusterRoleOf, groupOf, kinds, labelsOf } from "./names.ts";

const apiGroup = "rbac.authorization.k8s.io";

/** A binding per kind of people, also where a team has none of them yet: whoever joins needs an access entry, and nothing here changes. */
export function roleBindings(team: string, namespace: string, project: string): CustomResource[] {
  return kinds.map((kind) => ({
    apiVersion: `${apiGroup}/v1`,
    kind: "RoleBinding",
    metadata: { name: `team-${kind}`, namespace, labels: labelsOf(team, project) },
    roleRef: { apiGroup, kind: "ClusterRole", name: clusterRoleOf(kind, project) },
    subjects: [{ apiGroup, kind: "Group", name: groupOf(team, kind) }],
  }));
}
