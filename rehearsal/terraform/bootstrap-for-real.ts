/** `mainline bootstrap` on the AWS that the user's environment leads to: a real account, or a kept rehearsal. */
import { join } from "node:path";
import type { Environment } from "../../environments/schema.ts";
import { stackId } from "../../stacks/contract.ts";
import { stateBucket } from "../../stacks/state-backend.ts";
import { synthesize } from "../../stacks/synth.ts";
import { findTerraform } from "./binary.ts";
import { type Bootstrapped, bootstrap } from "./bootstrap.ts";
import { realEnvironment, type Variables } from "./child-environment.ts";
import { withLock } from "./init-lock.ts";
import { Interrupted } from "./runner.ts";

export interface RealBootstrap {
  readonly environment: Environment;
  /** Where the stack is synthesized; thrown away afterwards. */
  readonly outdir: string;
  /** Working folder that survives a run that is cut off. */
  readonly folder: string;
  readonly wanted?: string;
  readonly user: Variables;
  readonly signal: AbortSignal;
  readonly hard: AbortSignal;
  readonly report: (step: string) => void;
}

/** Milliseconds: a real state is worth waiting for; a second Ctrl-C ends the wait. */
const graceMs = 600_000;

export async function bootstrapForReal(spec: RealBootstrap): Promise<Bootstrapped & { readonly bucket: string }> {
  const { environment, outdir, folder, wanted, user, signal, hard, report } = spec;
  const terraform = await findTerraform({ wanted: wanted ?? user.TERRAFORM_BINARY_NAME, path: user.PATH ?? "" });
  synthesize([environment], { outdir });
  const runner = {
    terraform,
    env: realEnvironment(user),
    signal,
    hard,
    graceMs,
    // Terraform's own default: a real account has rate limits.
    parallelism: 10,
    logFile: join(folder, "terraform.log"),
    initLock: join(folder, "init.lock"),
  };
  const json = join(outdir, "stacks", stackId(environment, "state"), "cdk.tf.json");
  // Two at once would write the same files; the second finds everything done.
  const alone = <T>(work: () => Promise<T>) =>
    withLock(join(folder, "bootstrap.lock"), signal, work, () => report(`another bootstrap works in ${folder}; waiting for its end`));
  try {
    return { ...(await alone(() => bootstrap({ runner, json, folder, report }))), bucket: stateBucket(environment) };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Interrupted(`Interrupted. Run it again: it goes on from what is there. Local state, if any, is in ${folder}`);
  }
}
