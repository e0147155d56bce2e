/** Findings in Markdown: what, where, why, what to do. */
import type { FindingGroup } from "../../review.ts";
import { code, prose, proseAbout } from "../escape.ts";
import { stacksOf, verdictText } from "../words.ts";

export const signs = { block: "⛔", approval: "🟠", allow: "⚪" } as const;

/** More are counted: the JSON has all. */
const mostDetails = 20;
const mostPlaces = 30;

export function findingItem({ finding, places }: FindingGroup): string {
  const { rule, verdict, title, address, because, remedy, details } = finding;
  const where =
    places.length > mostPlaces ? `${stacksOf(places.slice(0, mostPlaces))} and ${places.length - mostPlaces} more` : stacksOf(places);
  const more = details.length > mostDetails ? [`- and ${details.length - mostDetails} more`] : [];
  return [
    `${signs[verdict.kind]} **${code(rule)}** in ${code(where)}: ${proseAbout(title, address)}. ${prose(because)}`,
    ...overrideLines(places),
    ...details.slice(0, mostDetails).map((detail) => `- ${code(detail)}`),
    ...more,
    ...(remedy === undefined ? [] : [`- **Do:** ${prose(remedy)}`]),
    ...(verdict.kind === "approval" ? [`- **Who:** ${prose(verdictText(verdict))}`] : []),
  ].join("\n");
}

/** Who took responsibility stays in the comment, for the approver and for later. */
function overrideLines(places: FindingGroup["places"]): string[] {
  const lines = places.flatMap(({ id, override }) =>
    override === undefined ? [] : [`- **Overridden** in ${code(id)} by ${code(override.by)}: ${prose(override.reason)}`],
  );
  return [...new Set(lines)];
}
