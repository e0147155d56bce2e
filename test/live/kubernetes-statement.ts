/**
 * The project's own statement of who may do what in a cluster: the access entries of environments/dev.ts, and one for each access policy
 * and kind of scope that it does not use.
 */
import { loadEnvironments } from "../../environments/index.ts";
import { accessPolicyArn } from "../../modules/cluster/access-policy.ts";
import type { AccessEntry } from "../../rehearsal/eks/data-plane.ts";
import { roleEntry } from "./kubernetes-setup.ts";

const others: readonly AccessEntry[] = [
  roleEntry("builder", "AmazonEKSEditPolicy", ["apps"]),
  roleEntry("lead", "AmazonEKSAdminPolicy", ["team-*"]),
  roleEntry("auditor", "AmazonEKSAdminViewPolicy", "cluster"),
  roleEntry("tester", undefined, "cluster", ["testers"]),
];

export function statedEntries(): AccessEntry[] {
  const dev = loadEnvironments().find(({ name }) => name === "dev");
  const own = Object.values(dev?.cluster?.access ?? {}).map(
    ({ role, policy, namespaces, groups }): AccessEntry => ({
      principalArn: role,
      type: "STANDARD",
      username: `arn:aws:sts::111122223333:assumed-role/${role.split("/").at(-1)}/{{SessionName}}`,
      groups,
      policies: [{ policyArn: accessPolicyArn(policy), namespaces: namespaces.length > 0 ? namespaces : "cluster" }],
    }),
  );
  return [...own, ...others];
}

export const roles = ["devops", "developer", "sqa", "builder", "lead", "auditor", "tester"] as const;

/**
 * Who may do what; the order of the marks is that of `roles`. "+" may, "." may not. "-" as namespace: not in any.
 * devops: everything. developer, sqa: look everywhere, but at no Secret; what they may change is the matter of teams (tenancy-statement.ts).
 * builder: works in apps, sees nothing else. lead: runs the team-* namespaces with their RBAC. auditor: reads everything, Secrets included.
 * tester: what its group is bound to.
 */
const statement = `
verb      resource                                      namespace     devops developer sqa builder lead auditor tester
get       pods                                          apps          +      +         +   +       .    +       +
get       pods                                          kube-system   +      +         +   .       .    +       .
get       pods                                          team-red      +      +         +   .       +    +       .
create    pods                                          apps          +      .         .   +       .    .       .
create    pods/exec                                     apps          +      .         .   +       .    .       .
create    pods/exec                                     kube-system   +      .         .   .       .    .       .
get       pods/log                                      apps          +      +         +   +       .    +       +
patch     deployments.apps                              apps          +      .         .   +       .    .       .
patch     deployments.apps                              team-red      +      .         .   .       +    .       .
delete    deployments.apps                              kube-system   +      .         .   .       .    .       .
list      deployments.apps                              -             +      +         +   .       .    +       .
get       secrets                                       apps          +      .         .   +       .    +       .
get       secrets                                       kube-system   +      .         .   .       .    +       .
update    configmaps                                    apps          +      .         .   +       .    .       .
create    rolebindings.rbac.authorization.k8s.io        apps          +      .         .   .       .    .       .
create    rolebindings.rbac.authorization.k8s.io        team-red      +      .         .   .       +    .       .
create    clusterrolebindings.rbac.authorization.k8s.io -             +      .         .   .       .    .       .
create    ingresses.networking.k8s.io                   apps          +      .         .   +       .    .       .
create    networkpolicies.networking.k8s.io             apps          +      .         .   +       .    .       .
create    namespaces                                    -             +      .         .   .       .    .       .
list      namespaces                                    -             +      +         +   .       .    +       .
get       nodes                                         -             +      .         .   .       .    +       .
delete    nodes                                         -             +      .         .   .       .    .       .
get       resourcequotas                                apps          +      +         +   +       .    +       +
update    resourcequotas                                apps          +      .         .   .       .    .       .
get       customresourcedefinitions.apiextensions.k8s.io -            +      .         .   .       .    +       .
impersonate users                                       -             +      .         .   .       .    .       .
`;

export interface Cell {
  readonly role: string;
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly allowed: boolean;
}

export function cells(): Cell[] {
  return cellsOf(statement, roles);
}

/** A statement's rows as cells; its marks are in the order of `columns`. */
export function cellsOf(table: string, columns: readonly string[]): Cell[] {
  const rows = table.trim().split("\n").slice(1);
  return rows.flatMap((row) => {
    const [verb = "", resource = "", namespace = "", ...marks] = row.split(/\s+/);
    return columns.map((role, index) => ({
      role,
      verb,
      resource,
      namespace: namespace === "-" ? undefined : namespace,
      allowed: marks[index] === "+",
    }));
  });
}
