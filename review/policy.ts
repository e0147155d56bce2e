/**
 * Who decides about what, as data: findings in, verdicts out. The first entry that speaks of a finding decides; what none speaks of is
 * decided by its danger. The data is in policy-default.ts; a test holds that it names no rule that does not exist.
 */
import { z } from "zod";
import type { Finding, Verdict } from "./model.ts";

const decision = z
  .union([z.literal("allow"), z.literal("block"), z.strictObject({ approval: z.array(z.string().min(1)).min(1) })])
  .describe("allow; block; or approval by every group that is named");

const danger = z.enum(["danger", "caution", "info"]);

const byDanger = z.strictObject({ danger: decision, caution: decision, info: decision });

const entry = z.strictObject({
  rule: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\*?$/)
    .describe("Id of a rule, or the first letters of several with a *"),
  danger: danger.optional().describe("Only findings of this danger; absent: all"),
  development: decision,
  production: decision,
  because: z.string().min(10).describe("Why, for the reviewer"),
});

export const policySchema = z.strictObject({
  groups: z.record(z.string(), z.string()).describe("Groups that approve, with what they answer for"),
  overriders: z.array(z.string()).min(1).describe("Groups that must approve what a written override lets pass"),
  entries: z.array(entry).describe("The first that speaks of a finding decides"),
  otherwise: z.strictObject({ development: byDanger, production: byDanger }).describe("What no entry speaks of"),
});

export type PolicyData = z.output<typeof policySchema>;
export type Decision = z.output<typeof decision>;
export type Profile = "development" | "production";

export interface Policy {
  readonly data: PolicyData;
  /** In the order in which changes reach them. */
  readonly environments: readonly { readonly name: string; readonly profile: Profile }[];
}

/** @throws z.ZodError and Error where the data is wrong: it is code, and a test reads it. */
export function policyOf(data: z.input<typeof policySchema>, environments: Policy["environments"]): Policy {
  const parsed = policySchema.parse(data);
  const named = [
    ...parsed.overriders,
    ...parsed.entries.flatMap(({ development, production }) => [...groupsOf(development), ...groupsOf(production)]),
  ];
  const unknown = named.filter((group) => !(group in parsed.groups));
  if (unknown.length > 0) throw new Error(`The policy names groups that it does not have: ${[...new Set(unknown)].join(", ")}.`);
  return { data: parsed, environments };
}

export function verdictOf(finding: Finding, { data, environments }: Policy): Verdict {
  // An environment that nobody has described is treated as the one where a mistake costs most.
  const profile = environments.find(({ name }) => name === finding.environment)?.profile ?? "production";
  const found = data.entries.find((candidate) => speaksOf(candidate, finding));
  const decided = found ? found[profile] : data.otherwise[profile][finding.danger];
  if (decided === "allow" || decided === "block") return { kind: decided };
  return { kind: "approval", groups: [...decided.approval].sort() };
}

function speaksOf(candidate: PolicyData["entries"][number], { rule, danger: found }: Finding): boolean {
  const named = candidate.rule.endsWith("*") ? rule.startsWith(candidate.rule.slice(0, -1)) : rule === candidate.rule;
  return named && (candidate.danger === undefined || candidate.danger === found);
}

function groupsOf(decided: Decision): readonly string[] {
  return typeof decided === "string" ? [] : decided.approval;
}

/** The worst of several: block, else approval by all groups, else allow. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some(({ kind }) => kind === "block")) return { kind: "block" };
  const groups = new Set(verdicts.flatMap((verdict) => (verdict.kind === "approval" ? verdict.groups : [])));
  return groups.size === 0 ? { kind: "allow" } : { kind: "approval", groups: [...groups].sort() };
}
