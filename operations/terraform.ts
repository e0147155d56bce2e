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
      // Beside the folder that it guards, wherever the user has that.
      initLock: `${env.TF_PLUGIN_CACHE_DIR}.lock`,
    }),
  };
}

/** Writes a plan as JSON. Only the user may read the file: it holds the values of secrets. */
export async function showPlan(runner: Runner, folder: string, plan: string, target: string): Promise<void> {
  const file = await open(target, "w", 0o600);
  try {
    await unlogged(runner, folder, ["show", "-json", "-no-color", plan], file.fd);
  } finally {
    await file.close();
  }
}

/** Version 4 of Terraform's state, as far as it is read here. */
export interface State {
  readonly serial: number;
  readonly lineage: string;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly StateResource[];
}

export interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly instances: readonly { readonly index_key?: string | number; readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** The state that an initialized folder leads to; undefined where nobody has written one. */
export async function pullState(runner: Runner, folder: string): Promise<State | undefined> {
  const text = await unlogged(runner, folder, ["state", "pull"], "pipe");
  const state = text.trim() === "" ? undefined : (JSON.parse(text) as State);
  // What Terraform prints for a state that is not there.
  return state?.lineage === "" ? undefined : state;
}

/** Runs a command whose output belongs in no log: states and plans hold secrets in clear. */
async function unlogged(
  { terraform, env, signal, logFile }: Runner,
  folder: string,
  args: readonly string[],
  stdout: "pipe" | number,
): Promise<string> {
  const child = startChild({ command: terraform.path, args, cwd: folder, env, stdout, stderr: "pipe" });
  const stop = () => void child.stop();
  signal.addEventListener("abort", stop, { once: true });
  const texts = [child.stdout, child.stderr].map(async (stream) =>
    stream === null ? "" : (await stream.setEncoding("utf8").toArray()).join(""),
  );
  const [{ code }, out = "", err = ""] = await Promise.all([child.exited, ...texts]);
  signal.removeEventListener("abort", stop);
  if (signal.aborted) throw new Interrupted("Interrupted.");
  if (code !== 0)
    throw new TerraformFailure(`${terraform.product.toLowerCase()} ${args[0]}`, logFile, [], err.trim().split("\n").slice(-10));
  return out;
}
