/** What is risky about a permission that an identity gets. Pure: one statement in, risks out. */
import { withoutResourceLevel } from "../../modules/guardrails/actions.ts";
import { bindsTarget, hasCondition } from "./bounds.ts";
import { containsAction } from "./compare.ts";
import type { Scope, Statement } from "./document.ts";
import { escalating, revealing } from "./escalation.ts";
import { covers } from "./glob.ts";

export type GrantRisk = "admin" | "wildcard" | "pass-role" | "escalation" | "wide";

export interface Risk {
  readonly kind: GrantRisk;
  readonly serious: boolean;
  readonly why: string;
}

const action = (name: string): Scope => ({ except: false, patterns: [name] });
const allows = (statement: Statement, name: string) => containsAction(statement.actions, action(name));
const everything = ({ except, patterns }: Scope) => except || patterns.some((pattern) => covers(pattern, "*"));

/** Every resource, or every resource of a kind: `*`, `arn:aws:iam::*:role/*`. Objects of one bucket are not every object. */
function isAnything({ resources: { except, patterns } }: Statement): boolean {
  return except || patterns.some((pattern) => /^[*?]+$/.test(pattern) || everyOfAKind.test(pattern) || /^arn:[^:]*:s3:::\*/.test(pattern));
}

const everyOfAKind = /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:([a-z-]+[/:])?\*+(\/\*)?$/;

/** Risks of an allow, the worst first. An administrator's other risks go without saying, and that a serious one is on everything. */
export function risksOf(statement: Statement): readonly Risk[] {
  if (statement.effect !== "Allow") return [];
  if (everything(statement.actions)) return adminOrNot(statement);
  const worse = [...passRole(statement), ...escalation(statement), ...wildcard(statement)];
  return worse.some(({ serious }) => serious) ? worse : [...worse, ...wide(statement)];
}

function adminOrNot(statement: Statement): readonly Risk[] {
  const kept = statement.actions.except ? `every action but ${statement.actions.patterns.join(", ")}` : "every action of every service";
  const serious = isAnything(statement) && !bindsTarget(statement);
  return [{ kind: serious ? "admin" : "wildcard", serious: true, why: `${kept}${serious ? " on everything" : ""}` }];
}

function passRole(statement: Statement): readonly Risk[] {
  if (!allows(statement, "iam:PassRole")) return [];
  const toOne = hasCondition(statement, "iam:passedtoservice");
  if (!isAnything(statement) && toOne) return [];
  const missing = [...(isAnything(statement) ? ["any role"] : []), ...(toOne ? [] : ["to any service"])].join(" ");
  return [{ kind: "pass-role", serious: isAnything(statement), why: `may pass ${missing}: whoever passes a role can act as it` }];
}

function escalation(statement: Statement): readonly Risk[] {
  const found = Object.entries(escalating).filter(([name]) => allows(statement, name));
  // Grants for AWS's own services are how encrypted volumes work (KMS developer guide, "Grants for AWS services").
  const real = found.filter(([name]) => !(name === "kms:creategrant" && hasCondition(statement, "kms:grantisforawsresource")));
  if (real.length === 0) return [];
  const serious = isAnything(statement) && !bindsTarget(statement);
  return [{ kind: "escalation", serious, why: real.map(([name, why]) => `${writtenAs(statement, name)} ${why}`).join("; ") }];
}

/** The name as the policy writes it; the pattern that covers it where there is no such name. */
function writtenAs({ actions: { patterns } }: Statement, name: string): string {
  return patterns.find((pattern) => pattern.toLowerCase() === name) ?? name;
}

/** Services whose every action is the keys to the house. */
const keysToTheHouse = /^(iam|sts|organizations|kms|account|sso|secretsmanager):\*$/i;

function wildcard({ actions, resources }: Statement): readonly Risk[] {
  const whole = actions.patterns.filter((pattern) => /^[\w-]+:\*+$/.test(pattern));
  if (whole.length === 0) return [];
  const on = resources.patterns.includes("*") ? " on everything" : "";
  return [{ kind: "wildcard", serious: whole.some((each) => keysToTheHouse.test(each)) && on !== "", why: `${whole.join(", ")}${on}` }];
}

const reads = /^[\w-]+:(batchget|get|list|describe|view|lookup|search|check|simulate|head|estimate|detect|query|select)/i;

function wide(statement: Statement): readonly Risk[] {
  if (!isAnything(statement) || bindsTarget(statement)) return [];
  const changing = statement.actions.patterns.filter((pattern) => !reads.test(pattern) && !withoutResourceLevel(pattern));
  const secret = [...revealing].filter((name) => allows(statement, name));
  const all = [...new Set([...changing, ...secret.map((name) => writtenAs(statement, name))])];
  // Where it is all of them, the statement says them already.
  const which = statement.actions.patterns.every((pattern) => all.includes(pattern)) ? "" : `${all.join(", ")} `;
  return all.length === 0 ? [] : [{ kind: "wide", serious: false, why: `${which}on everything, with no condition on what` }];
}
