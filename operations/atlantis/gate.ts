/**
 * Only what was reviewed is applied. Where a plan is made, its review and the SHA-256 of the plan file are noted beside it; an apply begins by
 * asking whether this very file is what was reviewed, and was not blocked. Approvals by people are Atlantis's and GitHub's (`approved`, code
 * owners); what is blocked no approval lets pass, only an override in writing and a new plan.
 */
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { UserError } from "../../environments/user-error.ts";
import { type PlanMeta, type Policy, type Review, readPlan, review } from "../../review/index.ts";
import type { Override } from "../../review/overrides.ts";

export interface GateSpec {
  /** Terraform's plan file, as Atlantis names it in PLANFILE. */
  readonly plan: string;
  /** Id of the stack. */
  readonly stack: string;
}

interface Note {
  readonly stack: string;
  /** SHA-256 of the plan file. */
  readonly plan: string;
  readonly verdict: Review["verdict"];
  /** What blocks it, one line each. */
  readonly blocks: readonly string[];
}

/** A plan on its way to the review. */
export interface ReviewSpec extends Pick<GateSpec, "plan"> {
  /** The same by `terraform show -json`. It holds secrets in clear, and goes when it was read. */
  readonly shown: string;
}

const noteOf = (plan: string) => `${plan}.review.json`;

/**
 * Reviews a plan and notes the result beside it. Rejects with a UserError where the plan cannot be read; the note of an earlier plan is gone then,
 * so that nothing can be applied.
 */
export async function reviewPlan(
  { plan, shown }: ReviewSpec,
  meta: PlanMeta,
  policy: Policy,
  overrides: readonly Override[],
): Promise<Review> {
  await rm(noteOf(plan), { force: true });
  const text = await taken(shown);
  const result = review([readPlan(text, meta)], policy, overrides);
  const blocks = result.findings
    .filter(({ finding }) => finding.verdict.kind === "block")
    .map(({ finding }) => `${finding.address}: ${finding.title}`);
  const note: Note = { stack: meta.id, plan: await digest(plan), verdict: result.verdict, blocks };
  await writeFile(noteOf(plan), JSON.stringify(note));
  return result;
}

/** Rejects with a UserError that says why this plan may not be applied; resolves to the verdict where it may. */
export async function verifyPlan({ plan, stack }: GateSpec): Promise<Review["verdict"]> {
  const note = await readNote(plan);
  if (note === undefined)
    throw new UserError(`${stack}: this plan was not reviewed. Comment \`atlantis plan -p ${stack}\`, read the review, apply then.`);
  if (note.stack !== stack || note.plan !== (await digest(plan))) {
    throw new UserError(
      `${stack}: this is not the plan that was reviewed. Comment \`atlantis plan -p ${stack}\`, read the review, apply then.`,
    );
  }
  if (note.verdict.kind !== "block") return note.verdict;
  throw new UserError(
    [
      `${stack}: the review blocks this plan:`,
      ...note.blocks.map((line) => `  ${line}`),
      'Change what it asks for. Or take responsibility for it in writing, in review-overrides.yaml (docs/review.md, "Overrides"), and plan again.',
    ].join("\n"),
  );
}

/** Undefined also where it was cut off while it was written: that review did not come to its end. */
async function readNote(plan: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(noteOf(plan), "utf8")) as Note;
  } catch {
    return undefined;
  }
}

/** Reads a file and removes it. */
async function taken(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UserError(`${file} is not there: Atlantis's step "show", or \`terraform show -json <plan> > ${file}\`, comes first.`);
  } finally {
    await rm(file, { force: true });
  }
}

async function digest(file: string): Promise<string> {
  try {
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  } catch {
    throw new UserError(`There is no plan file ${file}.`);
  }
}
