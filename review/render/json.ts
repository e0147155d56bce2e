/** The review for programs; json-form.ts describes it. */
import type { AttributeChange } from "../model.ts";
import type { Review } from "../review.ts";

/** Two spaces, keys in one order, a newline at the end. */
export function json({ verdict, rows, approvals, findings, changes, differences, cost, unusedOverrides }: Review): string {
  const value = {
    version: 1,
    verdict,
    stacks: rows,
    approvals,
    findings: findings.map(({ finding, places }) => {
      const { rule, danger, verdict: worst, title, because, details, remedy } = finding;
      return { rule, danger, verdict: worst, title, because, details, remedy, places };
    }),
    changes: changes.map((change) => ({ ...change, attributes: change.attributes.map(attributeOf) })),
    differences,
    cost,
    unusedOverrides,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function attributeOf({ path, before, after, sensitive, forcesReplacement }: AttributeChange): object {
  return { path, before, after, sensitive, forcesReplacement };
}
