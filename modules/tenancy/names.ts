/** Names that the parts of a team find each other by. */

/** Kinds of people in a team, those with the most rights first. */
export const kinds = ["devops", "developer", "sqa"] as const;
export type Kind = (typeof kinds)[number];

/** Kubernetes group of one kind of people of a team; access entries put roles into it, bindings give it rights. */
export function groupOf(team: string, kind: Kind): string {
  return `team:${team}:${kind}`;
}

/** ClusterRole of a kind, the same for all teams; it is bound in namespaces only. */
export function clusterRoleOf(kind: Kind, project: string): string {
  return `${project}:team-${kind}`;
}

/** Helm's records of the teams' objects lie here: in a namespace of the team itself, its people could delete them. */
export const recordsNamespace = "tenancy";

/** On all objects of a team. `team` is the key by which costs are told apart, in AWS and in the cluster. */
export function labelsOf(team: string, project: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/part-of": project, team };
}
