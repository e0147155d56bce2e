/** Terraform on the AWS that the user's environment leads to: a real account, or a kept rehearsal. */
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { startChild } from "../rehearsal/processes.ts";
import { findTerraform, type Terraform } from "../rehearsal/terraform/binary.ts";
import { realEnvironment, type Variables } from "../rehearsal/terraform/child-environment.ts";
import { providerSource } from "../rehearsal/terraform/cli-config.ts";
import { Interrupted, type Runner, TerraformFailure } from "../rehearsal/terraform/runner.ts";

export interface Machine {
  /** `.cache` of the working tree. */
  readonly cache: string;
  /** Terraform's or OpenTofu's binary. */
  readonly wanted?: string;
  readonly user: Variables;
  readonly signal: AbortSignal;
  readonly hard: AbortSignal;
}

export interface Machinery {
  readonly terraform: Terraform;
  /** A runner that logs to a file of the stack's own, in the folder of all work. */
  readonly runnerFor: (stack: string) => Runner;
  /** Folder below which every stack has one of its own, which survives: providers need not be linked again. */
  readonly work: string;
}

/** Milliseconds: a real state is worth waiting for; a second Ctrl-C ends the wait. */
const graceMs = 600_000;

/** Rejects with what to install where there is no Terraform. */
export async function machineryOf({ cache, wanted, user, signal, hard }: Machine): Promise<Machinery> {
  const work = join(cache, "work");
  await mkdir(work, { recursive: true, mode: 0o700 });
  const terraform = await findTerraform({ wanted: wanted ?? user.TERRAFORM_BINARY_NAME, path: user.PATH ?? "" });
  const { variables } = await providerSource(terraform, { user, cache, folder: work });
  const env = realEnvironment({ ...variables, ...user });
  return {
    terraform,
    work,
    runnerFor: (stack) => ({
      ...{ terraform, env, signal, hard, graceMs },
      // Terraform's own default: a real account has rate limits.
      parallelism: 10,
      logFile: join(work, `${stack}.log`),
      initLock: join(cache, "plugins.lock"),
    }),
  };
}

/** Writes a plan as JSON. Not through the log: it holds the values of secrets. Only the user may read the file. */
export async function showPlan({ terraform, env, signal, logFile }: Runner, folder: string, plan: string, target: string): Promise<void> {
  const file = await open(target, "w", 0o600);
  try {
    const args = ["show", "-json", "-no-color", plan];
    const child = startChild({ command: terraform.path, args, cwd: folder, env, stdout: file.fd, stderr: "ignore" });
    const stop = () => void child.stop();
    signal.addEventListener("abort", stop, { once: true });
    const { code } = await child.exited;
    signal.removeEventListener("abort", stop);
    if (signal.aborted) throw new Interrupted("Interrupted.");
    if (code !== 0) throw new TerraformFailure("terraform show", logFile, [], [`It could not read ${plan}.`]);
  } finally {
    await file.close();
  }
}
