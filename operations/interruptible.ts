/** Ctrl-C told as what it is, wherever it struck: waiting for a lock, in git, in a request. */
import { Interrupted } from "../rehearsal/terraform/runner.ts";

/** What is said by a place that knows of no more than its own child process. */
const bare = "Interrupted.";

/** Runs `work`; what fails after the signal failed because of it. Says `said` unless the place itself knew better. */
export async function interruptible<T>(signal: AbortSignal, said: () => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && !(error instanceof Interrupted && error.message !== bare)) throw new Interrupted(said());
    throw error;
  }
}

/** To be added where a second Ctrl-C may have ended Terraform at once; empty where it did not. */
export function afterKill(hard: AbortSignal): string {
  return hard.aborted
    ? " Terraform was ended at once: a lock may be left on a state. The next plan tells whose it is, and how to end it."
    : "";
}
