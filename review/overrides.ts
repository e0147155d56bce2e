/**
 * `review-overrides.yaml`: a block that somebody takes responsibility for, in writing. It lets nothing pass by itself: the block becomes an
 * approval by the policy's `overriders`, and the reason stays in the comment. What it names must match exactly, and it ends by itself.
 */
import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../environments/user-error.ts";
import type { Finding } from "./model.ts";

const override = z.strictObject({
  rule: z.string().min(1).describe("Id of the rule, for example destroy-stateful"),
  stack: z.string().min(1).describe("Id of the stack, for example prod-network"),
  address: z.string().describe("Terraform address as the review shows it; empty for findings about the whole stack"),
  by: z.string().min(1).describe("Who takes responsibility"),
  reason: z.string().min(20).describe("Why it is right, for the approver and the auditor; at least 20 characters"),
  until: z.iso.date().describe("Last day on which it holds, for example 2026-12-31"),
});

export const overridesSchema = z.array(override);

export type Override = z.output<typeof override>;

/**
 * @param today ISO day: ended overrides are left out, so that the block comes back.
 * @throws UserError that lists every problem.
 */
export function overridesOf(text: string, source: string, today: string): { readonly valid: Override[]; readonly ended: Override[] } {
  const result = overridesSchema.safeParse(yamlOf(text, source) ?? []);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `  ${path.join(".") || "(the file)"}: ${message}`);
    throw new UserError(
      `${source} has ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}:\n${problems.join("\n")}\nIts form: docs/review.md, "Overrides".`,
    );
  }
  return { valid: result.data.filter(({ until }) => until >= today), ended: result.data.filter(({ until }) => until < today) };
}

function yamlOf(text: string, source: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new UserError(`${source} is not YAML: ${line}`);
  }
}

export function matches(entry: Override, { rule, environment, stack, address }: Finding): boolean {
  return entry.rule === rule && entry.stack === `${environment}-${stack}` && entry.address === address;
}
