/** How findings are told to the person who gets them. */
import { closest } from "fastest-levenshtein";
import { UserError } from "../../environments/user-error.ts";
import type { Findings, UnusedWaiver, Violation } from "./check.ts";
import { groupBy } from "./group.ts";
import type { Rule } from "./rule.ts";

/** Guardrails do not hold, or a waiver covers nothing. */
export class GuardrailError extends UserError {
  override readonly name = "GuardrailError";

  constructor(
    readonly findings: Findings,
    rules: readonly Rule[],
  ) {
    super(describe(findings, rules));
  }
}

function describe({ violations, unusedWaivers }: Findings, rules: readonly Rule[]): string {
  const byRule = [...groupBy(violations, ({ rule }) => rule)];
  const ids = rules.map(({ id }) => id);
  return [
    ...(violations.length > 0
      ? [
          `${count(violations.length, "violation")} of ${count(byRule.length, "guardrail")}:`,
          ...byRule.map(describeRule),
          howToWaive(violations),
        ]
      : []),
    ...(unusedWaivers.length > 0
      ? [`${count(unusedWaivers.length, "waiver")} without effect:`, unusedWaivers.map((unused) => describeUnused(unused, ids)).join("\n")]
      : []),
    "Nothing was written.",
  ].join("\n\n");
}

function describeRule([{ id, title, why, remedy }, violations]: [Rule, readonly Violation[]]): string {
  const width = Math.max(...violations.map(({ stack }) => stack.length));
  return [
    `${title}  [${id}]`,
    ...violations.map(({ stack, address }) => `  ${stack.padEnd(width)}  ${address}`),
    `  why     ${why}`,
    `  remedy  ${remedy}`,
  ].join("\n");
}

function howToWaive([first]: readonly Violation[]): string {
  const example = first ? `{ rule: "${first.rule.id}", stack: "...", resource: "${first.address}", reason: "...", until: "..." }` : "";
  return `To accept one for a time, add to \`waivers\` of the environment: ${example}`;
}

function describeUnused({ environment, waiver }: UnusedWaiver, ids: readonly string[]): string {
  const { rule, stack, resource } = waiver;
  const where = `  environments/${environment}.ts  ${rule} for ${stack} ${resource}: `;
  if (!ids.includes(rule)) return `${where}there is no such rule; the nearest is ${closest(rule, ids)}.`;
  return `${where}the rule holds, or the address is another. Remove the waiver or correct it.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
