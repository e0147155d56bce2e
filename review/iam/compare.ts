/**
 * What a set of statements lets pass that another does not. Statements are taken apart into principal, action and resource, so order, Sids
 * and how permissions are spread over statements make no difference. Nothing is expanded that is not written: `s3:*` covers `s3:Get*`,
 * whatever actions S3 has.
 */
import { implies } from "./condition.ts";
import type { Scope, Statement } from "./document.ts";
import { covers, meet } from "./glob.ts";

/** The part of a statement that the other side does not have. */
export interface Excess {
  readonly statement: Statement;
  /** The other side has it, too, but under conditions, or under stricter ones. */
  readonly loosened: boolean;
}

/** One element of a scope: a pattern, or all but some. */
interface Element {
  readonly scope: Scope;
}

const elementsOf = (scope: Scope): readonly Element[] =>
  scope.except ? [{ scope }] : scope.patterns.map((pattern) => ({ scope: { except: false, patterns: [pattern] } }));

type Fold = (pattern: string) => string;
const asIs: Fold = (pattern) => pattern;
const lower: Fold = (pattern) => pattern.toLowerCase();

/** Whether everything in `inner` is in `outer`. */
export function contains(outer: Scope, inner: Scope, fold: Fold = asIs): boolean {
  const [wide, narrow] = [outer.patterns.map(fold), inner.patterns.map(fold)];
  if (!outer.except && !inner.except) return narrow.every((pattern) => wide.some((each) => covers(each, pattern)));
  if (!outer.except) return wide.includes("*");
  return inner.except
    ? wide.every((excluded) => narrow.some((pattern) => covers(pattern, excluded)))
    : narrow.every((pattern) => wide.every((excluded) => !meet(excluded, pattern)));
}

export function containsAction(outer: Scope, inner: Scope): boolean {
  return contains(outer, inner, lower);
}

/**
 * Statements of `some` with what `others` of the same effect do not cover.
 *
 * @param denied Denies without conditions that take away from an allow.
 */
export function excess(some: readonly Statement[], others: readonly Statement[], denied: readonly Statement[] = []): readonly Excess[] {
  return some.flatMap((statement) => {
    const rivals = others.filter(({ effect }) => effect === statement.effect);
    const strict = rivals.filter(({ conditions }) => implies(statement.conditions, conditions));
    const uncovered = leftOver(statement, [...strict, ...denied]);
    // The same under conditions that are no longer there is worse than a new permission: somebody took a guard off.
    return uncovered.map((part) => ({ statement: part, loosened: rivals.length > strict.length && leftOver(part, rivals).length === 0 }));
  });
}

/** Denies that always hold. */
export function absolute(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ effect, conditions }) => effect === "Deny" && conditions.length === 0);
}

/** What of a statement none of the others covers, put together again where actions share principals and resources. */
function leftOver(statement: Statement, others: readonly Statement[]): readonly Statement[] {
  const [principals, actions, resources] = [statement.principals, statement.actions, statement.resources].map(elementsOf);
  const covering = others.flatMap((other) => {
    // Most statements of a role are about other resources; those cover nothing here.
    const onResources = (resources ?? []).map(({ scope }) => contains(other.resources, scope));
    if (!onResources.includes(true)) return [];
    return {
      principals: (principals ?? []).map(({ scope }) => contains(other.principals, scope)),
      actions: (actions ?? []).map(({ scope }) => containsAction(other.actions, scope)),
      resources: onResources,
    };
  });
  const parts = new Map<string, { principal: Scope; resources: Scope[]; actions: Scope[] }>();
  for (const [p, principal] of (principals ?? []).entries()) {
    for (const [a, action] of (actions ?? []).entries()) {
      const left = (resources ?? []).filter((_, r) => !covering.some((by) => by.principals[p] && by.actions[a] && by.resources[r]));
      if (left.length === 0) continue;
      const scopes = left.map(({ scope }) => scope);
      const key = JSON.stringify([principal.scope, scopes]);
      const part = parts.get(key) ?? { principal: principal.scope, resources: scopes, actions: [] };
      part.actions.push(action.scope);
      parts.set(key, part);
    }
  }
  return samePrincipals(
    [...parts.values()].map(({ principal, actions: some, resources: on }) => ({
      ...statement,
      principals: principal,
      actions: joined(some),
      resources: joined(on),
    })),
  );
}

/** Parts that differ in their principal only become one. */
function samePrincipals(parts: readonly Statement[]): readonly Statement[] {
  const groups = new Map<string, Statement[]>();
  for (const part of parts) {
    const key = JSON.stringify([part.actions, part.resources]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first ? [{ ...first, principals: joined([first, ...rest].map(({ principals }) => principals)) }] : [],
  );
}

/** Scopes of one kind as one: patterns together, an "all but" stands alone. */
function joined(scopes: readonly Scope[]): Scope {
  const [first] = scopes;
  if (first?.except) return first;
  return { except: false, patterns: scopes.flatMap(({ patterns }) => patterns) };
}
