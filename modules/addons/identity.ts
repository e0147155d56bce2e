/** Which role a service account of an add-on gets, and how. Pure; identity-role.ts makes it. */
import type { Statement } from "../iam/policy.ts";
import type { Addon, Identity } from "./addon.ts";
import type { Surroundings } from "./context.ts";
import { runsOnFargate } from "./fargate.ts";
import type { Namespace } from "./namespaces.ts";

export interface PlannedIdentity {
  readonly serviceAccount: string;
  readonly namespace: Namespace;
  readonly roleName: string;
  /** Pod identity where there are nodes; a web identity (IRSA) on Fargate. */
  readonly kind: "pod-identity" | "web-identity";
  readonly statements: readonly Statement[];
}

type Row = Pick<Addon, "id" | "namespace">;

/** Longest name of a role. Source: IAM user guide, "IAM and AWS STS quotas". */
const longestRoleName = 64;

/** `<project>-<environment>-<service account>`: stable, and found by the account that a pod names. */
function roleNameOf(serviceAccount: string, { named, environment }: Pick<Surroundings, "named" | "environment">): string {
  const name = named(serviceAccount);
  if (name.length <= longestRoleName) return name;
  throw new Error(`The role ${name} of ${environment.name} is longer than ${longestRoleName} characters; shorten the service account.`);
}

export function plannedIdentities(row: Row, identities: readonly Identity[], surroundings: Surroundings): PlannedIdentity[] {
  return identities.map(({ serviceAccount, namespace = row.namespace, statements }) => ({
    serviceAccount,
    namespace,
    roleName: roleNameOf(serviceAccount, surroundings),
    kind: runsOnFargate(surroundings.environment, namespace) ? "web-identity" : "pod-identity",
    statements,
  }));
}

/** What the chart's service account must carry. */
export function accountAnnotations(
  serviceAccount: string,
  surroundings: Pick<Surroundings, "named" | "environment">,
  onFargate: boolean,
): Readonly<Record<string, string>> {
  if (!onFargate) return {};
  return {
    "eks.amazonaws.com/role-arn": `arn:aws:iam::${surroundings.environment.account}:role/${roleNameOf(serviceAccount, surroundings)}`,
  };
}
