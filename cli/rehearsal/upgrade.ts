/** What the plans of a rehearsed upgrade come to: the same review that a pull request gets. */
import { readFile, writeFile } from "node:fs/promises";
import type { RehearsalResult } from "../../rehearsal/report.ts";
import { defaultPolicy, emptyPlan, policyOf, readPlan, review } from "../../review/index.ts";
import { stackOf } from "../../review/plan-set.ts";
import { markdown } from "../../review/render/markdown.ts";
import { terminal } from "../../review/render/terminal.ts";
import type { Review } from "../../review/review.ts";
import { allEnvironments } from "../environments.ts";
import type { Io } from "../io.ts";
import { overridesIn } from "../review/overrides.ts";

/** Undefined where nothing was applied on top of another ref. */
export async function reviewedUpgrade({ from, stacks }: RehearsalResult, io: Io): Promise<Review | undefined> {
  if (from === undefined) return undefined;
  const plans = stacks.map(async ({ stack, upgrade, outcome, reason }) => {
    const meta = stackOf(stack);
    if (upgrade) return readPlan(await readFile(upgrade.plan, "utf8"), { ...meta, source: upgrade.plan });
    // Applied without a plan: it is new, and its first apply made the bucket that others need.
    if (outcome === "applied") return emptyPlan(meta, "not affected", undefined);
    return emptyPlan(meta, outcome === "failed" ? "failed" : "deferred", reason ?? "it was not reached");
  });
  const environments = (await allEnvironments()).map(({ name, profile }) => ({ name, profile }));
  return review(await Promise.all(plans), policyOf(defaultPolicy, environments), await overridesIn(undefined, io));
}

/** Prints it, and writes it as Markdown where a file was asked for. */
export async function printUpgrade(reviewed: Review, { from }: RehearsalResult, file: string | undefined, io: Io): Promise<void> {
  io.out(`\n  On top of ${from?.ref} (${from?.commit.slice(0, 9)}):\n`);
  io.out(terminal(reviewed, io.colors).trimEnd());
  if (file === undefined) return;
  await writeFile(file, `${markdown(reviewed).join("\n").trimEnd()}\n`);
}
