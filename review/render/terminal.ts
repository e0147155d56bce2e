/** The review for a terminal: the same words, as wide as they are. */
import Table from "cli-table3";
import type { createColors } from "picocolors";
import type { Verdict } from "../model.ts";
import type { ChangeGroup, FindingGroup, Review, StackRow } from "../review.ts";
import { diffLines } from "../text/diff.ts";
import { visible } from "./escape.ts";
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

type Colors = ReturnType<typeof createColors>;

/** Names are made visible: a terminal obeys control characters. */
export function terminal(review: Review, colors: Colors): string {
  const { rows, findings, changes, differences, unusedOverrides } = review;
  const sections = [
    matrix(rows, colors),
    ...explained(findings).map(({ group, isFirst }) => findingText(group, isFirst, colors)),
    ...[...byKind(changes)].map(
      ([kind, of]) => `${colors.bold(changeTitles[kind])}\n${of.map((group) => changeText(group, colors)).join("\n")}`,
    ),
    ...(differences.length === 0
      ? []
      : [`${colors.bold("Not the same in every environment")}\n${differences.map(differenceText).join("\n")}`]),
    ...costSection(review, colors),
    ...unusedOverrides.map(({ rule, stack, address }) =>
      visible(`Override of ${rule} in ${stack}, ${address}: lifts no block; remove it.`),
    ),
    paint(review.verdict, colors)(headline(review)),
  ];
  return sections.join("\n\n");
}

function matrix(rows: readonly StackRow[], colors: Colors): string {
  const used = usedColumns(rows);
  const cost = rows.some((row) => costText(row.cost) !== "");
  const table = new Table({
    head: ["environment", "stack", ...used.map(({ title }) => title), ...(cost ? ["USD a month"] : []), "plan", "verdict"],
    colAligns: ["left", "left", ...used.map(() => "right" as const), ...(cost ? ["right" as const] : []), "left", "left"],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const counts = used.map(({ key }) => (row.counts[key] === 0 ? "" : String(row.counts[key])));
    const verdict = paint(row.verdict, colors)(visible(rowVerdict(row)));
    table.push([
      visible(row.environment),
      visible(row.stack),
      ...counts,
      ...(cost ? [costText(row.cost)] : []),
      visible(outcomeText(row)),
      verdict,
    ]);
  }
  return table.toString();
}

function findingText({ finding, places }: FindingGroup, isFirst: boolean, colors: Colors): string {
  const { verdict, rule, title, because, details, remedy } = finding;
  const overrides = places.flatMap(({ id, override }) => (override ? [`overridden in ${id} by ${override.by}: ${override.reason}`] : []));
  const kind = [
    `${paint(verdict, colors)(verdictText(verdict))} ${colors.bold(rule)}`,
    `  ${colors.dim(visible(sentence(because)))}`,
    ...(remedy === undefined ? [] : [`  ${visible(sentence(remedy))}`]),
    "",
  ];
  return [
    ...(isFirst ? kind : []),
    `  ${visible(title)} ${colors.dim(visible(stacksOf(places)))}`,
    ...[...new Set(overrides), ...details].map((line) => `    ${visible(line)}`),
  ].join("\n");
}

function changeText(group: ChangeGroup, colors: Colors): string {
  const inks = { "-": colors.red, "+": colors.green, "!": colors.yellow };
  const lines = diffLines(group).map(({ sign, text }) => `    ${inks[sign](`${sign} ${visible(text)}`)}`);
  return [`  ${visible(group.places[0]?.address ?? "")} ${colors.dim(visible(stacksOf(group.places)))}`, ...lines].join("\n");
}

function differenceText({ stack, address, sides }: Review["differences"][number]): string {
  const lines = sides.map(({ environments, text }) => `    ${visible(`${environments.join(", ")}: ${text}`)}`);
  return [`  ${visible(address)} of ${visible(stack)}`, ...lines].join("\n");
}

function costSection(review: Review, colors: Colors): string[] {
  const { unknown, assumptions } = review.cost;
  const lines = costLines(review).map(({ address, stack, text }) => `  ${visible(`${address} ${text}`)} ${colors.dim(visible(stack))}`);
  if (lines.length + unknown.length === 0) return [];
  const rest = [...unknown.map((text) => `  ${visible(unknownCost(text))}`), colors.dim(`  Assumed: ${visible(assumptions.join("; "))}.`)];
  return [[colors.bold(costTitle(review)), ...lines, ...rest].join("\n")];
}

function paint({ kind }: Verdict, colors: Colors): (text: string) => string {
  return { block: colors.red, approval: colors.yellow, allow: colors.green }[kind];
}
