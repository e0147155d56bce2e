/**
 * A rehearsal: the product's own Terraform JSON, applied by the real Terraform and the real AWS provider to an emulated AWS, planned again,
 * destroyed. Only Terraform's environment differs from a real apply (docs/rehearsal.md).
 */
import { join } from "node:path";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { namedRoles, seedRoles } from "./prerequisites.ts";
import type { Kept, RehearsalResult, StackResult } from "./report.ts";
import { orAborted } from "./run/abort.ts";
import { assume, deployerRole } from "./run/deployer.ts";
import { destroyAll, destroyStage } from "./run/down.ts";
import { type Report, type Stage, stage } from "./run/events.ts";
import { occupy, openRun, type RunFolder } from "./run/folder.ts";
import { leftovers, takeInventory } from "./run/inventory.ts";
import { noteKept } from "./run/kept.ts";
import type { KubernetesView } from "./run/kubernetes.ts";
import { prepareStacks } from "./run/prepare.ts";
import { applyAll, planAgain } from "./run/up.ts";
import type { RunContext, StackWork } from "./run/work.ts";
import { startWorld, type World, type WorldSpec } from "./run/world.ts";
import { type DetachedWorld, startDetachedWorld } from "./run/world-client.ts";
import { findTerraform } from "./terraform/binary.ts";
import { type AwsTarget, awsVariables, rehearsalEnvironment, type Variables } from "./terraform/child-environment.ts";
import { type ProviderSource, providerSource } from "./terraform/cli-config.ts";
import { Interrupted, type Runner } from "./terraform/runner.ts";

export interface RehearsalSpec {
  readonly environment: Environment;
  /** All of the workspace: the environment may use the state bucket of another. */
  readonly environments: readonly Environment[];
  /** One stack, with or without the environment's name; what it needs is applied, too. */
  readonly only?: string;
  /** Leave everything applied and running; see kept.ts. */
  readonly keep: boolean;
  /** Stacks that must be applied: skipping one of them is a failure. */
  readonly require?: readonly string[];
  /** Absolute folder, or address of a repository or registry, that charts come from in place of their own. */
  readonly charts?: string;
  /** Another emulator behind the gateway. */
  readonly awsEndpoint?: string;
  /** `.cache` of the working tree. */
  readonly cache: string;
  /** Terraform's or OpenTofu's binary. */
  readonly terraform?: string;
  /** Environment variables of the user. */
  readonly user: Variables;
  /** Ends the run gently, and at once. */
  readonly signal: AbortSignal;
  readonly hard: AbortSignal;
  readonly report: Report;
}

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
  const { stacks, stateStack, required } = await prepareStacks(spec, run.path);
  const planned = stacks.map(({ id }) => ({ id, title: id }));
  report({ kind: "stages", stages: [worldStage, ...planned, plansStage, ...(spec.keep ? [] : [destroyStage])] });
  const providers = await providerSource(terraform, { user, cache, folder: run.path });

  const broken = new AbortController();
  const signal = AbortSignal.any([spec.signal, broken.signal]);
  const hard = AbortSignal.any([spec.hard, broken.signal]);
  let world: World | DetachedWorld | undefined;
  let target: AwsTarget | undefined;
  let kubernetes: KubernetesView | undefined;
  let kept: Kept | undefined;
  let left: readonly string[] | undefined;
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
    const direct = [...new Set(stacks.flatMap(({ plainHosts }) => plainHosts))];
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
    const noKubernetes = kubernetes.answers ? undefined : kubernetes.description;
    const context: RunContext = { report, runnerFor, stateStack, isNew: spec.awsEndpoint === undefined, noKubernetes };
    const before = await takeInventory(url, environment.region);
    const detached = spec.keep && "letGo" in world ? { world, target } : undefined;
    try {
      await applyAll(context, stacks);
    } catch (error) {
      // What has no place is often why a release failed.
      if (!signal.aborted) kubernetes = await world.kubernetes().catch(() => kubernetes);
      // What was applied stays for looking into it.
      if (detached && !signal.aborted) kept = await keep(spec, run, detached, providers);
      throw error;
    }
    const applied = stacks.filter(({ result }) => result.outcome === "applied");
    await planAgain(context, applied);
    kubernetes = await orAborted(signal, world.kubernetes());
    if (detached) kept = await keep(spec, run, detached, providers);
    else {
      await destroyAll(context, applied, async () => {
        left = leftovers(before, await takeInventory(url, environment.region));
        return left;
      });
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
    left,
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

/** Makes what the account must have before its stacks, and says as whom it is used. */
async function prepareAccount({ url, target }: World, environment: Environment): Promise<AwsTarget> {
  const { account, region } = environment;
  await seedRoles(url, region, account, namedRoles(environment));
  const role = deployerRole(environment);
  return role === undefined ? target : { ...target, credentials: await assume(url, region, role) };
}

/** What `--require` did not get. */
function missed(required: readonly string[], stacks: readonly StackResult[]): string | undefined {
  const skipped = stacks.filter(({ stack, outcome }) => outcome === "skipped" && required.includes(stack));
  if (skipped.length === 0) return undefined;
  return skipped.map(({ stack, reason }) => `${stack} is required and was skipped: ${reason}`).join("\n");
}

async function openWorld(
  spec: RehearsalSpec,
  signal: AbortSignal,
  { path }: RunFolder,
  progress: (text: string) => void,
): Promise<World | DetachedWorld> {
  const { awsEndpoint, cache, user } = spec;
  const { account, region } = spec.environment;
  const world: WorldSpec = { folder: path, cache, account, region, user, awsEndpoint };
  const starting = spec.keep ? startDetachedWorld(world, progress) : startWorld(world, progress);
  try {
    return await orAborted(signal, starting);
  } catch (error) {
    void starting.then((late) => late.close()).catch(() => {});
    throw error;
  }
}

interface Staying {
  readonly world: DetachedWorld;
  /** As whom it was applied. */
  readonly target: AwsTarget;
}

async function keep(
  { environment }: RehearsalSpec,
  run: RunFolder,
  { world, target }: Staying,
  { variables }: ProviderSource,
): Promise<Kept> {
  const shell = {
    ...awsVariables(target),
    ...Object.fromEntries(Object.entries(variables).flatMap(([k, v]) => (v ? [[k, v]] : []))),
  };
  const kept = await noteKept(run.path, {
    id: run.id,
    environment: environment.name,
    pid: world.pid,
    target: world.target,
    variables: shell,
  });
  await occupy(run.path, world.pid);
  await world.letGo();
  return kept;
}

/** What was applied so far is in the emulator only, so ending that leaves nothing. */
function explained(error: unknown, broken: AbortSignal, { awsEndpoint, signal }: RehearsalSpec, { path }: RunFolder): UserError {
  const rest = awsEndpoint
    ? `What was applied is still at ${awsEndpoint}.`
    : "Nothing is left: every process was ended, and the emulated AWS with all in it is gone.";
  if (broken.aborted) return new UserError(`${broken.reason}\n${rest} Run it again; logs are in ${path}`);
  // Whatever noticed it first: Terraform, a wait for a lock, or the start of the emulator.
  if (signal.aborted) return new Interrupted(`Interrupted. ${rest} Logs are in ${path}`);
  if (error instanceof UserError) return error;
  throw error;
}

export type { StackWork };
