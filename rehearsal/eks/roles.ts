/** Roles that EKS is given: form, existence and trust, as it checks them itself. */
import { type EksError, invalid } from "./errors.ts";
import type { Neighbours } from "./neighbours.ts";

/** Where EKS uses a role: who must be trusted, with what, and EKS's words where it is not. */
interface RoleUse {
  readonly principal: string;
  readonly actions: readonly string[];
  readonly untrusted: (arn: string) => string;
}

/** Source: EKS user guide, pages on the cluster, node, pod execution and pod identity roles. Words: as users report them. */
export const roleUses = {
  cluster: {
    principal: "eks.amazonaws.com",
    actions: ["sts:AssumeRole"],
    untrusted: (arn) => `Role with arn: ${arn}, could not be assumed because it does not exist or the trusted entity is not correct`,
  },
  node: {
    principal: "ec2.amazonaws.com",
    actions: ["sts:AssumeRole"],
    untrusted: () => "Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole",
  },
  fargate: {
    principal: "eks-fargate-pods.amazonaws.com",
    actions: ["sts:AssumeRole"],
    untrusted: () => "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
  },
  podIdentity: {
    principal: "pods.eks.amazonaws.com",
    actions: ["sts:AssumeRole", "sts:TagSession"],
    untrusted: () => "Trust policy of the provided role must allow pods.eks.amazonaws.com to call sts:AssumeRole and sts:TagSession",
  },
} as const satisfies Record<string, RoleUse>;

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: "*" | { readonly Service?: string | readonly string[] };
}

/** Does this trust policy allow the service all of these actions? Conditions are not weighed. */
function trusts(policy: string, principal: string, actions: readonly string[]): boolean {
  const { Statement: given = [] } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
  const statements = list(given).filter(
    ({ Effect, Principal }) => Effect === "Allow" && typeof Principal === "object" && list(Principal.Service ?? []).includes(principal),
  );
  const allowed = statements.flatMap(({ Action = [] }) => list(Action)).map((action) => action.toLowerCase());
  return actions.every((action) => allowed.some((pattern) => pattern === action.toLowerCase() || pattern === "sts:*" || pattern === "*"));
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** @returns the role's name. @throws InvalidParameterException where the ARN is not one of a role. */
export function roleName(arn: string, member: string): string {
  const name = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:.*\/)?([\w+=,.@-]{1,64})$/.exec(arn)?.[1];
  if (name === undefined) throw invalid(`The ${member} ${arn} is not the ARN of an IAM role.`);
  return name;
}

/** @throws InvalidParameterException. Terraform's provider repeats the call for two minutes on some of these words, as on AWS. */
export async function checkRole(aws: Neighbours, arn: string, member: string, use: keyof typeof roleUses): Promise<void> {
  const policy = await aws.trustPolicy(roleName(arn, member));
  const { principal, actions, untrusted } = roleUses[use];
  if (policy === undefined || !trusts(policy, principal, actions)) throw problem(use, untrusted(arn), policy === undefined);
}

function problem(use: keyof typeof roleUses, words: string, missing: boolean): EksError {
  return invalid(missing && use !== "cluster" ? `${words} (the role does not exist)` : words);
}
