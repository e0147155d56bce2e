/** The review as one page: nothing is loaded from anywhere, no script runs, all that people wrote is text. */
import type { Verdict } from "../model.ts";
import type { ChangeGroup, FindingGroup, Review, StackRow } from "../review.ts";
import { diffLines } from "../text/diff.ts";
import { html as safe } from "./escape.ts";
import { style } from "./html/style.ts";
import {
  byKind,
  changeTitles,
  costLines,
  costText,
  costTitle,
  explained,
  headline,
  outcomeText,
  rowVerdict,
  sentence,
  stacksOf,
  unknownCost,
  usedColumns,
  verdictText,
} from "./words.ts";

/** With more findings than this, those that need nobody are folded. */
const openFindings = 50;

export function html(review: Review): string {
  const title = safe(headline(review));
  const { rows, findings, changes, differences, approvals, unusedOverrides } = review;
  const open = findings.filter(({ finding }) => finding.verdict.kind !== "allow");
  const rest = findings.filter(({ finding }) => finding.verdict.kind === "allow");
  const body = [
    `<header class="${review.verdict.kind}"><h1>${title}</h1>${freshness(rows)}</header>`,
    matrix(rows),
    section("Who approves", approvals.map(approvalItem)),
    section("Findings", findingItems(open), open.length > openFindings),
    ...[...byKind(changes)].map(([kind, of]) => section(changeTitles[kind], of.map(changeItem), kind !== "delete" && kind !== "replace")),
    section(costTitle(review), costItems(review), true),
    section("Not the same in every environment", differences.map(differenceItem), true),
    section("Good to know", findingItems(rest), true),
    section(
      "Overrides without use",
      unusedOverrides.map(
        ({ rule, stack, address }) => `<li>${code(rule)} in ${code(stack)}, ${code(address)}: lifts no block; remove it.</li>`,
      ),
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${body.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}

function section(title: string, items: readonly string[], folded = false): string {
  if (items.length === 0) return "";
  return `<details${folded ? "" : " open"}><summary><h2>${safe(title)} <span class="count">${items.length}</span></h2></summary>\n<ul>\n${items.join("\n")}\n</ul></details>`;
}

function matrix(rows: readonly StackRow[]): string {
  const used = usedColumns(rows);
  const cost = rows.some((row) => costText(row.cost) !== "");
  const heads = [
    ...["environment", "stack"].map((title) => `<th scope="col">${title}</th>`),
    ...used.map(({ title }) => `<th scope="col" class="number">${title}</th>`),
    ...(cost ? [`<th scope="col" class="number">USD a month</th>`] : []),
    ...["plan", "verdict"].map((title) => `<th scope="col">${title}</th>`),
  ];
  const lines = rows.map((row) => {
    const counts = used.map(({ key }) => `<td class="number ${row.counts[key] > 0 ? key : ""}">${row.counts[key] || ""}</td>`);
    const price = cost ? `<td class="number">${costText(row.cost)}</td>` : "";
    return `<tr><td>${safe(row.environment)}</td><td>${safe(row.stack)}</td>${counts.join("")}${price}<td>${safe(outcomeText(row))}</td><td>${badge(row.verdict, rowVerdict(row))}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr>${heads.join("")}</tr></thead><tbody>\n${lines.join("\n")}\n</tbody></table></div>`;
}

function freshness(rows: readonly StackRow[]): string {
  const commits = [...new Set(rows.flatMap(({ freshness: found }) => found?.commit ?? []))].sort();
  const times = rows.flatMap(({ freshness: found }) => found?.plannedAt ?? []).sort();
  const said = [...(commits.length === 0 ? [] : [`commit ${commits.join(", ")}`]), ...new Set([times[0] ?? "", times.at(-1) ?? ""])].filter(
    (text) => text !== "",
  );
  return said.length === 0 ? "" : `<p>Planned: ${safe(said.join(", "))}</p>`;
}

function approvalItem({ group, meaning, asked }: Review["approvals"][number]): string {
  const rules = asked.map(({ rule, stacks }) => `${code(rule)} in ${code(stacks.join(", "))}`);
  return `<li><strong>${safe(group)}</strong> (${safe(meaning)}): ${rules.join("; ")}</li>`;
}

/** One box per kind, with all places in it. */
function findingItems(findings: readonly FindingGroup[]): string[] {
  const kinds: FindingGroup[][] = [];
  for (const { group, isFirst } of explained(findings)) {
    const last = kinds.at(-1);
    if (isFirst || last === undefined) kinds.push([group]);
    else last.push(group);
  }
  return kinds.map(kindItem);
}

function kindItem(groups: readonly FindingGroup[]): string {
  const [first] = groups;
  if (first === undefined) return "";
  const { rule, verdict, because, remedy } = first.finding;
  return [
    `<li class="finding ${verdict.kind}">${badge(verdict)} <strong>${code(rule)}</strong>`,
    `<p>${text(sentence(because))}${remedy === undefined ? "" : ` <strong>Do:</strong> ${text(sentence(remedy))}`}</p>`,
    `<ul>${groups.map(placeItem).join("")}</ul></li>`,
  ].join("");
}

function placeItem({ finding: { title, details }, places }: FindingGroup): string {
  const overrides = places.flatMap(({ id, override }) => (override ? [`Overridden in ${id} by ${override.by}: ${override.reason}`] : []));
  return [
    `<li>${safe(title)} <span class="where">${safe(stacksOf(places))}</span>`,
    ...[...new Set(overrides)].map((line) => `<p class="override">${safe(line)}</p>`),
    details.length === 0 ? "" : `<pre>${details.map(safe).join("\n")}</pre>`,
    "</li>",
  ].join("");
}

function changeItem(group: ChangeGroup): string {
  const classes = { "-": "old", "+": "new", "!": "note" };
  const lines = diffLines(group).map(({ sign, text: line }) => `<span class="${classes[sign]}">${sign} ${safe(line)}</span>`);
  const diff = lines.length === 0 ? "" : `<pre>${lines.join("\n")}</pre>`;
  return `<li>${code(group.places[0]?.address ?? "")} <span class="where">${safe(stacksOf(group.places))}</span>${diff}</li>`;
}

function costItems(review: Review): string[] {
  const { unknown, assumptions } = review.cost;
  const lines = costLines(review).map(
    ({ address, stack, text: said }) => `<li>${code(address)} <span class="where">${safe(stack)}</span> ${safe(said)}</li>`,
  );
  if (lines.length + unknown.length === 0) return [];
  return [
    ...lines,
    ...unknown.map((said) => `<li>${safe(unknownCost(said))}</li>`),
    `<li class="where">Assumed: ${safe(assumptions.join("; "))}.</li>`,
  ];
}

function differenceItem({ stack, address, sides }: Review["differences"][number]): string {
  const lines = sides.map(({ environments, text: said }) => `<li><strong>${safe(environments.join(", "))}</strong>: ${safe(said)}</li>`);
  return `<li>${code(address)} of ${code(stack)}<ul>${lines.join("")}</ul></li>`;
}

function badge(verdict: Verdict, text = verdictText(verdict)): string {
  return text === "" ? "" : `<span class="badge ${verdict.kind}">${safe(text)}</span>`;
}

const code = (name: string) => `<code>${safe(name)}</code>`;

/** What stands between backticks is code. */
function text(sentence: string): string {
  return safe(sentence).replace(/`([^`]+)`/g, "<code>$1</code>");
}
