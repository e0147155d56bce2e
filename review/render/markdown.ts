/** The review as comments of a pull request. */
import type { Freshness } from "../model.ts";
import type { ChangeKind, Review, StackRow } from "../review.ts";
import { code, prose } from "./escape.ts";
import { changeItem, differenceItem } from "./markdown/changes.ts";
import { findingItems } from "./markdown/findings.ts";
import { headOf } from "./markdown/head.ts";
import { githubLimits, type Limits, pack, type Section } from "./markdown/pack.ts";
import { byKind, changeTitles, costLines, costTitle, unknownCost } from "./words.ts";

/** These are never cut; what happens to them cannot be undone. */
const kept: ReadonlySet<ChangeKind> = new Set<ChangeKind>(["delete", "replace", "forget"]);

/** Bodies of comments in order; one, where all fits. Without markers: who posts them adds those. */
export function markdown(review: Review, limits: Limits = githubLimits): string[] {
  const parts = pack(headOf(review), sectionsOf(review), limits);
  if (parts.length === 1) return parts;
  return parts.map((part, index) => `${part}\nPart ${index + 1} of ${parts.length}.\n`);
}

function sectionsOf(review: Review): Section[] {
  const { findings, changes, differences, unusedOverrides, rows } = review;
  const open = findings.filter(({ finding }) => finding.verdict.kind !== "allow");
  const rest = findings.filter(({ finding }) => finding.verdict.kind === "allow");
  const kinds = [...byKind(changes)].map(([kind, of]): Section => {
    const never = kept.has(kind);
    return { title: changeTitles[kind], items: of.map(changeItem), kept: never, folded: true };
  });
  const unused = unusedOverrides.map(
    ({ rule, stack, address }) => `- ${code(rule)} in ${code(stack)}, ${code(address)}: lifts no block; remove it.`,
  );
  const sections: Section[] = [
    { title: "Findings", items: findingItems(open), kept: true, folded: false },
    ...kinds.filter((section) => section.kept),
    { title: costTitle(review), items: costItems(review), kept: false, folded: true, counted: false },
    { title: "Not the same in every environment", items: differences.map(differenceItem), kept: false, folded: true },
    { title: "Good to know", items: findingItems(rest), kept: false, folded: true },
    ...kinds.filter((section) => !section.kept),
    { title: "Overrides without use", items: unused, kept: false, folded: true },
    { title: "What was planned, against which state", items: rows.flatMap(freshnessItem), kept: false, folded: true },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

function costItems(review: Review): string[] {
  const { unknown, assumptions } = review.cost;
  const lines = costLines(review).map(({ address, stack, text }) => `- ${code(address)} in ${code(stack)}: ${prose(text)}`);
  if (lines.length + unknown.length === 0) return [];
  return [...lines, ...unknown.map((text) => `- ${prose(unknownCost(text))}`), `Assumed: ${prose(assumptions.join("; "))}.`];
}

function freshnessItem({ id, freshness }: StackRow): string[] {
  const text = freshness && freshnessText(freshness);
  return text ? [`- ${code(id)}: ${prose(text)}`] : [];
}

function freshnessText({ commit, plannedAt, stateSerial }: Freshness): string {
  const state = stateSerial === undefined ? [] : [`state serial ${stateSerial}`];
  return [...(commit === undefined ? [] : [`commit ${commit}`]), ...state, ...(plannedAt === undefined ? [] : [plannedAt])].join(", ");
}
