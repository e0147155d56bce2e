/** Turns new grants into findings, by what the document decides: what an identity may do, who may become it, who may use a resource. */
import type { Finding, StackPlan } from "../model.ts";
import { documentOf, equal } from "../plan/json.ts";
import { findingOn, type Kind } from "../reading/changes.ts";
import { foreignAccounts } from "./accounts.ts";
import { bindsCaller } from "./bounds.ts";
import type { Excess } from "./compare.ts";
import type { DocumentChange } from "./documents.ts";
import { type GrantRisk, risksOf } from "./grants.ts";
import { statementText } from "./text.ts";
import { isForEveryone, trustRisks } from "./trust.ts";

export interface GrantsOf {
  readonly plan: StackPlan;
  readonly document: DocumentChange;
  readonly granted: readonly Excess[];
  /** Account of the stack, where it is known. */
  readonly own: string | undefined;
}

/** One thing to say of one statement; those of a rule become one finding. */
interface Remark {
  readonly kind: Kind;
  readonly title: string;
  readonly line: string;
}

const identityKinds: Readonly<Record<GrantRisk, Omit<Kind, "danger"> & { readonly title: string }>> = {
  admin: {
    rule: "iam-admin",
    title: "may do everything",
    because: "Whoever gets hold of it has the account (FSBP IAM.1)",
    remedy: "name the actions and resources of the task",
  },
  wildcard: {
    rule: "iam-wildcard-action",
    title: "may do everything of a service",
    because: "It includes what AWS adds tomorrow (FSBP IAM.21)",
    remedy: "name the actions; a prefix such as ec2:Describe* is fine",
  },
  "pass-role": {
    rule: "iam-pass-role",
    title: "may pass roles",
    because: 'Whoever may pass any role to any service can act as that role (IAM guide, "Grant permissions to pass a role")',
    remedy: "name the role, and the service by iam:PassedToService",
  },
  escalation: {
    rule: "iam-escalation",
    title: "may give itself or others more rights",
    because: "These actions are known ways from few rights to many",
    remedy: "leave them to the role that applies the stacks, or bind them to named resources",
  },
  wide: {
    rule: "iam-wide-resources",
    title: "may change or read things of everybody",
    because: "One stolen session reaches every object of the account (Well-Architected SEC03-BP02)",
    remedy: "name ARNs, or bind the statement by a tag condition",
  },
};

const kinds = {
  trust: {
    rule: "iam-trust-widened",
    because: "More principals can become this role, with all that it may do",
    remedy: "name the principal, and for tokens the subject and audience",
  },
  loosened: { rule: "iam-condition-removed", because: "The same permission was bound by a condition before", remedy: "keep the condition" },
  everyone: {
    rule: "iam-public",
    danger: "danger",
    because: "Everybody in the internet, or in any AWS account, may use it",
    remedy: "name the principals, or bind it to the organization",
  },
  endpoint: {
    rule: "network-endpoint-policy-opened",
    because: 'An endpoint that lets everything pass is a way out for data to other accounts (VPC guide, "Endpoint policies")',
    remedy: "bind it to aws:PrincipalAccount and aws:ResourceAccount",
  },
  foreign: {
    rule: "iam-other-account",
    because: "Another account may use it, and decides who there",
    remedy: "check the number, and bind it to a role or the organization",
  },
  key: {
    rule: "kms-policy-loosened",
    danger: "caution",
    because: "A key's policy decides who reads all that it encrypts",
    remedy: "grant through IAM policies, or only the actions that are needed",
  },
} as const;

export function judgeGrants(grants: GrantsOf): readonly Finding[] {
  const { plan, document } = grants;
  const remarks = grants.granted.flatMap((part) => remarksOn(part, grants));
  const byRule = new Map<string, Remark[]>();
  for (const remark of remarks) byRule.set(remark.kind.rule, [...(byRule.get(remark.kind.rule) ?? []), remark]);
  return [...byRule.values()].flatMap((same) => {
    const [worst] = [...same].sort((one, other) => weight(other.kind) - weight(one.kind));
    const lines = [...new Set(same.map(({ line }) => line))];
    return worst ? [findingOn(plan, document.change.address, worst.kind, worst.title, lines)] : [];
  });
}

/** Grants that nothing is said of. */
export function unremarkable(grants: GrantsOf): readonly Excess[] {
  return grants.granted.filter((part) => remarksOn(part, grants).length === 0);
}

const weight = ({ danger }: Kind) => ["info", "caution", "danger"].indexOf(danger);

function remarksOn(part: Excess, grants: GrantsOf): readonly Remark[] {
  const { role } = grants.document.carrier;
  if (role === "trust") return onTrust(part, grants);
  if (role === "identity") return [...onIdentity(part), ...loosened(part, "caution")];
  return grants.document.change.type.startsWith("aws_vpc_endpoint") ? onEndpoint(part, grants) : onResource(part, grants);
}

function onIdentity({ statement }: Excess): readonly Remark[] {
  return risksOf(statement).map(({ kind, serious, why }) => {
    const { title, ...rest } = identityKinds[kind];
    return { kind: { ...rest, danger: serious ? "danger" : "caution" }, title, line: `${statementText(statement)}: ${why}` };
  });
}

function loosened({ statement, loosened: isLoosened }: Excess, danger: Kind["danger"]): readonly Remark[] {
  return isLoosened
    ? [{ kind: { ...kinds.loosened, danger }, title: "a condition is taken off or made weaker", line: `now: ${statementText(statement)}` }]
    : [];
}

/** Of a new role only risky trust is told; whoever is added to an existing one is. */
function onTrust(part: Excess, { document, own }: GrantsOf): readonly Remark[] {
  const { statement } = part;
  const risks = trustRisks(statement, own);
  const isNew = document.before === undefined || document.change.action === "create";
  if (isNew && risks.length === 0) return [];
  const serious = part.loosened || risks.some((risk) => risk.serious);
  const why = [...(part.loosened ? ["a condition was taken off or made weaker"] : []), ...risks.map((risk) => risk.why)];
  const line = [statementText(statement), ...(why.length > 0 ? [why.join("; ")] : [])].join(": ");
  const title = isNew ? "may be assumed by more than named principals" : "more principals may assume it";
  return [{ kind: { ...kinds.trust, danger: serious ? "danger" : "caution" }, title, line }];
}

/** A new policy that says word for word what one of its type says already: a registry more, with the readers of all. */
function isLikeOthers({ present }: StackPlan, { change }: DocumentChange): boolean {
  const text = change.action === "create" ? documentOf(change.after?.policy) : undefined;
  return text !== undefined && present.some(({ type, values }) => type === change.type && equal(documentOf(values.policy), text));
}

function onResource(part: Excess, { plan, document, own }: GrantsOf): readonly Remark[] {
  const { statement } = part;
  const line = statementText(statement);
  const isKey = document.change.type.startsWith("aws_kms_");
  const isSecret = document.change.type.startsWith("aws_secretsmanager_");
  if (isForEveryone(statement) && !bindsCaller(statement)) return [{ kind: kinds.everyone, title: "is open to everybody", line }];
  const accounts = foreignAccounts(statement.principals, own);
  const isNew = document.change.action === "create";
  const unsure = own === undefined && isNew;
  const byOthers: readonly Remark[] =
    accounts.length === 0 || unsure
      ? []
      : [
          {
            kind: { ...kinds.foreign, danger: isKey || isSecret ? "danger" : isLikeOthers(plan, document) ? "info" : "caution" },
            title: `is open to account ${accounts.join(", ")}`,
            line,
          },
        ];
  const byMore: readonly Remark[] =
    isKey && !isNew ? [{ kind: kinds.key, title: "more principals may use the key, or in more ways", line }] : [];
  return [...byOthers, ...byMore, ...loosened(part, isKey ? "danger" : "caution")];
}

/** AWS's own services act through an endpoint for whoever called them: their callers are bound where they call. */
const isForServices = ({ conditions }: Excess["statement"]) =>
  conditions.some(({ key, operator, ifExists, values }) => {
    return key === "aws:principalisawsservice" && operator === "bool" && !ifExists && values.every((value) => value === "true");
  });

/** Policies of endpoints speak of everybody in the VPC; what matters is whether they say whose resources. */
function onEndpoint(part: Excess, { document }: GrantsOf): readonly Remark[] {
  const { statement } = part;
  const isWide = statement.resources.except || statement.resources.patterns.includes("*");
  if (isWide && (part.loosened || (isForEveryone(statement) && !bindsCaller(statement) && !isForServices(statement)))) {
    const danger = document.change.action === "create" ? "caution" : "danger";
    return [{ kind: { ...kinds.endpoint, danger }, title: "lets more pass", line: statementText(statement) }];
  }
  return [];
}
