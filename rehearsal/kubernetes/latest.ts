/** Runs a reconciliation one at a time; calls that come before the next run begins share it, and it sees the newest wish. */

export function latest(work: () => Promise<void>): () => Promise<void> {
  let tail: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;
  return () => {
    if (queued) return queued;
    queued = tail
      .catch(() => {})
      .then(() => {
        queued = undefined;
        return work();
      });
    tail = queued;
    return queued;
  };
}
