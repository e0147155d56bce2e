/** Waiting that ends when the run is interrupted. */
import { Interrupted } from "../terraform/runner.ts";

/** Settles as the promise does, or rejects with `Interrupted` as soon as the signal is aborted. */
export async function orAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Interrupted("Interrupted."));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
