/** Whose IAM role is in which Kubernetes groups. EKS has one entry per role, so a role that is in several teams has one with all groups. */
import type { TenancyConfig } from "../../environments/schema.ts";
import { groupOf, kinds } from "./names.ts";

/** Groups, sorted, by the name of the role, sorted. */
export function groupsByRole(teams: TenancyConfig["teams"]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [team, { roles }] of Object.entries(teams)) {
    for (const kind of kinds) {
      for (const role of roles[kind]) groups.set(role, [...(groups.get(role) ?? []), groupOf(team, kind)]);
    }
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([role, names]) => [role, names.sort()]));
}

/** The first role of each kind of people, by `<team>-<kind>`: to act as one of them. */
export function firstRoles(teams: TenancyConfig["teams"]): Readonly<Record<string, string>> {
  const all = Object.entries(teams).flatMap(([team, { roles }]) =>
    kinds.flatMap((kind) => (roles[kind][0] === undefined ? [] : [[`${team}-${kind}`, roles[kind][0]] as const])),
  );
  return Object.fromEntries(all);
}
