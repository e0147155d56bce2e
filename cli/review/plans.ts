/** Finds the plans that were named on the command line. Fewer than there should be is an error, never a shorter review. */
import { existsSync, readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import type { StackPlan } from "../../review/model.ts";
import { UsageError } from "../exit.ts";

/** @throws UserError that lists every plan that is missing or broken. */
export async function readPlans(paths: readonly string[]): Promise<StackPlan[]> {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new UsageError(`There is no ${missing.join(", no ")}. Make plans by \`mainline plan --out <folder>\`.`);
  const problems: string[] = [];
  const plans: StackPlan[] = [];
  // One after the other: texts of megabytes would add up.
  for (const path of paths) {
    try {
      plans.push(...((await stat(path)).isDirectory() ? await fromFolder(path) : [await fromFile(path)]));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
    }
  }
  const ids = plans.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (twice.length > 0) problems.push(`${twice.join(", ")}: more than one plan. Which one counts? Name one.`);
  if (problems.length > 0) throw new UserError(problems.join("\n"));
  return plans;
}

async function fromFolder(folder: string): Promise<StackPlan[]> {
  const { planSetFile, planSetOf, plansOf } = await import("../../review/plan-set.ts");
  const list = join(folder, planSetFile);
  if (!existsSync(list)) {
    throw new UserError(
      `${folder} has no ${planSetFile}, so nobody can say whether all plans are there. Make it by \`mainline plan --out ${folder}\`.`,
    );
  }
  const set = planSetOf(await readFile(list, "utf8"), list);
  return plansOf(set, (name) => {
    // A name from the list stays in the folder.
    const path = join(folder, basename(name));
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  });
}

async function fromFile(path: string): Promise<StackPlan> {
  const { readPlan } = await import("../../review/plan-json.ts");
  const { stackOf } = await import("../../review/plan-set.ts");
  return readPlan(textOf(await readFile(path)), { ...stackOf(basename(path).replace(/\.json$/, "")), source: path });
}

/** Redirected in Windows PowerShell 5, what Terraform prints becomes UTF-16, with a mark at its beginning. */
function textOf(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString("utf16le", 2) : bytes.toString("utf8");
}
