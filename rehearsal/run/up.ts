/** Applies stacks and plans them again. */
import { count } from "../report.ts";
import { bootstrap } from "../terraform/bootstrap.ts";
import { apply, applyPlanned, init, plan } from "../terraform/commands.ts";
import { type Change, type Progress, TerraformFailure } from "../terraform/runner.ts";
import { stage } from "./events.ts";
import { facts } from "./facts.ts";
import { limited, upwards } from "./waves.ts";
import type { RunContext, StackWork } from "./work.ts";

/** Applies every stack as soon as what it needs is there. Rejects with the first failure; what was under way is finished before. */
export async function applyAll(context: RunContext, stacks: readonly StackWork[]): Promise<void> {
  const usable = deferred();
  // The bucket takes states while its lifecycle rules are still being watched by the provider, so others need not wait for that.
  const state = stacks.filter(({ id }) => id === context.stateStack).map((stack) => applyState(context, stack, usable.resolve));
  const others = stacks.filter(({ id }) => id !== context.stateStack);
  const ready = Promise.race([usable.promise, Promise.all(state)]);
  const rest = ready.then(() => {
    // A working folder is prepared while the stacks below it are applied: that needs the bucket only.
    const possible = others.filter((stack) => context.noKubernetes === undefined || !talksToKubernetes(stack));
    const prepared = new Map(possible.map((stack) => [stack.id, quietly(init(context.runnerFor(stack.id), stack.folder))]));
    return upwards(others, (stack) => applyOne(context, stack, others, prepared.get(stack.id)));
  });
  const results = await Promise.allSettled([...state, rest]);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

async function applyState(context: RunContext, work: StackWork, onUsable: () => void): Promise<void> {
  const { report, runnerFor, isNew } = context;
  const { json, folder } = work;
  await attempt(work, () =>
    stage(report, work.id, async (progress) => {
      const onProgress = (now: Progress) => progress(describe(now));
      const runner = runnerFor(work.id);
      const { planned } = await bootstrap({
        runner,
        json,
        folder,
        isNew,
        report: progress,
        onProgress,
        onUsable,
        look: looks(context, work),
      });
      return factsAfter(work, planned);
    }),
  );
}

/** Keeps a plan and notes it at its stack; undefined where plans are not kept. */
function looks({ keepPlan }: RunContext, { id, result }: StackWork): ((plan: string) => Promise<void>) | undefined {
  if (keepPlan === undefined) return undefined;
  return async (plan) => {
    result.upgrade = { changes: [], plan: await keepPlan(id, plan) };
  };
}

/** Facts of a stack; on top of another ref, what changed as well. */
function factsAfter({ content, result }: StackWork, changes: readonly Change[]): string {
  if (result.upgrade === undefined) return facts(content);
  result.upgrade = { ...result.upgrade, changes };
  return `${facts(content)}, ${changes.length === 0 ? "none" : changes.length} changed`;
}

async function applyOne(
  context: RunContext,
  work: StackWork,
  others: readonly StackWork[],
  prepared: Promise<void> | undefined,
): Promise<void> {
  const { report, runnerFor, noKubernetes } = context;
  const missing = others.find(({ id, result }) => work.needs.includes(id) && result.outcome === "skipped");
  if (missing) return skip(work, `needs ${missing.id}, which was skipped`);
  if (noKubernetes !== undefined && talksToKubernetes(work)) return skip(work, noKubernetes);
  await attempt(work, async () => {
    const runner = runnerFor(work.id);
    const steps = async (progress: (text: string) => void) => {
      progress("init");
      await prepared;
      progress("plan");
      const onProgress = (now: Progress) => progress(describe(now));
      const look = looks(context, work);
      const { changes } = look ? await applyPlanned(runner, work.folder, look, onProgress) : await apply(runner, work.folder, onProgress);
      return factsAfter(work, changes);
    };
    return stage(report, work.id, steps, missingProvider);
  });

  function skip(stack: StackWork, reason: string): void {
    Object.assign(stack.result, { outcome: "skipped", reason });
    report({ kind: "skipped", stage: stack.id, text: reason, seconds: 0 });
  }
}

function talksToKubernetes({ content: { provider = {} } }: StackWork): boolean {
  return "helm" in provider || "kubernetes" in provider;
}

function missingProvider(error: unknown): string | undefined {
  return error instanceof TerraformFailure ? error.missingProvider : undefined;
}

/** Notes how it ended. A provider that is not to be had skips the stack; everything else is a failure. */
async function attempt({ result }: StackWork, work: () => Promise<number>): Promise<void> {
  try {
    result.applySeconds = await work();
    result.outcome = "applied";
  } catch (error) {
    const missing = missingProvider(error);
    result.outcome = missing ? "skipped" : "failed";
    result.reason = missing;
    if (!missing) throw error;
  }
}

/** Plans every applied stack again; what it finds is a result, not a failure. Two at a time: Terraform and a provider fill a processor. */
export async function planAgain({ report, runnerFor }: RunContext, stacks: readonly StackWork[]): Promise<void> {
  await stage(report, "second-plans", async (progress) => {
    await limited(stacks, 2, async ({ id, folder, result }) => {
      progress(id);
      const { changes, text } = await plan(runnerFor(id), folder);
      result.secondPlan = changes;
      result.secondPlanText = text;
    });
    const changed = stacks.filter(({ result }) => result.secondPlan?.length).map(({ id }) => id);
    return changed.length === 0 ? "no changes" : `changes in ${changed.join(", ")}`;
  });
}

export function describe({ done, total, current }: Progress): string {
  if (total === 0) return "plan";
  const [first, ...more] = current;
  const busy = first === undefined ? "" : `  ${first}${more.length > 0 ? ` and ${count(more.length, "other")}` : ""}`;
  return `${done} of ${total}${busy}`;
}

/** The same promise; its failure is told by whoever waits for it, or by nobody where an earlier one ends the run. */
function quietly(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
