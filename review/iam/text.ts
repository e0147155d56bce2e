/** Statements as lines for people. */
import { itself, type Scope, type Statement } from "./document.ts";

/** allow s3:GetObject on arn:aws:s3:::b/* to AWS:... if Bool aws:SecureTransport true */
export function statementText(statement: Statement): string {
  const { effect, principals, actions, resources, conditions } = statement;
  const on = resources === itself || isItself(resources) ? "" : ` on ${scopeText(resources)}`;
  const to = isItself(principals) ? "" : ` ${effect === "Allow" ? "to" : "for"} ${scopeText(principals)}`;
  const given = conditions.length === 0 ? "" : ` if ${conditions.map(({ text }) => text).join(" and ")}`;
  return `${effect.toLowerCase()} ${scopeText(actions)}${on}${to}${given}`;
}

export function scopeText({ except, patterns }: Scope): string {
  const text = patterns.length === 0 ? "nothing" : patterns.join(", ");
  return except ? `everything but ${text}` : text;
}

const isItself = ({ patterns, except }: Scope) => !except && patterns.length === 1 && patterns[0] === itself.patterns[0];
