/** Words that all renderers use, so that a comment, a page and a terminal say the same. */
import type { Verdict } from "../model.ts";
import type { ChangeGroup, ChangeKind, Counts, FindingGroup, Review, StackRow } from "../review.ts";

/** "1 stack", "2 stacks". */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

export function verdictText(verdict: Verdict): string {
  if (verdict.kind === "block") return "blocked";
  return verdict.kind === "allow" ? "allowed" : `approval: ${verdict.groups.join(", ")}`;
}

/** The verdict of a row. What is not planned yet is not allowed either: its turn comes. */
export function rowVerdict({ verdict, outcome }: StackRow): string {
  if (outcome === "deferred" && verdict.kind === "allow") return "later";
  return outcome === "not affected" && verdict.kind === "allow" ? "" : verdictText(verdict);
}

/** Columns of the matrix: what is counted, and its heading. */
export const columns: readonly { readonly key: keyof Counts; readonly title: string }[] = [
  { key: "create", title: "create" },
  { key: "update", title: "update" },
  { key: "replace", title: "replace" },
  { key: "delete", title: "delete" },
  { key: "forget", title: "forget" },
  { key: "import", title: "import" },
  { key: "move", title: "move" },
  { key: "drift", title: "drift" },
];

/** Columns in which something happens; the four that people look for are always there. */
export function usedColumns(rows: readonly StackRow[]): typeof columns {
  return columns.filter(({ key }, index) => index < 4 || rows.some(({ counts }) => counts[key] > 0));
}

/** How a stack's plan went, with what is not listed. */
export function outcomeText({ outcome, because, counts }: StackRow): string {
  if (outcome !== "planned") return because === undefined ? outcome : `${outcome}: ${because.split("\n")[0] ?? ""}`;
  const listed = columns.some(({ key }) => counts[key] > 0);
  const folded = [
    ...(counts.tags > 0 ? [`${counts.tags} with tags only`] : []),
    ...(counts.computed > 0 ? [`${counts.computed} with computed values only`] : []),
  ];
  if (!listed && folded.length === 0) return "no changes";
  return ["planned", ...(counts.unknown > 0 ? [`${count(counts.unknown, "value")} known after apply`] : []), ...folded].join("; ");
}

/** `+12.30`, `−4.00`; nothing where nothing changes. */
export function costText(usd: number | undefined): string {
  if (usd === undefined || usd === 0) return "";
  return `${usd > 0 ? "+" : "−"}${Math.abs(usd).toFixed(2)}`;
}

/** Heading of the costs. */
export function costTitle({ cost: { total } }: Review): string {
  return total.delta === 0 ? "Cost: no change that a plan can tell" : `Cost: ${costText(total.delta)} USD a month`;
}

/** What makes up the change, one line each; empty where nothing is known to change. */
export function costLines({ cost: { perStack } }: Review): { readonly text: string; readonly address: string; readonly stack: string }[] {
  return perStack.flatMap(({ stack, lines }) =>
    lines.map(({ address, what, delta }) => ({ address, stack, text: `${costText(delta)}${what === "" ? "" : ` (${what})`}` })),
  );
}

/** What changes without a figure. */
export function unknownCost(text: string): string {
  return text.endsWith("not in the sum") ? text : `${text}; not in the sum`;
}

/** Why and what to do, as sentences: detectors write both with and without capital and full stop. */
export function sentence(text: string): string {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** The sentence on top. */
export function headline({ verdict, findings, rows, approvals }: Review): string {
  const blocks = findings.filter(({ finding }) => finding.verdict.kind === "block").length;
  const stacks = `${count(rows.length, "stack")} of ${count(new Set(rows.map(({ environment }) => environment)).size, "environment")}`;
  const who = approvals.map(({ group }) => group).join(", ");
  if (verdict.kind === "block")
    return `Blocked: ${count(blocks, "finding")} in ${stacks}${who === "" ? "" : `; the rest needs approval by ${who}`}`;
  if (verdict.kind === "approval") return `Needs approval by ${who}: ${stacks}`;
  const nothing = rows.every((row) => outcomeText(row) === "no changes");
  return nothing ? `No changes in ${stacks}` : `Nothing that needs approval in ${stacks}`;
}

export const changeTitles: Readonly<Record<ChangeKind, string>> = {
  delete: "Destroyed",
  replace: "Replaced",
  forget: "Forgotten",
  drift: "Changed behind Terraform's back",
  update: "Updated in place",
  import: "Imported",
  move: "Moved",
  create: "Created",
};

/** Changes by kind, in the order of the review. */
export function byKind(changes: readonly ChangeGroup[]): Map<ChangeKind, ChangeGroup[]> {
  const found = new Map<ChangeKind, ChangeGroup[]>();
  for (const change of changes) {
    const known = found.get(change.kind);
    if (known) known.push(change);
    else found.set(change.kind, [change]);
  }
  return found;
}

/** Ids of stacks, each once, in order. */
export function stacksOf(places: readonly { readonly id: string }[]): string {
  return [...new Set(places.map(({ id }) => id))].join(", ");
}

/** Totals over all rows. */
export function total(rows: readonly StackRow[], key: keyof Counts): number {
  return rows.reduce((sum, { counts }) => sum + counts[key], 0);
}

/** Findings with whether they are the first of their kind: why it matters and what to do is said once. */
export function explained(findings: readonly FindingGroup[]): { readonly group: FindingGroup; readonly isFirst: boolean }[] {
  return findings.map((group, index) => {
    const before = findings[index - 1]?.finding;
    const { rule, because, remedy, verdict } = group.finding;
    const same = before?.rule === rule && before.because === because && before.remedy === remedy;
    return { group, isFirst: !same || verdictText(before.verdict) !== verdictText(verdict) };
  });
}
