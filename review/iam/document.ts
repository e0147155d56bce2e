/**
 * Policy documents in one form: single values as lists, `Not…` elements as "all but", principals and condition keys as IAM compares them.
 * Source: IAM user guide, "IAM JSON policy reference".
 */
import type { Json, JsonObject } from "../model.ts";
import { isObject } from "../plan/json.ts";
import { listOf, objectsOf, textsOf } from "../reading/values.ts";
import { type Condition, conditionsOf } from "./condition.ts";

/** What fits one of the patterns; or, with `except`, everything else. */
export interface Scope {
  readonly except: boolean;
  readonly patterns: readonly string[];
}

export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly principals: Scope;
  readonly actions: Scope;
  readonly resources: Scope;
  readonly conditions: readonly Condition[];
}

/** `why` says what is wrong with a text that is no policy. */
export type Reading = { readonly statements: readonly Statement[] } | { readonly why: string };

/** The other side of an element that the document does not have: the role that the policy is on, the resource that it belongs to. */
export const itself: Scope = { except: false, patterns: ["(itself)"] };

/** Reads the text of a policy, or a document that is data already. An empty text has no statements. */
export function readDocument(policy: Json | undefined): Reading {
  if (policy === undefined || policy === null || policy === "") return { statements: [] };
  const document = typeof policy === "string" ? parsed(policy) : policy;
  if (!isObject(document)) return { why: "it is not JSON" };
  if (!("Statement" in document)) return Object.keys(document).length === 0 ? { statements: [] } : { why: "it has no Statement" };
  const statements = objectsOf(document.Statement);
  const strange = statements.find(({ Effect }) => Effect !== "Allow" && Effect !== "Deny");
  if (strange) return { why: `a statement has the effect ${JSON.stringify(strange.Effect ?? null)}` };
  return { statements: statements.map(statementOf) };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementOf(statement: JsonObject): Statement {
  return {
    effect: statement.Effect === "Deny" ? "Deny" : "Allow",
    principals: scopeOf(statement, "Principal", principalsOf),
    // Names of actions have no case; those of resources do.
    actions: scopeOf(statement, "Action", (value) => textsOf(value)),
    resources: scopeOf(statement, "Resource", (value) => textsOf(value)),
    conditions: conditionsOf(statement.Condition),
  };
}

function scopeOf(statement: JsonObject, element: string, read: (value: Json | undefined) => readonly string[]): Scope {
  const negated = statement[`Not${element}`];
  if (negated !== undefined) return { except: true, patterns: unique(read(negated)) };
  const value = statement[element];
  return value === undefined ? itself : { except: false, patterns: unique(read(value)) };
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** `AWS: *` is everyone as `*` is; an account's number is its root. Others keep their kind, which AWS compares, too. */
function principalsOf(value: Json | undefined): readonly string[] {
  if (value === "*") return ["*"];
  if (!isObject(value)) return textsOf(value);
  return Object.entries(value).flatMap(([kind, names]) => listOf(names).map((name) => principalOf(kind, String(name))));
}

function principalOf(kind: string, name: string): string {
  if (kind !== "AWS") return `${kind}:${name}`;
  if (name === "*") return "*";
  return /^\d{12}$/.test(name) ? `AWS:arn:aws:iam::${name}:root` : `AWS:${name}`;
}
