/** Whose an account number is, as far as a plan tells. */
import type { StackPlan } from "../model.ts";
import { textOf } from "../reading/values.ts";
import type { Scope } from "./document.ts";

/** Accounts of AWS itself that policies name. Source: Elastic Load Balancing user guide, "Enable access logs" (ap-northeast-2). */
const ofAws: ReadonlySet<string> = new Set(["600734575887"]);

/** The account of the stack: that of most ARNs of its objects; undefined where it has none yet. */
export function ownAccount(plan: StackPlan): string | undefined {
  const counts = new Map<string, number>();
  for (const { values } of [...plan.present, ...plan.planned]) {
    const account = accountIn(textOf(values.arn) ?? "");
    if (account) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))[0]?.[0];
}

/** Accounts of principals that are neither `own` nor AWS's. */
export function foreignAccounts(principals: Scope, own: string | undefined): readonly string[] {
  const accounts = principals.patterns.flatMap((principal) => (principal.startsWith("AWS:") ? (accountIn(principal.slice(4)) ?? []) : []));
  return [...new Set(accounts)].filter((account) => account !== own && !ofAws.has(account));
}

function accountIn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}
