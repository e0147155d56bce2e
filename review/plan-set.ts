/**
 * `plans.json`: the list that `mainline plan` writes beside the plans, with every stack that was asked for and how it went. A review reads
 * the list and not the folder, so that a plan that is missing is an error and not "no changes".
 */
import { z } from "zod";
import { UserError } from "../environments/user-error.ts";
import type { StackPlan } from "./model.ts";
import { emptyPlan, type PlanMeta, readPlan } from "./plan-json.ts";

const entry = z.object({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*-[a-z][a-z0-9]*$/)
    .describe("Id of the stack, for example dev-network"),
  outcome: z.enum(["planned", "deferred", "failed", "not affected"]).describe("How it went; only `planned` has a file"),
  because: z.string().optional().describe("Why it is deferred or failed, for the reviewer"),
  file: z.string().optional().describe("Plan JSON, relative to plans.json"),
  commit: z.string().optional().describe("Commit of the code that was planned"),
  dirty: z.boolean().optional().describe("Files differed from that commit"),
  stateSerial: z.number().int().nonnegative().optional().describe("Serial of the state that it was planned against"),
  stateLineage: z.string().optional().describe("Lineage of that state"),
  plannedAt: z.iso.datetime({ offset: true }).optional().describe("When it was planned, ISO 8601"),
});

/** What `mainline plan` writes and `mainline review` reads; unknown keys are kept out of the way of newer writers. */
export const planSetSchema = z.object({
  version: z.literal(1).describe("Form of this file"),
  stacks: z.array(entry).describe("Every stack that was asked for, in the order in which they are applied"),
});

export type PlanSet = z.output<typeof planSetSchema>;
export type PlanSetEntry = z.output<typeof entry>;

export const planSetFile = "plans.json";

/** @param source path of the file, for messages. @throws UserError that lists every problem. */
export function planSetOf(text: string, source: string): PlanSet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${source} is not JSON, or is cut short. Make it again by \`mainline plan --out <folder>\`.`);
  }
  const result = planSetSchema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `  ${path.join(".") || "(the file)"}: ${message}`);
    throw new UserError(`${source} is not a list of plans:\n${problems.join("\n")}\nMake it again by \`mainline plan --out <folder>\`.`);
  }
  return result.data;
}

/**
 * All plans of a set.
 *
 * @param fileText text of a plan by its name in the list; undefined where there is no such file.
 * @throws UserError that lists every plan that is missing or broken: a review of a part would pass for a review of all.
 */
export function plansOf(set: PlanSet, fileText: (name: string) => string | undefined): StackPlan[] {
  const problems: string[] = [];
  const plans = set.stacks.flatMap((stack) => {
    try {
      return [planOfEntry(stack, fileText)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  const ids = set.stacks.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  for (const id of new Set(twice)) problems.push(`${id} is listed more than once.`);
  if (set.stacks.length === 0) problems.push("The list of plans is empty: nothing was planned.");
  if (problems.length > 0)
    throw new UserError(
      `${problems.length} of ${set.stacks.length} plans cannot be reviewed:\n${problems.map((text) => `  ${text}`).join("\n")}`,
    );
  return plans;
}

function planOfEntry(entry: PlanSetEntry, fileText: (name: string) => string | undefined): StackPlan {
  const { id, outcome, because, file } = entry;
  const meta = metaOf(entry);
  if (outcome !== "planned") return emptyPlan(meta, outcome, because);
  if (file === undefined) throw new UserError(`${id} is planned, but the list names no file of it.`);
  const text = fileText(file);
  if (text === undefined) throw new UserError(`${id}: its plan ${file} is missing. Plan again.`);
  return readPlan(text, meta);
}

function metaOf({ id, file, commit, dirty, stateSerial, plannedAt }: PlanSetEntry): PlanMeta {
  const code = commit === undefined ? undefined : `${commit.slice(0, 12)}${dirty ? " with uncommitted changes" : ""}`;
  return { ...stackOf(id), source: file ?? id, freshness: { commit: code, plannedAt, stateSerial } };
}

/** `dev-network` is the stack network of dev: names of stacks have no hyphen, names of environments may. */
export function stackOf(id: string): Pick<PlanMeta, "id" | "environment" | "stack"> {
  const cut = id.lastIndexOf("-");
  return cut < 1 ? { id, environment: id, stack: id } : { id, environment: id.slice(0, cut), stack: id.slice(cut + 1) };
}
