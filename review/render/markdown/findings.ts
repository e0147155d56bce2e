/** Findings in Markdown: what, where, why, what to do. */
import type { FindingGroup } from "../../review.ts";
import { code, prose, proseAbout } from "../escape.ts";
import { explained, sentence, stacksOf, verdictText } from "../words.ts";

export const signs = { block: "⛔", approval: "🟠", allow: "⚪" } as const;

/** More are counted: the JSON has all. */
const mostDetails = 20;
const mostPlaces = 30;

export function findingItems(findings: readonly FindingGroup[]): string[] {
  return explained(findings).map(({ group, isFirst }) => (isFirst ? `${kindLines(group)}\n\n${itemOf(group)}` : itemOf(group)));
}

function kindLines({ finding: { rule, verdict, because, remedy } }: FindingGroup): string {
  const said = verdict.kind === "allow" ? "" : ` · ${prose(verdictText(verdict))}`;
  const todo = remedy === undefined ? "" : ` **Do:** ${prose(sentence(remedy))}`;
  return `${signs[verdict.kind]} **${code(rule)}**${said}\\\n${prose(sentence(because))}${todo}`;
}

function itemOf({ finding: { title, address, details }, places }: FindingGroup): string {
  const where =
    places.length > mostPlaces ? `${stacksOf(places.slice(0, mostPlaces))} and ${places.length - mostPlaces} more` : stacksOf(places);
  const more = details.length > mostDetails ? [`  - and ${details.length - mostDetails} more`] : [];
  return [
    `- ${proseAbout(title, address)}, in ${code(where)}`,
    ...overrideLines(places),
    ...details.slice(0, mostDetails).map((detail) => `  - ${code(detail)}`),
    ...more,
  ].join("\n");
}

/** Who took responsibility stays in the comment, for the approver and for later. */
function overrideLines(places: FindingGroup["places"]): string[] {
  const lines = places.flatMap(({ id, override }) =>
    override === undefined ? [] : [`  - **Overridden** in ${code(id)} by ${code(override.by)}: ${prose(override.reason)}`],
  );
  return [...new Set(lines)];
}
