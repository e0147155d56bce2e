/** The table of guardrails in docs/guardrails.md. */
import type { Rule } from "./rule.ts";

/** Markdown: one row per rule, in the order of the catalogue. */
export function guardrailTable(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, title, why, remedy }) => `| \`${id}\` | ${[title, why, remedy].map(escaped).join(" | ")} |`);
  return ["| Rule | Holds when | Why | Remedy |", "|---|---|---|---|", ...rows].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
