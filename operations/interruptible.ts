/** Ctrl-C told as what it is, wherever it struck: waiting for a lock, in git, in a request. */
import { Interrupted } from "../rehearsal/terraform/runner.ts";

/** Runs `work`; what fails after the signal failed because of it. Says `said` unless the place itself knew better. */
export async function interruptible<T>(signal: AbortSignal, said: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && !(error instanceof Interrupted)) throw new Interrupted(said);
    throw error;
  }
}
