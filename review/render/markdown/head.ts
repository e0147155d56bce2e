/** Top of the comment: what it comes to, the matrix, who approves. */
import type { Approval, Review, StackRow } from "../../review.ts";
import { code, prose } from "../escape.ts";
import { costText, headline, outcomeText, rowVerdict, usedColumns } from "../words.ts";
import { signs } from "./findings.ts";

/** With more stacks than this, those in which nothing happens share a line. */
const mostQuiet = 20;

export function headOf(review: Review): string {
  const { verdict, rows, approvals } = review;
  return [
    `## ${signHead[verdict.kind]} ${prose(headline(review))}`,
    matrix(rows),
    ...approvalLines(approvals),
    ...blockLines(review),
    ...commitLines(rows),
    "",
  ].join("\n\n");
}

const signHead = { ...signs, allow: "✅" };

function matrix(rows: readonly StackRow[]): string {
  const quiet = rows.filter((row) => row.verdict.kind === "allow" && outcomeText(row) === "no changes");
  const shown = rows.length > mostQuiet ? rows.filter((row) => !quiet.includes(row)) : rows;
  const used = usedColumns(shown);
  const cost = rows.some((row) => costText(row.cost) !== "");
  const cells = ["environment", "stack", ...used.map(({ title }) => title), ...(cost ? ["USD a month"] : []), "plan", "verdict"];
  const lines = shown.map((row) => {
    const counts = used.map(({ key }) => countCell(key, row.counts[key]));
    return `| ${[code(row.environment), code(row.stack), ...counts, ...(cost ? [costText(row.cost)] : []), prose(outcomeText(row)), verdictCell(row)].join(" | ")} |`;
  });
  const align = cells.map((_, index) => (index >= 2 && index < cells.length - 2 ? "--:" : "---"));
  const rest = shown.length < rows.length ? [`\nNo changes in ${rows.length - shown.length} more stacks.`] : [];
  return [`| ${cells.join(" | ")} |`, `| ${align.join(" | ")} |`, ...lines, ...rest].join("\n");
}

function verdictCell(row: StackRow): string {
  const text = rowVerdict(row);
  const sign = row.verdict.kind !== "allow" ? signs[row.verdict.kind] : row.outcome === "planned" ? "✅" : "";
  return `${sign} ${prose(text)}`.trim();
}

/** What destroys stands out. */
function countCell(key: string, number: number): string {
  if (number === 0) return "";
  return key === "delete" || key === "replace" || key === "drift" ? `**${number}**` : String(number);
}

function approvalLines(approvals: readonly Approval[]): string[] {
  if (approvals.length === 0) return [];
  const lines = approvals.map(({ group, meaning, asked }) => {
    const rules = asked.map(({ rule, stacks }) => `${code(rule)} in ${code(stacks.join(", "))}`);
    return `- **${prose(group)}** (${prose(meaning)}): ${rules.join("; ")}`;
  });
  return [`**Who approves**\n\n${lines.join("\n")}`];
}

function blockLines({ verdict }: Review): string[] {
  if (verdict.kind !== "block") return [];
  return [
    "A block goes when the code changes, or becomes an approval by an entry in `review-overrides.yaml` that says who and why (docs/review.md).",
  ];
}

/** What the plans were made from; said once where it is the same for all. */
function commitLines(rows: readonly StackRow[]): string[] {
  const commits = [...new Set(rows.flatMap(({ freshness }) => freshness?.commit ?? []))].sort();
  const times = rows.flatMap(({ freshness }) => freshness?.plannedAt ?? []).sort();
  const [oldest, newest] = [times[0], times.at(-1)];
  if (commits.length === 0 && oldest === undefined) return [];
  const of = commits.length === 0 ? "" : ` of ${commits.map(code).join(", ")}`;
  const when = oldest === undefined ? "" : oldest === newest ? `, ${prose(oldest)}` : `, ${prose(oldest)} to ${prose(newest ?? oldest)}`;
  const mixed = commits.length > 1 ? " **Plans of different commits: plan again.**" : "";
  return [`Plans${of}${when}, against the states as they were then.${mixed}`];
}
