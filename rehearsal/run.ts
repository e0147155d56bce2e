/**
 * A rehearsal: the product's own Terraform JSON, applied by the real Terraform and the real AWS provider to an emulated AWS, planned again,
 * destroyed. Only Terraform's environment differs from a real apply (docs/rehearsal.md).
 */
import { join } from "node:path";
import type { Kept, RehearsalResult } from "./report.ts";
import { orAborted } from "./run/abort.ts";
import { applyBase, baseResult, baseStages, destroyRemoved, onTop } from "./run/base.ts";
import { destroyAll, destroyStage } from "./run/down.ts";
import { explained, keep, missed } from "./run/ending.ts";
import { type Stage, stage } from "./run/events.ts";
import { openRun } from "./run/folder.ts";
import { leftovers, takeInventory } from "./run/inventory.ts";
import { type KubernetesView, settledView } from "./run/kubernetes.ts";
import { openWorld, prepareAccount, whyNoKubernetes } from "./run/opening.ts";
import { prepareStacks } from "./run/prepare.ts";
import { prepareBase } from "./run/prepare-base.ts";
import type { RehearsalSpec } from "./run/spec.ts";
import { applyAll, planAgain } from "./run/up.ts";
import type { RunContext } from "./run/work.ts";
import type { World } from "./run/world.ts";
import type { DetachedWorld } from "./run/world-client.ts";
import { findTerraform } from "./terraform/binary.ts";
import { type AwsTarget, rehearsalEnvironment } from "./terraform/child-environment.ts";
import { providerSource } from "./terraform/cli-config.ts";
import type { Runner } from "./terraform/runner.ts";

/** Resources at once. They mostly wait for the provider's own polling; more than this gains nothing on two processors. */
const parallelism = 30;
/** Milliseconds that Terraform gets to end gently. What it would tidy up is thrown away with the emulator anyway. */
const graceMs = 10_000;
const worldStage: Stage = { id: "world", title: "emulated AWS" };
const plansStage: Stage = { id: "second-plans", title: "second plans" };

/**
 * Rejects with a `UserError` where it cannot begin: no Terraform, a guardrail that does not hold. Everything later is told in the result,
 * with what was found until then. Nothing is left running but what `keep` asks for.
 */
export async function rehearse(spec: RehearsalSpec): Promise<RehearsalResult> {
  const { environment, cache, user, report } = spec;
  const began = performance.now();
  const terraform = await findTerraform({ wanted: spec.terraform ?? user.TERRAFORM_BINARY_NAME, path: user.PATH ?? "" });
  const run = await openRun(cache, new Date(), process.pid);
  const prepared = await prepareStacks(spec, run.path);
  const { stacks, stateStack, required, known } = prepared;
  const base = await prepareBase(spec, prepared, run.path);
  const planned = stacks.map(({ id }) => ({ id, title: id, ending: "applied" }));
  const { before: first, after } = baseStages(base, known);
  report({ kind: "stages", stages: [worldStage, ...first, ...planned, ...after, plansStage, ...(spec.keep ? [] : [destroyStage])] });
  const providers = await providerSource(terraform, { user, cache, folder: run.path });

  const broken = new AbortController();
  const signal = AbortSignal.any([spec.signal, broken.signal]);
  const hard = AbortSignal.any([spec.hard, broken.signal]);
  let world: World | DetachedWorld | undefined;
  let target: AwsTarget | undefined;
  let kubernetes: KubernetesView | undefined;
  let kept: Kept | undefined;
  let left: readonly string[] | undefined;
  let released: readonly string[] = [];
  let failure: string | undefined;
  try {
    await stage(report, worldStage.id, async (progress) => {
      world = await openWorld(spec, signal, run, progress);
      target = await prepareAccount(world, environment);
      kubernetes = await world.kubernetes();
      return world.description;
    });
    if (!world || !target || !kubernetes) throw new Error("no world"); // assigned above; the compiler cannot see it
    const { broken: end, url } = world;
    void end.then((reason) => reason !== undefined && broken.abort(reason));
    const tools = { ...providers.variables, HELM_CACHE_HOME: join(cache, "helm") };
    const direct = [...new Set([...base, ...stacks].flatMap(({ plainHosts }) => plainHosts))];
    const env = rehearsalEnvironment(user, target, tools, direct);
    const runnerFor = (stack: string): Runner => ({
      terraform,
      env,
      signal,
      hard,
      graceMs,
      parallelism,
      logFile: join(run.path, `${stack}.log`),
      initLock: join(cache, "plugins.lock"),
    });
    const noKubernetes = await whyNoKubernetes(kubernetes, user);
    const context: RunContext = { report, runnerFor, stateStack, isNew: spec.awsEndpoint === undefined, noKubernetes };
    const before = await takeInventory(url, environment.region);
    const detached = spec.keep && "letGo" in world ? { world, target } : undefined;
    try {
      if (spec.from) {
        await applyBase(context, spec.from, base);
        await applyAll(onTop(context, run.path), stacks);
        await destroyRemoved(context, base, known);
      } else await applyAll(context, stacks);
    } catch (error) {
      // What has no place is often why a release failed.
      if (!signal.aborted) kubernetes = await world.kubernetes().catch(() => kubernetes);
      // What was applied stays for looking into it.
      if (detached && !signal.aborted) kept = await keep(spec, run, detached, providers);
      throw error;
    }
    const applied = stacks.filter(({ result }) => result.outcome === "applied");
    await planAgain(context, applied);
    kubernetes = await orAborted(signal, settledView(world.kubernetes, signal));
    if (detached) kept = await keep(spec, run, detached, providers);
    else {
      await destroyAll(context, applied, async () => {
        left = leftovers(before, await takeInventory(url, environment.region));
        return left;
      });
      released = (await world.kubernetes()).released;
    }
  } catch (error) {
    failure = explained(error, broken.signal, spec, run).message;
  } finally {
    if (!kept) await world?.close();
  }
  return {
    environment: environment.name,
    run: run.id,
    emulator: world?.description ?? "",
    kubernetes: kubernetes?.description ?? "",
    clusters: kubernetes?.clusters ?? [],
    terraform: `${terraform.product} ${terraform.version}`,
    stacks: stacks.map(({ result }) => result),
    from: baseResult(spec.from, base),
    left,
    released,
    kept,
    failure:
      failure ??
      missed(
        required,
        stacks.map(({ result }) => result),
      ),
    seconds: (performance.now() - began) / 1000,
  };
}
