/**
 * Destroys one stack: refuses while others stand on it, tells what is lost and what controllers left, asks, and only then acts. Nothing is
 * changed before the answer.
 */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../environments/schema.ts";
import { UsageError, UserError } from "../../environments/user-error.ts";
import { clusterName } from "../../modules/naming.ts";
import { inOrder } from "../../rehearsal/run/stacks.ts";
import { withLock } from "../../rehearsal/terraform/init-lock.ts";
import type { SynthStack } from "../affected/model.ts";
import { placesOf } from "../affected/places.ts";
import { type Place, type SynthFolder, synthWorkingTree } from "../affected/synth-ref.ts";
import { type Clients, clientsFor } from "../aws/clients.ts";
import { afterKill, interruptible } from "../interruptible.ts";
import { asked, Waits } from "../plan/one.ts";
import { subjectOf } from "../plan/subject.ts";
import { stacksNamed } from "../plan/targets.ts";
import { type Machine, machineryOf, type State } from "../terraform.ts";
import { checkClusterProtection } from "./cluster-protection.ts";
import { drain } from "./drain.ts";
import { type LeftOver, type Moments, momentOf, momentsOf } from "./left-over.ts";
import { leftOvers, type Where } from "./look.ts";
import { lossesOf } from "./losses.ts";
import { checkReaders } from "./readers.ts";
import { managed, namedIn, openState, peekState } from "./states.ts";
import type { Prospect } from "./tell.ts";
import { applyDestroy, planDestroy, type Subject } from "./terraform.ts";

export interface DestroySpec extends Place, Machine {
  readonly stack: string;
  readonly environments: readonly Environment[];
  /** Shows what is about to happen and gives the answer: what was typed. Not called where there is nothing to do. */
  readonly ask: (prospect: Prospect) => Promise<boolean>;
  /** Production may be destroyed. */
  readonly iKnow: boolean;
}

export interface Destroyed {
  readonly prospect: Prospect;
  /** `declined`: the answer was no, or there was none. */
  readonly outcome: "destroyed" | "nothing to do" | "declined";
}

/** Rejects where others stand on the stack, where it is protected, and where something could not be deleted; running it again goes on. */
export async function destroyStack(spec: DestroySpec): Promise<Destroyed> {
  const said = () => `Interrupted. Nothing was changed.${afterKill(spec.hard)}`;
  return interruptible(spec.signal, said, () => destroyNamed(spec));
}

async function destroyNamed(spec: DestroySpec): Promise<Destroyed> {
  const scratch = join(spec.cache, "refs", `.working-tree-${randomUUID()}`);
  try {
    const synth = await synthWorkingTree(spec, scratch);
    const stack = exactly(synth, spec.stack);
    const environment = spec.environments.find(({ name }) => name === stack.environment);
    if (!environment) throw new UserError(`${stack.id} is of no environment of this workspace.`);
    refuse(stack, environment, spec.iKnow);
    const machinery = await machineryOf(spec);
    // Nobody else plans or destroys the same stack meanwhile, on this machine; Terraform's own lock is for all others.
    return await withLock(join(machinery.work, `${stack.id}.lock`), spec.signal, () =>
      work(spec, { synth, stack, environment, machinery }),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function work(spec: DestroySpec, subject: Subject): Promise<Destroyed> {
  const { synth, stack, environment, machinery } = subject;
  const { report } = spec;
  const told = subjectOf(stack, synth.synth, placesOf(synth.synth), spec.user.AWS_PROFILE);
  report(`reading the state of ${stack.id} and of what stands on it`);
  const state = await asked({ subject: told }, () =>
    openState(machinery, stack.id, { folder: join(synth.outdir, "stacks", stack.id), root: spec.root }),
  ).catch(noState);
  await checkReaders(synth.synth, stack, (reader) => peekState(machinery, reader));

  const moments = momentsOf(stack.stack);
  const clients = moments ? await clientsFor(environment, spec.user) : undefined;
  try {
    const where = whereOf(stack, environment, state);
    if (clients && stack.stack === "cluster") await checkClusterProtection(clients.eks, where.cluster);
    if (clients) report("looking for what controllers left");
    const found = clients ? await leftOvers(clients, where) : [];
    const counts = managed(state) > 0 ? await planDestroy(subject, told, report) : undefined;
    const { id, environment: name, stack: kind } = stack;
    const losses = state ? lossesOf(state) : [];
    const prospect: Prospect = { id, environment: name, stack: kind, account: environment.account, losses, leftOvers: found, counts };
    const moment = (one: LeftOver) => moments && momentOf(moments, one);
    if (losses.length === 0 && !found.some(moment)) return { prospect, outcome: "nothing to do" };
    if (!(await spec.ask(prospect))) return { prospect, outcome: "declined" };

    if (clients)
      await drain(
        { ...spec, ...where, clients },
        found.filter((one) => moment(one) === "before"),
      );
    if (losses.length > 0) await applyDestroy(subject, spec);
    const goOn = () => "Interrupted. What was deleted is gone; run it again to go on.";
    if (clients && moments?.after.length) await interruptible(spec.signal, goOn, () => drainAfter(spec, clients, where, moments));
    return { prospect, outcome: "destroyed" };
  } finally {
    clients?.close();
  }
}

/** Looks again: a controller that was uninstalled has often cleaned up by itself. */
async function drainAfter(spec: DestroySpec, clients: Clients, where: Where, moments: Moments): Promise<void> {
  const rest = await leftOvers(clients, where);
  await drain(
    { ...spec, ...where, clients },
    rest.filter((one) => momentOf(moments, one) === "after"),
  );
}

function exactly({ synth }: SynthFolder, id: string): SynthStack {
  const found = synth.find((stack) => stack.id === id);
  if (found) return found;
  const stacks = stacksNamed(inOrder(synth), [id]); // says what there is
  const ids = stacks.map((stack) => stack.id).reverse();
  throw new UsageError(`"${id}" is an environment. Destroy one stack after the other, in this order: ${ids.join(", ")}.`);
}

/** What is not destroyed by a command, whatever the answer. */
function refuse({ id, stack }: SynthStack, { name, profile }: Environment, iKnow: boolean): void {
  if (stack === "state") {
    throw new UserError(
      `${id} holds the states of every other stack and their history; no command destroys it. docs/operations.md says how it is done by hand.`,
    );
  }
  if (profile === "production" && !iKnow) {
    throw new UserError(`${name} is a production environment. If it is meant: mainline destroy ${id} --i-know, which still asks.`);
  }
}

function whereOf({ stack }: SynthStack, environment: Environment, state: State | undefined): Where {
  const vpcId = stack === "network" ? state?.outputs?.vpcId?.value : undefined;
  return { cluster: clusterName(environment), known: namedIn(state), ...(typeof vpcId === "string" && { vpcId }) };
}

/** A bucket that is not there holds no state. */
function noState(error: unknown): undefined {
  if (!(error instanceof Waits)) throw error;
  return undefined;
}
