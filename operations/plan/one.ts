/** Plans one stack and writes down what came of it. */
import { chmod, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import { type Report, stage } from "../../rehearsal/run/events.ts";
import { init } from "../../rehearsal/terraform/commands.ts";
import { withLock } from "../../rehearsal/terraform/init-lock.ts";
import { Interrupted, runTerraform, TerraformFailure } from "../../rehearsal/terraform/runner.ts";
import { problemOf, type Subject } from "../problems.ts";
import { type Machinery, pullState, showPlan } from "../terraform.ts";
import { refreshFolder, type Source } from "../work-folder.ts";
import { countsOf } from "./counts.ts";
import type { PlanEntry } from "./model.ts";
import { countText } from "./table.ts";

export interface Job {
  readonly subject: Subject;
  readonly source: Source;
  /** Only look for what changed behind Terraform's back; takes no lock, so that nobody's apply has to wait for it. */
  readonly refreshOnly: boolean;
  /** Why there is nothing to plan where the stack was never applied; absent: then everything is created. */
  readonly onlyApplied?: string;
  /** Absolute folder for the plan and its JSON. */
  readonly out: string;
}

export interface Planner {
  readonly machinery: Machinery;
  readonly report: Report;
  readonly now: () => Date;
}

/** Id of a stack's stage; its title is the stack's id. */
export const stageOf = (stack: string) => `plan ${stack}`;

/** Rejects only where it was interrupted; all else is an outcome. */
export async function planOne({ machinery, report, now }: Planner, job: Job): Promise<PlanEntry> {
  const { id } = job.subject;
  let entry: PlanEntry | undefined;
  const work = async (progress: (text: string) => void) => {
    entry = await inFolder(machinery, job, progress, now);
    if (job.refreshOnly) return "looked at";
    return entry.counts ? countText(entry.counts) : "";
  };
  try {
    await stage(
      report,
      stageOf(id),
      (progress) => asked(job, () => work(progress)),
      (error) => (error instanceof Waits ? error.message : undefined),
    );
    if (entry) return entry;
  } catch (error) {
    if (error instanceof Waits) return { id, outcome: "deferred", because: error.message };
    if (error instanceof Interrupted || !(error instanceof UserError)) throw error;
    return { id, outcome: "failed", because: error.message };
  }
  throw new Error(`${id} was planned without a result.`);
}

/** The stack cannot be planned before another is applied. */
export class Waits extends UserError {
  override readonly name = "Waits";
}

/** Gives Terraform's refusals their meaning. */
export async function asked<T>({ subject }: Pick<Job, "subject">, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TerraformFailure)) throw error;
    const problem = problemOf(error.diagnostics, subject);
    if (problem === undefined) throw error;
    throw problem.kind === "waits" ? new Waits(problem.because) : new UserError(problem.because);
  }
}

async function inFolder(
  { work, terraform, runnerFor }: Machinery,
  job: Job,
  progress: (text: string) => void,
  now: () => Date,
): Promise<PlanEntry> {
  const { id } = job.subject;
  const runner = runnerFor(id);
  const folder = join(work, id);
  progress("waiting for another run of it here");
  // Two runs at once would take each other's files away.
  return withLock(`${folder}.lock`, runner.signal, async () => {
    await rm(runner.logFile, { force: true });
    await refreshFolder(folder, job.source);
    progress("init");
    await init(runner, folder, ["-reconfigure"]);
    const state = await pullState(runner, folder);
    if (job.onlyApplied !== undefined && state === undefined) throw new Waits(job.onlyApplied);
    const plannedAt = now().toISOString();
    progress("plan");
    const [plan, file] = [join(job.out, `${id}.tfplan`), `${id}.json`];
    const mode = job.refreshOnly ? ["-refresh-only", "-lock=false"] : [];
    const args = ["plan", "-json", "-input=false", `-out=${plan}`, `-parallelism=${runner.parallelism}`, ...mode];
    try {
      await runTerraform(runner, folder, args);
      await chmod(plan, 0o600);
    } catch (error) {
      await rm(plan, { force: true }); // Terraform writes what it has of a plan that failed
      throw error;
    }
    progress("show");
    await showPlan(runner, folder, plan, join(job.out, file));
    const standing = state && { stateSerial: state.serial, stateLineage: state.lineage };
    const counts = countsOf(await readFile(join(job.out, file), "utf8"), id);
    return { id, outcome: "planned", file, ...standing, plannedAt, terraform: terraform.version, counts };
  });
}
