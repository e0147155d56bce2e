/** The end of a run: what stays, what was missed, and why it came early. */
import { UserError } from "../../environments/user-error.ts";
import type { Kept, StackResult } from "../report.ts";
import { type AwsTarget, awsVariables } from "../terraform/child-environment.ts";
import type { ProviderSource } from "../terraform/cli-config.ts";
import { Interrupted } from "../terraform/runner.ts";
import { occupy, type RunFolder } from "./folder.ts";
import { noteKept } from "./kept.ts";
import type { RehearsalSpec } from "./spec.ts";
import type { DetachedWorld } from "./world-client.ts";

export interface Staying {
  readonly world: DetachedWorld;
  /** As whom it was applied. */
  readonly target: AwsTarget;
}

/** Notes where it is and lets it go on without us. */
export async function keep(
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

/** What `--require` did not get. */
export function missed(required: readonly string[], stacks: readonly StackResult[]): string | undefined {
  const skipped = stacks.filter(({ stack, outcome }) => outcome === "skipped" && required.includes(stack));
  if (skipped.length === 0) return undefined;
  return skipped.map(({ stack, reason }) => `${stack} is required and was skipped: ${reason}`).join("\n");
}

/** What was applied so far is in the emulator only, so ending that leaves nothing. */
export function explained(
  error: unknown,
  broken: AbortSignal,
  { awsEndpoint, existing, signal }: RehearsalSpec,
  { path }: RunFolder,
): UserError {
  const aws = awsEndpoint
    ? `What was applied is still at ${awsEndpoint}.`
    : "Nothing is left: every process was ended, and the emulated AWS with all in it is gone.";
  const rest = existing ? `${aws} What was installed in your own cluster is still there.` : aws;
  if (broken.aborted) return new UserError(`${broken.reason}\n${rest} Run it again; logs are in ${path}`);
  // Whatever noticed it first: Terraform, a wait for a lock, or the start of the emulator.
  if (signal.aborted) return new Interrupted(`Interrupted. ${rest} Logs are in ${path}`);
  if (error instanceof UserError) return error;
  throw error;
}
