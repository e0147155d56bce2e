/** Reads IAM policies out of synthesized JSON. They are JSON text with Terraform expressions inside. */
import { isObject, type Json, type JsonObject, listOf } from "../terraform-json.ts";

export interface ReadStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: Json | undefined;
  /** Operator, key, values. */
  readonly condition: JsonObject;
  /** NotAction, NotResource or NotPrincipal are used: an allow of everything else. */
  readonly negated: boolean;
}

/**
 * Statements of a policy. An absent policy has none; `undefined` means that the text cannot be read at synth, for example because all of it
 * is an expression.
 */
export function statementsOf(policy: Json | undefined): readonly ReadStatement[] | undefined {
  if (policy === undefined || policy === null) return [];
  if (typeof policy !== "string") return undefined;
  let document: unknown;
  try {
    document = JSON.parse(withoutExpressions(policy));
  } catch {
    return undefined;
  }
  if (!isObject(document as Json)) return undefined;
  return listOf((document as JsonObject).Statement)
    .filter(isObject)
    .map((statement) => ({
      effect: String(statement.Effect),
      actions: texts(statement.Action),
      resources: texts(statement.Resource),
      principal: statement.Principal,
      condition: isObject(statement.Condition) ? statement.Condition : {},
      negated: "NotAction" in statement || "NotResource" in statement || "NotPrincipal" in statement,
    }));
}

/** Statements that allow; an unreadable policy allows nothing here, because a rule of its own refuses it. */
export function allowsOf(policy: Json | undefined): readonly ReadStatement[] {
  return (statementsOf(policy) ?? []).filter(({ effect }) => effect === "Allow");
}

/** All keys that the conditions of a statement ask about, in lower case: IAM ignores their case. */
export function conditionKeys({ condition }: ReadStatement): readonly string[] {
  return Object.values(condition).flatMap((keys) => (isObject(keys) ? Object.keys(keys).map((key) => key.toLowerCase()) : []));
}

/** Everyone: "*", or "*" among the AWS principals. */
export function includesEveryone(principal: Json | undefined): boolean {
  if (principal === "*") return true;
  return isObject(principal) && Object.values(principal).some((value) => listOf(value).includes("*"));
}

function texts(value: Json | undefined): readonly string[] {
  return listOf(value).map(String);
}

/** Replaces quotes inside `${...}`, which are Terraform's and no part of the JSON text around them. */
function withoutExpressions(text: string): string {
  let depth = 0;
  let result = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "$" && text.charAt(index + 1) === "{") depth++;
    else if (depth > 0 && character === "{" && text.charAt(index - 1) !== "$") depth++;
    if (depth === 0) result += character;
    else result += character === '"' ? "'" : character;
    if (depth > 0 && character === "}") depth--;
  }
  return result;
}
