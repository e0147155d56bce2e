/** What is risky about who may assume a role. Source: IAM user guide, "Roles for OpenID Connect federation", "The confused deputy problem". */

import { foreignAccounts } from "./accounts.ts";
import { bindsCaller, hasCondition } from "./bounds.ts";
import type { Condition } from "./condition.ts";
import type { Statement } from "./document.ts";

export interface TrustRisk {
  readonly serious: boolean;
  readonly why: string;
}

/** Principals of a statement that are everybody. */
export function isForEveryone({ principals: { except, patterns } }: Statement): boolean {
  return except || patterns.some((principal) => /^(AWS:)?\*+$/.test(principal) || /^AWS:arn:[^:]*:(iam|sts)::\*:/.test(principal));
}

/** Risks of an allow in a trust policy, the worst first. */
export function trustRisks(statement: Statement, own: string | undefined): readonly TrustRisk[] {
  if (statement.effect !== "Allow") return [];
  return [...everyone(statement), ...federated(statement), ...foreign(statement, own)].sort(
    (one, other) => Number(other.serious) - Number(one.serious),
  );
}

function everyone(statement: Statement): readonly TrustRisk[] {
  if (!isForEveryone(statement)) return [];
  return bindsCaller(statement)
    ? [{ serious: false, why: "every principal that meets the conditions may assume it" }]
    : [{ serious: true, why: "anybody with an AWS account may assume it" }];
}

function foreign(statement: Statement, own: string | undefined): readonly TrustRisk[] {
  const accounts = foreignAccounts(statement.principals, own);
  if (accounts.length === 0) return [];
  if (own === undefined)
    return [{ serious: false, why: `account ${accounts.join(", ")} may assume it; this plan does not tell whether it is ours` }];
  return [{ serious: !hasCondition(statement, "aws:principalorgid"), why: `account ${accounts.join(", ")} may assume it` }];
}

function federated(statement: Statement): readonly TrustRisk[] {
  const providers = statement.principals.patterns.filter((principal) => principal.startsWith("Federated:"));
  // SAML providers have their own claims, and one audience.
  const oidc = providers.filter((provider) => !provider.includes(":saml-provider/"));
  if (oidc.length === 0) return [];
  // Cognito's identities have no subject that could be known; its audience is the identity pool.
  const named = oidc.every((provider) => provider === "Federated:cognito-identity.amazonaws.com");
  return [...(named ? [] : subject(statement)), ...audience(statement)];
}

const claim = (statement: Statement, name: string): readonly Condition[] =>
  statement.conditions.filter(
    ({ key, operator, ifExists, set }) => key.endsWith(`:${name}`) && !operator.includes("not") && !ifExists && set !== "forallvalues",
  );

function subject(statement: Statement): readonly TrustRisk[] {
  const subjects = claim(statement, "sub");
  if (subjects.length === 0)
    return [{ serious: true, why: "no condition says whose tokens (sub): every workload or repository of the issuer may assume it" }];
  const open = subjects.every(({ values, operator }) => operator === "stringlike" && values.some(isOpenSubject));
  if (open) return [{ serious: true, why: `the subject is a wildcard: ${subjects.map(({ text }) => text).join("; ")}` }];
  const some = subjects.every(({ values, operator }) => operator === "stringlike" && values.some((value) => value.includes("*")));
  return some ? [{ serious: false, why: `the subject ends in a wildcard: ${subjects.map(({ text }) => text).join("; ")}` }] : [];
}

/**
 * A wildcard that stands for other owners: any subject, any repository (GitHub's `repo:<owner>/<name>:<what>`), any namespace (Kubernetes'
 * `system:serviceaccount:<namespace>:<name>`).
 */
function isOpenSubject(value: string): boolean {
  if (!/[*?]/.test(value)) return false;
  const [kind, owner = "", namespace = ""] = value.split(":");
  if (kind === "repo") return /[*?]/.test(owner) || !owner.includes("/");
  if (kind === "system") return /[*?]/.test(owner) || /[*?]/.test(namespace) || namespace === "";
  return /^[*?]/.test(value) || /^[^:/]*[*?]/.test(value);
}

function audience(statement: Statement): readonly TrustRisk[] {
  const audiences = claim(statement, "aud");
  if (audiences.length === 0) return [{ serious: false, why: "no condition says for whom the tokens are (aud)" }];
  return audiences.some(({ values }) => values.some((value) => value === "*"))
    ? [{ serious: false, why: "the audience is a wildcard" }]
    : [];
}
